"""Members of a network and what ties them, as nodes and lines and as rows of a table."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tavolo.kernel.models import Network
from tavolo.kernel.paging import page_of
from tavolo.kernel.text import sort_key
from tavolo.registry import queries
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.models import Organisation
from tavolo.registry.queries import Brief, Ties
from tavolo.registry.web.rows import SEPARATOR
from tavolo.territory.web.asof import Asked
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.graph import Graph, Node, Tie, TieKey
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table

MOST_DRAWN = 150
LIST = "elenco"
NO_PLACE = "\uffff"  # who has no public seat stands last
OTHER_NETWORKS = ("g-solid", "g-long")


@dataclass(frozen=True)
class Members:
    """Those of a page, in the order in which they are drawn: by place of the seat, then by name."""

    network: Network
    asked: Asked
    total: int
    rows: tuple[Organisation, ...]
    briefs: dict[int, Brief]
    ties: Ties = field(default_factory=Ties)
    paging: Paging | None = None

    @classmethod
    def of(cls, network: Network, query: QueryDict, asked: Asked) -> Self:
        found = queries.members_on(network, on=asked.on)
        page = page_of(
            found,
            after=query.get("after", ""),
            before=query.get("before", ""),
            size=MOST_DRAWN,
        )
        briefs = queries.briefs(page.items, on=asked.on)
        rows = sorted(page.items, key=lambda row: _place(briefs[row.pk]))
        if page.total > MOST_DRAWN:
            paging = Paging.of(page, query)
            return cls(network, asked, page.total, tuple(rows), briefs, paging=paging)
        keys = [row.pk for row in rows]
        ties = queries.ties_of(network, keys, towns=_towns(rows, briefs), on=asked.on)
        return cls(network, asked, page.total, tuple(rows), briefs, ties)

    def href(self, row: Organisation) -> str:
        day = f"?{urlencode(self.asked.day_query)}" if self.asked.day_query else ""
        return reverse("registry:organisation", args=[row.code]) + day


def graph_of(members: Members) -> Graph | None:
    """None where there is nobody, and where there are more than one can look at."""
    if not members.rows or members.paging:
        return None
    said = _said(members)
    places = {row.pk: place for place, row in enumerate(members.rows)}
    ties = tuple(_ties(members, places))
    used = {tie.css for tie in ties}
    return Graph(
        _("Who takes part in %(network)s, and what ties them") % {"network": members.network.name},
        tuple(
            Node(
                members.briefs[row.pk].name,
                members.href(row),
                row.code,
                ", ".join([_seat(members.briefs[row.pk]), *said[row.pk]]),
            )
            for row in members.rows
        ),
        LIST,
        ties,
        tuple(entry for entry in _legend(members) if entry.css in used),
        around=_("the ring: they take part in this network"),
        key="grafo",
    )


def list_of(members: Members, csv_href: str) -> Table:
    """The same as rows: of each what it is, where it sits and what ties it to others."""
    said = _said(members)
    csv = urlencode({"rete": members.network.slug, **members.asked.day_query})
    rows = sorted(members.rows, key=lambda row: sort_key(members.briefs[row.pk].name))
    return Table(
        caption=_("Who takes part, in alphabetical order"),
        columns=(
            Column(_("Organisation")),
            Column(_("Kind")),
            Column(_("Seat")),
            Column(_("Tied to others")),
        ),
        rows=tuple(
            Row.of(
                Cell(members.briefs[row.pk].name, members.href(row)),
                str(OrganisationKind(members.briefs[row.pk].kind).label),
                _town(members.briefs[row.pk]),
                SEPARATOR.join(said[row.pk]) or _("no tie"),
            )
            for row in rows
        ),
        empty=EmptyState(
            _("Nobody took part on this day"),
            _("Choose another day, or look at the network as it is today."),
            (CardLink(_("The network today"), "?"),),
        ),
        key="aderenti",
        paging=members.paging,
        exports=(CardLink(_("All as CSV"), f"{csv_href}?{csv}"),),
        caption_hidden=True,
    )


def _place(brief: Brief) -> tuple[str, str]:
    return brief.seat.sort_key if brief.seat else NO_PLACE, sort_key(brief.name)


def _towns(rows: Sequence[Organisation], briefs: dict[int, Brief]) -> dict[int, int]:
    """For each municipality, which member is its administration."""
    found = {}
    for row in rows:
        brief = briefs[row.pk]
        if brief.kind == OrganisationKind.MUNICIPALITY and brief.seat:
            found[brief.seat.pk] = row.pk
    return found


def _together(members: Members) -> Iterator[list[int]]:
    """Those who have their seat in one municipality: they stand side by side."""
    for place, rows in groupby(members.rows, key=lambda row: members.briefs[row.pk].seat):
        keys = [row.pk for row in rows]
        if place is not None and len(keys) > 1:
            yield keys


def _ties(members: Members, places: dict[int, int]) -> Iterator[Tie]:
    """Where many share one thing a line runs from each to the next, and not from each to all."""
    for keys in _together(members):
        yield from (Tie(places[one], places[other], "g-ring") for one, other in pairwise(keys))
    for number, (_network, those) in enumerate(members.ties.elsewhere):
        css = OTHER_NETWORKS[number % len(OTHER_NETWORKS)]
        around = sorted(places[key] for key in those)
        yield from (Tie(one, other, css) for one, other in pairwise(around))
        if len(around) > 2:  # noqa: PLR2004  with two the line back would be the same
            yield Tie(around[0], around[-1], css)
    for css, pairs in (("g-dash", members.ties.serving), ("g-dot", members.ties.succeeding)):
        yield from (Tie(places[one], places[other], css) for one, other in pairs)


def _legend(members: Members) -> Iterator[TieKey]:
    yield TieKey("g-ring", _("seat in the same municipality: side by side on the ring"))
    for number, css in enumerate(OTHER_NETWORKS):
        names = [other.name for other, _those in members.ties.elsewhere[number::2]]
        if names:
            yield TieKey(css, _("also together in %(network)s") % {"network": ", ".join(names)})
    yield TieKey("g-dash", _("one works in the municipality of the other"))
    yield TieKey("g-dot", _("one took the place of the other"))


def _said(members: Members) -> dict[int, list[str]]:
    """What ties each of them, in words."""
    said: dict[int, list[str]] = defaultdict(list)
    name = {key: brief.name for key, brief in members.briefs.items()}
    for keys in _together(members):
        others = len(keys) - 1
        words = ngettext(
            "seat in the same municipality as %(number)s other",
            "seat in the same municipality as %(number)s others",
            others,
        )
        for key in keys:
            said[key].append(words % {"number": others})
    for other, those in members.ties.elsewhere:
        for key in those:
            words = ngettext(
                "also in %(network)s, with %(number)s other",
                "also in %(network)s, with %(number)s others",
                len(those) - 1,
            )
            said[key].append(words % {"network": other.name, "number": len(those) - 1})
    for one, town in members.ties.serving:
        said[one].append(_("works in the territory of %(name)s") % {"name": name[town]})
        said[town].append(_("%(name)s works in its territory") % {"name": name[one]})
    for successor, gone in members.ties.succeeding:
        said[successor].append(_("took the place of %(name)s") % {"name": name[gone]})
        said[gone].append(_("%(name)s took its place") % {"name": name[successor]})
    return said


def _seat(brief: Brief) -> str:
    if brief.seat is None:
        return _("seat not entered")
    return _("seat in %(municipality)s") % {"municipality": brief.seat.name}


def _town(brief: Brief) -> str:
    return brief.seat.name if brief.seat else pgettext("seat", "not entered")
