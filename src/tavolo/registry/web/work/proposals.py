"""What a network would have the steward of an organisation change: proposed, taken up, declined."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound, StaleVersion
from tavolo.kernel.models import Network
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.registry import queries, rules
from tavolo.registry.actions import accept_proposal, decline_proposal, propose_change
from tavolo.registry.actions.organisations import EDITABLE
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.forms.organisation import initial_of
from tavolo.registry.forms.proposals import AnswerForm, ProposalForm
from tavolo.registry.models import Proposal
from tavolo.registry.queries.proposals import proposal_of, proposals_for, proposals_made_by
from tavolo.registry.web.versions import label
from tavolo.registry.web.work.here import Here, at_work
from tavolo.registry.web.work.register import actor_in_office, fieldsets
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import Fieldset, FormView
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import day_words

SHOWN = 50


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """For the secretariats of other networks; the steward's edits instead."""
    here = at_work(request, code)
    networks = _proposing(here)
    if not networks.exists():
        raise NotFound
    shown = {
        name: text for name, text in initial_of(here.organisation).items() if name != "version"
    }
    form = ProposalForm(request.POST or None, networks=networks, initial=shown)

    def write() -> str:
        propose_change(
            organisation=here.organisation,
            network=form.cleaned_data["network"],
            values=form.proposed(),
            reason=form.cleaned_data["reason"],
            by=here.actor,
        )
        return reverse("registry:proposals")

    steward = {"network": here.organisation.steward.name}
    said = _("The proposal lies with %(network)s, which answers it.") % steward
    answer = sent_once(request, form, write, said=said)
    view = FormView(
        form=form,
        submit=_("Propose"),
        cancel_href=here.overview,
        lead=_("Write what should stand there. Nothing changes until %(network)s takes it up.")
        % steward,
        fieldsets=(
            *fieldsets("name", "kind", "municipality"),
            Fieldset(_("Your proposal"), ("reason", "network")),
        ),
    )
    return answer or here.page(
        request, "registry/work_fact_new.html", here=_("Propose a change"), form=view
    )


@work_area
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, and what one's own networks proposed."""
    actor = actor_in_office(request)
    waiting, made = proposals_for(actor), proposals_made_by(actor)
    heading = _("Proposals")
    context = {
        "heading": heading,
        "breadcrumbs": Breadcrumbs((_home(),), heading),
        "waiting": _table(
            waiting[:SHOWN],
            waiting.count(),
            key="attesa",
            caption=_("Waiting for your answer"),
            empty=EmptyState(
                _("No proposal waits"),
                _("Here stands what other networks would have you change of your organisations."),
            ),
        ),
        "made": _table(
            made[:SHOWN],
            made.count(),
            key="fatte",
            caption=_("Proposed by your networks"),
            empty=EmptyState(
                _("Nothing proposed"),
                _("On the page of an organisation that another network keeps you propose changes."),
            ),
        ),
    }
    return render(request, "registry/work_proposals.html", context)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One proposal: as it stands and as it should be; taken up or declined by the steward."""
    actor_in_office(request)
    actor = actor_of(request)
    found = proposal_of(actor, uid)
    here = at_work(request, found.organisation.code)
    answers = here.edits and _state(found).state == "wait"
    form = AnswerForm(request.POST or None, initial={"version": found.version})

    def take_up() -> str:
        told = form.cleaned_data
        accept_proposal(
            proposal=found, version=told["version"], correction=told["correction"], by=actor
        )
        return here.overview

    def decline() -> str:
        told = form.cleaned_data
        decline_proposal(proposal=found, version=told["version"], answer=told["answer"], by=actor)
        return reverse("registry:proposals")

    answer, stale = None, False
    if answers:
        no = "decline" in request.POST
        said = _("Declined; those who proposed it read why.") if no else _("Taken up and written.")
        try:
            answer = sent_once(request, form, decline if no else take_up, said=said)
        except StaleVersion:
            stale = True
    return answer or here.page(
        request,
        "registry/work_proposal.html",
        here=_("Proposal of %(network)s") % {"network": found.network.name},
        proposal=found,
        state=_state(found),
        compared=_compared(found),
        form=FormView(form=form, submit=_("Take it up"), cancel_href=reverse("registry:proposals"))
        if answers
        else None,
        stale=stale,
    )


def _proposing(here: Here) -> QuerySet[Network]:
    steward = here.organisation.steward
    run = queries.networks_run_by(here.actor, rules.ORGANISATIONS)
    return run.none() if here.edits else run.exclude(pk=steward.pk)


def _table(
    rows: Iterable[Proposal], total: int, *, key: str, caption: str, empty: EmptyState
) -> Table:
    lines = tuple(
        Row(
            (
                Cell(row.organisation.name, reverse("registry:proposal", args=[row.uid])),
                Cell(", ".join(label(name) for name in EDITABLE if name in row.values)),
                Cell(row.network.name),
                Cell(day_words(clock.in_rome(row.proposed_at).date(), weekday=False)),
                Cell(_state(row)),
            )
        )
        for row in rows
    )
    return Table(
        caption=caption,
        columns=(
            Column(_("Organisation")),
            Column(_("What")),
            Column(_("Proposed by")),
            Column(_("On")),
            Column(_("State")),
        ),
        rows=lines,
        empty=empty,
        key=key,
        dense=True,
        paging=Paging(shown=len(lines), total=total),
    )


def _state(row: Proposal) -> Badge:
    if row.accepted_at:
        return Badge("done", _("taken up"))
    return Badge("not", _("declined")) if row.declined_at else Badge("wait", _("waits"))


def _compared(found: Proposal) -> Table:
    now = initial_of(found.organisation)
    return Table(
        caption=_("What would change"),
        columns=(Column(_("Field")), Column(_("As it stands now")), Column(_("As proposed"))),
        rows=tuple(
            Row(
                (
                    Cell(label(name)),
                    Cell(_shown(name, str(now[name])) or _("empty")),
                    Cell(_shown(name, text) or _("empty")),
                )
            )
            for name, text in sorted(found.values.items(), key=lambda said: EDITABLE.index(said[0]))
        ),
        empty=EmptyState(_("Nothing proposed"), _("It says what stands there already.")),
        key="confronto",
        dense=True,
    )


def _shown(name: str, text: str) -> str:
    if name == "kind" and text in OrganisationKind.values:
        return str(OrganisationKind(text).label)
    return text


def _home() -> Crumb:
    return Crumb(_("Organisations"), reverse("registry:work_organisations"))
