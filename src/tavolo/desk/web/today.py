"""Oggi: what a person finds when she comes to work; and what an organisation owes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tavolo.desk.queries import Progress, memberships, networks_of, progress, secretariats
from tavolo.desk.steps import Step, steps_left
from tavolo.desk.today import PAGE, Chosen, Thing, grouped, pages_of, things_due
from tavolo.desk.web.acting import may_act_for
from tavolo.desk.web.counted import keep_count
from tavolo.desk.web.when import badge, when_words
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound, Sentence
from tavolo.kernel.models import Network
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.rules import desks_of
from tavolo.registry.web.sheets import csv_answer
from tavolo.ui.address import query_with
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.empty_state import EmptyState

NOWHERE = EmptyState(
    gettext_lazy("You belong to no network yet"),
    gettext_lazy(
        "Here will stand what falls due for you. Write to the secretariat of your network: it says for"
        " which organisation you act, and from that day you find it here."
    ),
    level=2,
)
NOTHING = EmptyState(
    gettext_lazy("Nothing falls due in the next thirty days"),
    gettext_lazy(
        "Here stands, the oldest first, what waits for you: commitments with their term, requests to"
        " answer, proposals, offices that end, files to import. Each has a button that leads to"
        " where it is done."
    ),
)
FILTERED = EmptyState(
    gettext_lazy("Nothing of that kind waits"),
    gettext_lazy("Choose another kind or another network, or look at all of it."),
)


@dataclass(frozen=True)
class Line:
    """A thing as the page shows it."""

    thing: Thing
    badge: Badge
    network: str
    main: bool = False


@dataclass(frozen=True)
class Table:
    key: str
    label: Sentence
    count: int
    lines: tuple[Line, ...]


@work_area
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What falls due, from every room; then what a network that begins has still to do."""
    day, actor = clock.today(), actor_of(request)
    networks = networks_of(actor)
    run = desks_of(actor)
    told = progress(networks, on=day)
    every = things_due(actor, on=day)
    keep_count(request, len(every), on=day)
    chosen = chosen_in(request, [each.network for each in told])
    things = [thing for thing in every if thing in chosen]
    names = {each.network.uid: each.network.name for each in told} if len(told) > 1 else {}
    page = page_in(request, things)
    context = {
        "day": day,
        "tables": tables(things, names, on=day, page=page),
        "total": len(things),
        "all": len(every),
        "filters": filters(every, [each.network for each in told]),
        "chosen": request.GET,
        "paging": paging(request, things, page),
        "export": query_with(request.GET, pagina=None),
        "networks": beginning([each for each in told if each.network.uid in run], actor, things),
        "memberships": memberships(actor, on=day),
        # Whoever acts for somebody is herself again before she acts for another.
        "principals": [] if actor.acting_for else may_act_for(request),
        "nowhere": NOWHERE,
        "secretariats": [] if actor.roles else secretariats(on=day),
        "nothing": FILTERED if every else NOTHING,
    }
    return render(request, "desk/today.html", context)


def beginning(
    told: Sequence[Progress], actor: Actor, things: Sequence[Thing]
) -> list[tuple[Progress, list[Step], bool]]:
    """What is left to do in networks that begin; where nothing is due the first has the filled button."""
    found = [(each, steps) for each in told if (steps := steps_left(each, actor))]
    return [(each, steps, not things and number == 0) for number, (each, steps) in enumerate(found)]


@work_area
@require_safe
def today_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All of what the page shows, on every page of it."""
    day, actor = clock.today(), actor_of(request)
    networks = list(networks_of(actor))
    chosen = chosen_in(request, networks)
    names = {network.uid: network.name for network in networks}
    header = (_("Last day"), _("When"), _("Kind"), _("What"), _("Note"), _("Network"), _("To do"))
    things = (thing for thing in things_due(actor, on=day) if thing in chosen)
    return csv_answer(_("due"), header, (_cells(thing, names, day) for thing in things))


def chosen_in(request: HttpRequest, networks: Sequence[Network]) -> Chosen:
    """What the address asks for. Refuses with NotFound a network that is not hers."""
    slug = request.GET.get("rete", "")
    network = next((each.uid for each in networks if each.slug == slug), None)
    if slug and network is None:
        raise NotFound
    return Chosen(request.GET.get("tipo", ""), network)


def tables(
    things: Sequence[Thing], names: dict[UUID, str], *, on: date, page: int = 1
) -> list[Table]:
    """The groups of that page; the first line of all has the filled button."""
    first = things[0] if things else None
    return [
        Table(
            group.key,
            group.label,
            group.count,
            tuple(_line(thing, names, on, main=thing is first) for thing in group.things),
        )
        for group in grouped(things, on=on, page=page)
    ]


def filters(things: Sequence[Thing], networks: Sequence[Network]) -> dict[str, object]:
    """Kinds and networks to choose among, where there is more than one; each kind with its number."""
    counts = Counter(thing.source.slug for thing in things)
    labels = {thing.source.slug: thing.source.label for thing in things}
    kinds = [(slug, label, counts[slug]) for slug, label in labels.items()]
    return {
        "kinds": kinds if len(kinds) > 1 else [],
        "networks": networks if len(networks) > 1 else [],
    }


def page_in(request: HttpRequest, things: Sequence[Thing]) -> int:
    """Which page the address asks for; the last one for whoever asks beyond it."""
    asked = request.GET.get("pagina", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < PAGE else 1
    return min(max(number, 1), pages_of(things))


def paging(request: HttpRequest, things: Sequence[Thing], page: int) -> dict[str, object]:
    last = pages_of(things)
    return {
        "page": page,
        "pages": last,
        "previous": query_with(request.GET, pagina=str(page - 1)) if page > 1 else "",
        "next": query_with(request.GET, pagina=str(page + 1)) if page < last else "",
    }


def _line(thing: Thing, names: dict[UUID, str], on: date, *, main: bool) -> Line:
    network = names.get(thing.due.network, "") if thing.due.network else ""
    return Line(thing, badge(thing.due, on=on), network, main)


def _cells(thing: Thing, names: dict[UUID, str], on: date) -> Iterator[object]:
    due = thing.due
    yield from (due.last_day or "", when_words(due, on=on), thing.source.label, due.title)
    yield from (due.note, names.get(due.network, "") if due.network else "", due.action[0])
