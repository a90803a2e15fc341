"""Entering a commitment, what became of it, and putting it otherwise."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound, StaleVersion
from tavolo.kernel.models import Network
from tavolo.messages.web.deliveries import deliveries
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.registry import queries, rules
from tavolo.registry.actions import add_commitment, edit_commitment, take_step
from tavolo.registry.forms.commitments import (
    EditCommitmentForm,
    NewCommitmentForm,
    StepForm,
    words_of,
)
from tavolo.registry.models import Commitment
from tavolo.registry.web import promised
from tavolo.registry.web.work.here import CONFLICT
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import Fieldset, FormView
from tavolo.ui.components.table import Column, Row, Table


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not rules.runs_any(actor, rules.COMMITMENTS):
        raise NotFound
    networks = queries.networks_run_by(actor, rules.COMMITMENTS)
    form = NewCommitmentForm(
        request.POST or None, networks=networks, owners=queries.members_of(networks)
    )

    def act() -> str:
        told = form.cleaned_data
        row = add_commitment(
            network=told["network"], on=told["on"], by=actor, **form.words, **form.terms
        )
        return promised.href(row)

    answer = sent_once(request, form, act, said=_("The commitment is entered."))
    return answer or _form_page(
        request,
        _("New commitment"),
        FormView(
            form=form,
            submit=_("Enter the commitment"),
            cancel_href=reverse("registry:commitments"),
            fieldsets=(
                Fieldset(_("What"), ("name", "details")),
                Fieldset(_("Who and by when"), ("owner", "no_owner", "due", "no_due")),
                Fieldset(_("Where it comes from"), ("network", "source", "on", "public")),
            ),
        ),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was promised and what became of it; for those who keep it, the next step."""
    actor, today = actor_of(request), clock.today()
    found = queries.commitment_at(uid, actor=actor)
    keeps = rules.may_keep_commitments(actor, found.network.uid)
    if request.method == "POST" and not keeps:
        raise NotFound
    form, stale = _step_form(request, found) if keeps else None, None
    if form is not None:
        try:
            answer = _take(request, found, form)
        except StaleVersion as refusal:
            stale = refusal.theirs
            form.again(version=str(refusal.theirs.version))
        else:
            if answer is not None:
                return answer
        # What was refused must not stand above the form.
        found = queries.commitment_at(uid, actor=actor)
    return _page(
        request,
        "registry/commitment.html",
        found.name,
        status=CONFLICT if stale else 200,
        commitment=found,
        badge=promised.badge(found.state, found.due, on=today),
        owner=promised.owner_words(found.owner),
        due=promised.due_words(found.due),
        story=promised.story(
            queries.history(found),
            named=rules.may_see_commitment(actor, network=found.network.uid, public=False),
            actor=actor,
            keeps=keeps,
        ),
        form=_step_view(form) if form else None,
        stale=stale,
        keeps=keeps,
        letters=deliveries(found.uid) if keeps else None,
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put it otherwise; who saves second sees both versions."""
    actor = actor_of(request)
    found = queries.commitment_at(uid, actor=actor)
    if not rules.may_keep_commitments(actor, found.network.uid):
        raise NotFound
    name, stale = found.name, None
    form = EditCommitmentForm(request.POST or None, initial=words_of(found))

    def act() -> str:
        row = edit_commitment(
            commitment=found, version=form.cleaned_data["version"], by=actor, **form.words
        )
        return promised.href(row)

    try:
        answer = sent_once(request, form, act, said=_("Saved."))
    except StaleVersion as refusal:
        stale = _compared(refusal.theirs, refusal.yours)
        form.again(version=str(refusal.theirs.version))
        answer = None
    view = FormView(form=form, cancel_href=promised.href(found))
    return answer or _form_page(request, name, view, stale=stale)


def _take(request: HttpRequest, found: Commitment, form: StepForm) -> HttpResponse | None:
    def act() -> str:
        told = form.cleaned_data
        take_step(
            commitment=found,
            version=told["version"],
            state=told["state"],
            on=told["on"],
            note=told["note"],
            address=told["address"],
            by=actor_of(request),
            **form.terms,
        )
        return promised.href(found)

    return sent_once(request, form, act, said=_("It is entered into the history."))


def _step_form(request: HttpRequest, found: Commitment) -> StepForm:
    networks = Network.objects.filter(pk=found.network.pk)
    owners = queries.members_of(networks, also=found.owner)
    return StepForm(request.POST or None, owners=owners, commitment=found)


def _step_view(form: StepForm) -> FormView:
    return FormView(
        form=form,
        submit=_("Enter the step"),
        cancel_href=reverse("registry:commitments"),
        fieldsets=(
            Fieldset(_("What became of it"), ("state", "on", "note", "address")),
            Fieldset(_("Who and by when"), ("owner", "no_owner", "due", "no_due")),
        ),
    )


def _compared(theirs: Commitment, yours: Commitment) -> Table:
    """Each field in which they differ: as it stands now, and as it was about to be written."""
    now, typed = words_of(theirs), words_of(yours)
    labels = {name: field.label for name, field in EditCommitmentForm.base_fields.items()}
    return Table(
        caption=_("Where the two versions differ"),
        columns=(Column(_("Field")), Column(_("As it stands now")), Column(_("What you wrote"))),
        rows=tuple(
            Row.of(str(labels[name]), _shown(now[name]), _shown(typed[name]))
            for name in now
            if name != "version" and now[name] != typed[name]
        ),
        empty=EmptyState(
            _("Both versions say the same"),
            _("Somebody saved these very values. Nothing remains to be done."),
        ),
        key="versions",
    )


def _shown(value: str | bool) -> str:  # noqa: FBT001  # a value of a form
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value or _("empty")


def _form_page(
    request: HttpRequest, heading: str, view: FormView, *, stale: Table | None = None
) -> HttpResponse:
    return _page(
        request,
        "registry/organisation_form.html",
        heading,
        status=CONFLICT if stale else 200,
        form=view,
        stale=stale,
    )


def _page(
    request: HttpRequest, template: str, heading: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    frame = {"heading": heading, "breadcrumbs": Breadcrumbs(crumbs(), heading)}
    return render(request, template, {**frame, **context}, status=status)


def crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("Commitments"), reverse("registry:commitments")),)
