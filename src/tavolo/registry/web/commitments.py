"""Commitments at work: the list, entering one, what became of it, putting it otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound, StaleVersion
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.people.web.access import work_area
from tavolo.registry import queries, rules
from tavolo.registry.actions import add_commitment, edit_commitment, take_step
from tavolo.registry.choices import CommitmentState
from tavolo.registry.forms.commitments import (
    EditCommitmentForm,
    NewCommitmentForm,
    StepForm,
    words_of,
)
from tavolo.registry.models import Commitment, Organisation
from tavolo.registry.queries.commitments import COMMITMENT_ORDER
from tavolo.registry.web import promised
from tavolo.registry.web.sheets import csv_answer
from tavolo.registry.web.work.here import CONFLICT, actor_of, sent_once
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import Fieldset, FormView
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table

OVERDUE = "in-ritardo"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; words that no list has are no filter."""

    words: str
    state: str
    network: Network | None
    owner: Organisation | None

    @classmethod
    def read(
        cls, asked: Mapping[str, str], networks: list[Network], owners: list[Organisation]
    ) -> "Wanted":
        state = asked.get("stato", "")
        return cls(
            words=asked.get("q", "").strip()[:100],
            state=state if state in {OVERDUE, *CommitmentState.values} else "",
            network=next((n for n in networks if n.slug == asked.get("rete")), None),
            owner=next((o for o in owners if o.code == asked.get("di")), None),
        )

    @property
    def query(self) -> str:
        pairs = {
            "q": self.words,
            "stato": self.state,
            "rete": self.network.slug if self.network else "",
            "di": self.owner.code if self.owner else "",
        }
        told = {name: value for name, value in pairs.items() if value}
        return f"?{urlencode(told)}" if told else ""

    def found(self, actor: Actor, on: date) -> QuerySet[Commitment]:
        return queries.commitments(
            self.network,
            actor=actor,
            state="" if self.state == OVERDUE else self.state,
            owner=self.owner,
            words=self.words,
            overdue_on=on if self.state == OVERDUE else None,
        )


@work_area
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """What was promised in the networks in which the actor takes part, by term."""
    actor, today = actor_of(request), clock.today()
    networks, owners, wanted = _asked(request)
    page = page_of(
        wanted.found(actor, today),
        order=COMMITMENT_ORDER,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    keeps = rules.runs_any(actor, rules.COMMITMENTS)
    table = Table(
        caption=_("What was promised, by term"),
        columns=_columns(networks),
        rows=tuple(_row(row, networks, today) for row in page.items),
        empty=_nothing(keeps=keeps, narrowed=bool(wanted.query)),
        key="commitments",
        paging=Paging.of(page, request.GET),
        filters=tuple(_filters(wanted, networks, owners)),
        exports=(CardLink(_("CSV"), reverse("registry:commitments_csv") + wanted.query),),
        dense=True,
    )
    context = {"table": table, "total": page.total, "keeps": keeps}
    return render(request, "registry/commitments.html", context)


@work_area
@require_safe
def commitments_csv(request: HttpRequest) -> HttpResponseBase:
    """The same rows as the list, all of them."""
    actor, today = actor_of(request), clock.today()
    _networks, _owners, wanted = _asked(request)
    header = (
        _("Network"), _("What"), _("Who promised it"), _("By when"), _("State"), _("Overdue"),
        _("Where it was promised"), _("Details"),
    )  # fmt: skip
    lines = (
        (
            row.network.name, row.name, promised.owner_words(row.owner), row.due or "",
            CommitmentState(row.state).label,
            _("yes") if rules.is_overdue(row.state, row.due, on=today) else _("no"),
            row.source, row.details,
        )
        for row in wanted.found(actor, today).iterator(chunk_size=500)
    )  # fmt: skip
    return csv_answer(_("commitments"), header, lines)


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
        ),
        form=_step_view(form) if form else None,
        stale=stale,
        keeps=keeps,
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


def _asked(request: HttpRequest) -> tuple[list[Network], list[Organisation], Wanted]:
    """For whoever takes part in a network or keeps its commitments; nobody else finds anything here."""
    actor = actor_of(request)
    networks = list(queries.networks_of_commitments(actor))
    if not networks:
        raise NotFound
    owners = list(queries.owners_in(queries.commitments(None, actor=actor)))
    return networks, owners, Wanted.read(request.GET, networks, owners)


def _filters(
    wanted: Wanted, networks: list[Network], owners: list[Organisation]
) -> Iterator[Filter]:
    yield Filter("q", _("What"), wanted.words)
    states = tuple(Option(state.value, state.label) for state in CommitmentState)
    yield Filter("stato", _("State"), wanted.state, (Option(OVERDUE, _("overdue")), *states))
    if owners:
        options = tuple(Option(owner.code, owner.name) for owner in owners)
        yield Filter("di", _("Who promised it"), wanted.owner.code if wanted.owner else "", options)
    if len(networks) > 1:
        options = tuple(Option(network.slug, network.name) for network in networks)
        yield Filter("rete", _("Network"), wanted.network.slug if wanted.network else "", options)


def _columns(networks: list[Network]) -> tuple[Column, ...]:
    several = (Column(_("Network")),) if len(networks) > 1 else ()
    return (
        Column(_("What")),
        Column(_("By when")),
        Column(_("Who promised it")),
        Column(_("State")),
        *several,
    )


def _row(row: Commitment, networks: list[Network], on: date) -> Row:
    several = (row.network.name,) if len(networks) > 1 else ()
    return Row.of(
        Cell(row.name, promised.href(row)),
        promised.due_words(row.due),
        promised.owner_words(row.owner),
        promised.badge(row.state, row.due, on=on),
        *several,
    )


def _nothing(*, keeps: bool, narrowed: bool) -> EmptyState:
    if narrowed:
        return EmptyState(
            _("Nothing fits"),
            _("No commitment fits what you asked for."),
            (CardLink(_("Show all"), reverse("registry:commitments")),),
        )
    links = (
        (CardLink(_("Enter the first commitment"), reverse("registry:add_commitment")),)
        if keeps
        else ()
    )
    return EmptyState(
        _("No commitment yet"),
        _("Here will stand what was promised at the table: who does what, and by when."),
        links,
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
    above = (Crumb(_("Commitments"), reverse("registry:commitments")),)
    frame = {"heading": heading, "breadcrumbs": Breadcrumbs(above, heading)}
    return render(request, template, {**frame, **context}, status=status)
