"""What the first page and the page of a network show, made of what the queries answer."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, npgettext
from django.utils.translation import gettext as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.kernel.paging import Page, page_of
from tavolo.portal import queries
from tavolo.portal.choices import HELP_NUMBERS
from tavolo.portal.web import maps
from tavolo.portal.web.parts import Line
from tavolo.portal.words import active_words, networks_title, state_of, until_words
from tavolo.registry.choices import KIND_PLURALS, OrganisationKind, ParticipationRole
from tavolo.registry.models import Participation
from tavolo.registry.queries import TakingPart, logo_of, seat_words, taking_part
from tavolo.registry.rules import may_add_organisation
from tavolo.registry.settings import CONTACT, SEAT, SOURCES, Seat
from tavolo.territory import queries as territory
from tavolo.territory.choices import Level
from tavolo.territory.models import Municipality
from tavolo.territory.web import maps as territory_maps
from tavolo.territory.web.addresses import Addresses
from tavolo.ui import words
from tavolo.ui.address import in_language
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.map import Map
from tavolo.ui.components.table import Paging
from tavolo.ui.context import other_languages
from tavolo.ui.languages import OFFERED
from tavolo.ui.plugs import panels_of
from tavolo.ui.words import Missing

Context = dict[str, Any]

MOST_PAST = 20
MOST_LISTED = 400


@dataclass(frozen=True)
class Count:
    """A number and what it counts."""

    number: int
    of: str


@dataclass(frozen=True)
class NetworkRow:
    """A network in the list of the first page."""

    number: int
    network: Network
    mini: SafeString
    state: Badge
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Place:
    """A municipality of the territory, and whether it takes part itself."""

    name: str
    href: str
    joined: bool


@dataclass(frozen=True)
class Group:
    """Organisations of one kind; what holds for all of them is said once, in `note`."""

    title: str
    note: str
    lines: tuple[Line, ...]


def home(networks: Sequence[Network], *, on: date) -> Context:
    """The list of the networks and the map that says the same."""
    drawn = territory.italy_map(networks, on=on)
    counts = taking_part(on)
    municipalities = queries.municipality_counts(networks, on=on)
    rows = [
        NetworkRow(
            number,
            network,
            maps.mini(drawn.networks[network.pk]),
            state_of(network, counts.get(network.pk, TakingPart())),
            _counts(counts.get(network.pk, TakingPart()), municipalities.get(network.pk, 0)),
        )
        for number, network in enumerate(networks, 1)
    ]
    return {
        "title": networks_title(len(networks)),
        "rows": rows,
        "map": maps.italy(networks, drawn),
        "help_numbers": HELP_NUMBERS,
    }


def network(request: HttpRequest, network: Network, *, on: date) -> Context:
    """A network: state, facts, what one can do, its territory, who takes part, its source."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    settings = queries.settings_of(network, (SOURCES, CONTACT, SEAT, OFFERED), on=on)
    languages = settings[OFFERED.key]
    everybody = queries.participants_in_groups(network, on=on)
    members = _page_of_members(request, everybody)
    beside = list(
        everybody.exclude(role=ParticipationRole.PARTICIPANT).order_by(
            "organisation__sort_key", "id"
        )
    )
    # Counted from what is read anyway: each query of this page is one less for its panels.
    counts = TakingPart(
        members.total + len(beside),
        sum(row.role == ParticipationRole.PROMOTER for row in beside),
    )
    return {
        "network": network,
        "network_url": reverse("portal:network", args=[network.slug]),
        "breadcrumbs": _breadcrumbs(request, network),
        "state": state_of(network, counts),
        "logo": logo_of(network),
        "contact": settings[CONTACT.key],
        "languages": languages,
        "default_href": _in_first_of(languages, request.get_full_path()),
        "other_languages": other_languages(request, languages),
        "source": settings[SOURCES.key],
        "may_add": may_add_organisation(actor, network.uid),
        "beside": _beside(beside),
        "groups": _groups(members),
        "paging": Paging.of(members, request.GET),
        "past": _past(network, on),
        "csv_href": f"{reverse('registry:organisations_csv')}?rete={network.slug}",
        "register_href": f"{reverse('registry:organisations')}?rete={network.slug}",
        "panels": panels_of(network, actor),
        "help_numbers": HELP_NUMBERS,
        **_territory(network, counts, settings[SEAT.key], on),
    }


def _territory(network: Network, counts: TakingPart, seat: Seat, on: date) -> Context:
    year = territory.latest_year()
    towns = queries.towns_of(network, seat, on=on)
    found = list(territory.with_residents(towns, year).order_by("sort_key", "id"))
    rows = [town for town in found if town.inside]  # type: ignore[attr-defined]  # annotated
    joined = queries.municipalities_taking_part(network, on=on) if len(rows) > 1 else set()
    to = Addresses()
    return {
        "seat": seat_words(seat, among=found),
        "facts": _facts(counts, rows, year),
        "map": _map(rows, joined, year),
        "places": [
            Place(row.name, to.municipality(row.istat_code), row.pk in joined)
            for row in rows[:MOST_LISTED]
        ],
        "number_of_places": len(rows),
        "more_places": max(0, len(rows) - MOST_LISTED),
        "territory_href": reverse("territory:country"),
    }


def _page_of_members(
    request: HttpRequest, everybody: QuerySet[Participation]
) -> Page[Participation]:
    return page_of(
        everybody.filter(role=ParticipationRole.PARTICIPANT),
        order=("rank", "sort_key", "id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )


def _groups(members: Page[Participation]) -> list[Group]:
    by_kind = groupby(members.items, key=lambda row: row.organisation.kind)
    return [_group(str(KIND_PLURALS[OrganisationKind(kind)]), list(rows)) for kind, rows in by_kind]


def _beside(rows: Sequence[Participation]) -> list[Group]:
    """Who promotes the network, then who works with it: whole on every page."""
    titles = (
        (ParticipationRole.PROMOTER, _("Who promotes it")),
        (ParticipationRole.CONTRIBUTOR, _("Who works with it")),
    )
    found = ((title, [row for row in rows if row.role == role]) for role, title in titles)
    return [_group(title, those) for title, those in found if those]


def _past(network: Network, on: date) -> list[Line]:
    return [
        _line(row, f"{_since(row)}, {until_words(row.ended)}")
        for row in queries.past_participants(network, on=on, most=MOST_PAST)
    ]


def _group(title: str, rows: Sequence[Participation]) -> Group:
    said = {_since(row) for row in rows}
    together = said.pop() if len(said) == 1 and len(rows) > 1 else ""
    return Group(
        title, together, tuple(_line(row, "" if together else _since(row)) for row in rows)
    )


def _line(row: Participation, about: str) -> Line:
    organisation = row.organisation
    href = reverse("registry:organisation", args=[organisation.code])
    return Line(organisation.name, href, about)


def _since(row: Participation) -> str:
    return active_words(row.began) if row.began else _("the source does not say since when")


def _counts(counts: TakingPart, municipalities: int) -> tuple[Count, ...]:
    """What there is of each; nothing is said of what there is none of."""
    associations = counts.kinds.get(OrganisationKind.ASSOCIATION, 0)
    found = [
        Count(
            counts.organisations,
            npgettext("count", "organisation", "organisations", counts.organisations),
        ),
        Count(municipalities, npgettext("count", "municipality", "municipalities", municipalities)),
    ]
    if associations > counts.organisations / 2:
        # Where they make up most of a network, they are what people know it by.
        found.insert(
            1, Count(associations, npgettext("count", "association", "associations", associations))
        )
    return tuple(count for count in found if count.number)


def _facts(counts: TakingPart, rows: Sequence[Municipality], year: int | None) -> Facts:
    known = [row.residents for row in rows if row.residents is not None]  # type: ignore[attr-defined]
    promoters = ngettext("%(number)s promotes it", "%(number)s promote it", counts.promoters)
    number = counts.organisations
    return Facts(
        (
            Fact(
                npgettext("count", "organisation", "organisations", number),
                number,
                note=promoters % {"number": counts.promoters} if counts.promoters else "",
            ),
            Fact(npgettext("count", "municipality", "municipalities", len(rows)), len(rows)),
            Fact(
                _("residents"),
                sum(known) if known else Missing.UNKNOWN,
                note=_residents_note(len(known), len(rows), year) if known else "",
            ),
        )
    )


def _residents_note(known: int, of: int, year: int | None) -> str:
    day = words.day_words(date(year or 1, 1, 1), weekday=False)
    if known == of:
        return _("on %(date)s") % {"date": day}
    return _("on %(date)s; known for %(known)s municipalities of %(of)s") % {
        "date": day,
        "known": words.number(known),
        "of": words.number(of),
    }


def _map(rows: Sequence[Municipality], joined: Container[int], year: int | None) -> Map | None:
    if len(rows) == 1:
        around = territory.neighbourhood_drawn(rows[0], year=year)
        return territory_maps.neighbourhood_map(around) if around else None
    inside = Municipality.objects.filter(pk__in=[row.pk for row in rows])
    drawing = territory.municipalities_drawn(inside, Level.MIDDLE, year=year)
    return maps.municipalities(drawing, joined)


def _in_first_of(languages: Sequence[str], path: str) -> str:
    return path if languages[0] == get_language() else in_language(path, languages[0])


def _breadcrumbs(request: HttpRequest, network: Network) -> Breadcrumbs | None:
    """From the first page; where this is the first page, from nowhere."""
    home = reverse("portal:home")
    if request.path == home:
        return None
    return Breadcrumbs((Crumb(_("Networks"), home),), network.name)
