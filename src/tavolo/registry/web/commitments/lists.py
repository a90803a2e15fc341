"""What was promised, as a list that can be narrowed and as a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry import queries, rules
from tavolo.registry.choices import CommitmentState
from tavolo.registry.models import Commitment, Organisation
from tavolo.registry.queries.commitments import COMMITMENT_ORDER
from tavolo.registry.web import promised
from tavolo.registry.web.sheets import csv_answer
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
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
