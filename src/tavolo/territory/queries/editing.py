"""What somebody who changes an area has to know first, and what the change is checked against."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Q, QuerySet

from tavolo.kernel.dated import Period
from tavolo.kernel.models import Network
from tavolo.territory.choices import SuccessionKind
from tavolo.territory.models import (
    Area,
    AreaChange,
    AreaMembership,
    Municipality,
    NetworkArea,
    SubMunicipalUnit,
    Succession,
)
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.networks import municipalities_of
from tavolo.territory.stays import Stay, Told, Who, common_period

WHOLE = (SuccessionKind.MERGER, SuccessionKind.INCORPORATION)


@dataclass(frozen=True)
class Composition:
    """All memberships of an area, and a mark that is another as soon as one of them is."""

    stays: tuple[Stay, ...]
    mark: str


def composition_of(area: Area) -> Composition:
    """The memberships of the area at all times; one query."""
    stays = tuple(stays_of([area.pk]))
    said = "\n".join(sorted(map(repr, stays)))
    return Composition(stays, sha256(said.encode()).hexdigest()[:16])


def stays_of(areas: Collection[int]) -> list[Stay]:
    """The memberships of the areas as values, by municipality and time."""
    return stays_in(AreaMembership.objects.filter(area__in=areas))


def stays_in(rows: QuerySet[AreaMembership]) -> list[Stay]:
    """Memberships as values."""
    fields = ("area_id", "municipality_id", "unit_id", "valid_from", "valid_until")
    return [
        Stay(area, town, unit, begins, ends, Told(source, demonstration))
        for area, town, unit, begins, ends, source, demonstration in rows.order_by(
            "municipality_id", "id"
        ).values_list(*fields, "source", "demonstration")
    ]


def lives_of(who: Collection[Who]) -> dict[Who, Period]:
    """How long each municipality, or part of one, lives; who is not there has no entry. Two queries.

    A part lives no longer than its municipality; under another than its own it is not there.
    """
    towns = Municipality.objects.filter(pk__in={municipality for municipality, _unit in who})
    lives: dict[Who, Period] = {
        (pk, None): Period(*period)
        for pk, *period in towns.values_list("pk", "valid_from", "valid_until")
    }
    units = SubMunicipalUnit.objects.filter(pk__in={unit for _town, unit in who if unit})
    for town, pk, *period in units.values_list("municipality", "pk", "valid_from", "valid_until"):
        both = common_period(Period(*period), lives[town, None]) if (town, None) in lives else None
        if both is not None:
            lives[town, pk] = both
    return {one: lives[one] for one in who if one in lives}


def territory_on(network: Network, day: date) -> set[int]:
    """The municipalities of the network's territory on that day, by primary key."""
    return set(municipalities_of(network, on=day).values_list("pk", flat=True))


def territory_ever(network: Network) -> set[int]:
    """Those that are in the network's territory, were or will be, by primary key; two queries."""
    return set(territory_periods(network))


def territory_periods(network: Network) -> dict[int, list[Period]]:
    """When each municipality is in the network's territory, by primary key; two queries.

    An area that took the place of another brings the times of that other with it.
    """
    pieces = list(NetworkArea.objects.filter(network=network))
    held: dict[int, list[Period]] = {}
    for piece in pieces:
        if piece.municipality_id:
            held.setdefault(piece.municipality_id, []).append(piece.period)
    by_area: dict[int, list[Period]] = {}
    for piece in pieces:
        if piece.area_id:
            by_area.setdefault(piece.area_id, []).append(piece.period)
    areas = Area.objects.filter(Q(pk__in=by_area) | Q(successor__in=by_area))
    rows = AreaMembership.objects.filter(area__in=areas.values("pk"))
    for area, heir, town, *period in rows.values_list(
        "area", "area__successor", "municipality", "valid_from", "valid_until"
    ):
        for one in (*by_area.get(area, ()), *by_area.get(heir or 0, ())):
            both = common_period(one, Period(*period))
            if both is not None:
                held.setdefault(town, []).append(both)
    return held


def homes_of(network: Network, *, on: date) -> list[Area]:
    """The official areas in which the network works on that day, the smallest first."""
    official = [kind.key for kind in area_kinds if kind.official]
    rows = Area.objects.filter(
        kind__in=official,
        pk__in=AreaMembership.objects.on(on)
        .filter(municipality__in=municipalities_of(network, on=on).values("pk"))
        .values("area"),
    ).order_by("sort_key", "id")
    # Whatever lies in another one is the smaller of the two.
    return sorted(rows, key=lambda area: area.parent_id is None)


def is_of(network: Network, area: Area, *, on: date) -> bool:
    """Whether the area is that network's alone: all who ever belonged to it are its territory.

    Of an area to which nobody ever belonged: whether it lies where the network works.
    """
    members = {stay.municipality for stay in stays_of([area.pk])}
    if members:
        return members <= territory_ever(network)
    return area.parent in homes_of(network, on=on)


def carried(municipalities: Collection[int], day: date) -> dict[int, list[int]]:
    """For each municipality those that stand for it on the day, by primary key.

    Itself while it lives; else what it went into as a whole, or what it was made of, however many
    changes lie between. Empty where nothing is known. Three queries for each change in a row.
    """
    living: set[int] = set()
    links: dict[int, list[int]] = {}
    frontier = set(municipalities)
    while frontier:
        lives = {
            pk: life for (pk, _unit), life in lives_of([(pk, None) for pk in frontier]).items()
        }
        living |= {pk for pk, life in lives.items() if day in life}
        links |= _kin_of({pk: life for pk, life in lives.items() if day not in life}, day)
        frontier = {kin for pk in frontier for kin in links.get(pk, ())} - living - links.keys()
    return {pk: _standing_for(pk, living, links) for pk in municipalities}


def changes_of(area: Area) -> QuerySet[AreaChange]:
    """What was done to its memberships on these pages, the last first."""
    return AreaChange.objects.filter(area=area).order_by("-id")


def _kin_of(gone: Mapping[int, Period], day: date) -> dict[int, list[int]]:
    """Successors of whoever has ended by the day, predecessors of whoever has not begun."""
    links: dict[int, list[int]] = {pk: [] for pk in gone}
    rows = Succession.objects.filter(
        Q(predecessor__in=gone) | Q(successor__in=gone), kind__in=WHOLE
    ).order_by("day", "id")
    for before, after in rows.values_list("predecessor_id", "successor_id"):
        if before in gone and _has_ended(gone[before], day):
            links[before].append(after)
        if after in gone and not _has_ended(gone[after], day):
            links[after].append(before)
    return links


def _has_ended(life: Period, day: date) -> bool:
    return life.valid_until is not None and life.valid_until <= day


def _standing_for(
    pk: int,
    living: Collection[int],
    links: Mapping[int, list[int]],
    seen: frozenset[int] = frozenset(),
) -> list[int]:
    if pk in living:
        return [pk]
    # What was put to another and founded again may lead back to itself.
    kin = [one for one in links.get(pk, ()) if one not in seen]
    found = (heir for one in kin for heir in _standing_for(one, living, links, seen | {pk}))
    return list(dict.fromkeys(found))
