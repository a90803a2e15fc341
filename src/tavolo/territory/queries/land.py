"""A territory on a day, and what some kinds of area make of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import F, FilteredRelation, Q, QuerySet

from tavolo.kernel.dated import valid_on
from tavolo.kernel.models import Network
from tavolo.territory.models import Area, AreaMembership, Municipality, SubMunicipalUnit
from tavolo.territory.queries.areas import Residents
from tavolo.territory.queries.networks import municipalities_of
from tavolo.territory.queries.population import population_year

Within = Area | Network | None


@dataclass(frozen=True)
class Place:
    """A municipality, with the name and code of the day, or one part of it (`unit`, `unit_key`)."""

    key: int
    istat_code: str
    name: str
    unit_key: int | None = None
    unit: str = ""


@dataclass(frozen=True)
class AreaThere:
    """An area as far as it lies in the territory that was asked for.

    `beyond` is how many of its municipalities lie outside of that; `demonstration`: some of its
    assignments come from no official file. A municipality of which some part alone is in the area
    counts among those whose residents are not known.
    """

    key: int
    kind: str
    code: str
    name: str
    title: str
    places: tuple[Place, ...]
    residents: Residents
    beyond: int
    demonstration: bool


@dataclass(frozen=True)
class Member:
    """That a municipality, or one part of it, is in an area on the day."""

    area: int
    municipality: int
    unit: int | None
    demonstration: bool


@dataclass(frozen=True)
class Town:
    """A municipality under its name and code of the day, with its women and men if they are known."""

    place: Place
    women: int | None
    men: int | None


@dataclass(frozen=True)
class Land:
    """A territory on a day with what some kinds of area make of it.

    It is seen in places that no area divides: a municipality, or each of its parts where some area
    of these kinds holds a part alone.
    """

    year: int | None
    towns: Mapping[int, Town]
    areas: Mapping[int, tuple[str, str, str, str]]
    members: Sequence[Member]
    units: Mapping[int, tuple[Place, ...]]

    @classmethod
    def on(
        cls, kinds: Sequence[str], *, within: Within, day: date, split: Collection[int] = ()
    ) -> "Land":
        """Read it; `split` are municipalities to be seen in their parts in any case. Four queries."""
        year = population_year(day)
        scope = scope_of(within, on=day)
        members, areas = _members(kinds, scope, day, whole=within is None)
        parts = {member.municipality for member in members if member.unit is not None}
        parts.update(split)
        towns = {town.place.key: town for town in _towns(scope, year, day)}
        return cls(year, towns, areas, members, _units(towns, parts, day) if parts else {})

    def of_one_kind(self, kind: str) -> "Land":
        """The same seen by one of the kinds alone: what another divides into parts is whole here."""
        areas = {key: named for key, named in self.areas.items() if named[0] == kind}
        members = [member for member in self.members if member.area in areas]
        split = {member.municipality for member in members if member.unit is not None}
        units = {key: parts for key, parts in self.units.items() if key in split}
        return replace(self, areas=areas, members=members, units=units)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """What the territory consists of, in the order of names."""
        return tuple(place for key, town in self.towns.items() for place in self._parts(key, town))

    def _parts(self, key: int, town: Town) -> tuple[Place, ...]:
        return self.units.get(key) or (town.place,)

    @cached_property
    def numbers(self) -> dict[int, range]:
        """For each municipality the numbers of its places."""
        found, first = {}, 0
        for key, town in self.towns.items():
            last = first + len(self._parts(key, town))
            found[key], first = range(first, last), last
        return found

    @cached_property
    def held(self) -> dict[int, frozenset[int]]:
        """The numbers of the places of each area."""
        held: dict[int, set[int]] = {key: set() for key in self.areas}
        for member in self.members:
            held[member.area].update(
                number
                for number in self.numbers.get(member.municipality, ())
                if member.unit in (None, self.places[number].unit_key)
            )
        return {area: frozenset(numbers) for area, numbers in held.items()}

    def in_order(self, numbers: Iterable[int]) -> tuple[Place, ...]:
        return tuple(self.places[number] for number in sorted(numbers))

    def residents(self, numbers: AbstractSet[int]) -> Residents:
        """Of a municipality of which some parts are missing among the places nothing is known."""
        keys = {self.places[number].key for number in numbers}
        whole = [
            town
            for town in (self.towns[key] for key in keys)
            if town.women is not None and numbers >= set(self.numbers[town.place.key])
        ]
        return Residents(
            self.year or 0,
            sum(town.women or 0 for town in whole),
            sum(town.men or 0 for town in whole),
            len(whole),
            len(keys),
        )

    @cached_property
    def there(self) -> dict[int, AreaThere]:
        """Each area, in the order of their names."""
        marked = {member.area for member in self.members if member.demonstration}
        return {
            key: AreaThere(
                key,
                *named,
                places=self.in_order(self.held[key]),
                residents=self.residents(self.held[key]),
                beyond=len(self._beyond.get(key, ())),
                demonstration=key in marked,
            )
            for key, named in self.areas.items()
        }

    @cached_property
    def _beyond(self) -> dict[int, set[int]]:
        beyond: dict[int, set[int]] = defaultdict(set)
        for member in self.members:
            if member.municipality not in self.towns:
                beyond[member.area].add(member.municipality)
        return beyond

    def homes(self, kind: str) -> list[list[int]]:
        """For each place the areas of that kind in which it lies."""
        homes: list[list[int]] = [[] for _place in self.places]
        for area in self.there.values():
            if area.kind == kind:
                for number in self.held[area.key]:
                    homes[number].append(area.key)
        return homes


def scope_of(within: Within, *, on: date) -> QuerySet[Municipality]:
    """The municipalities of a territory that exist on that day; without `within`, all.

    An area that took the place of another is that other on the days before.
    """
    living = Municipality.objects.on(on)
    if within is None:
        return living
    if isinstance(within, Network):
        return living.filter(pk__in=municipalities_of(within, on=on).values("pk"))
    areas = Area.objects.filter(Q(pk=within.pk) | Q(successor=within))
    held = AreaMembership.objects.on(on).filter(area__in=areas.values("pk"))
    return living.filter(pk__in=held.values("municipality"))


def _members(
    kinds: Sequence[str], scope: QuerySet[Municipality], on: date, *, whole: bool
) -> tuple[list[Member], dict[int, tuple[str, str, str, str]]]:
    """Those of every area that reaches into the scope, those beyond it too; the areas by name."""
    members = AreaMembership.objects.on(on).filter(area__kind__in=kinds)
    if not whole:
        reaching = members.filter(municipality__in=scope.values("pk")).order_by()
        members = members.filter(area__in=reaching.values("area"))
    rows = (
        members.filter(valid_on(on, "municipality__"))
        .filter(Q(unit__isnull=True) | valid_on(on, "unit__"))
        .order_by("area__sort_key", "area_id")
        .values_list(
            *("area_id", "municipality_id", "unit_id", "demonstration"),
            *("area__kind", "area__code", "area__name", "area__title"),
        )
    )
    found = list(rows)
    return [Member(*row[:4]) for row in found], {row[0]: row[4:] for row in found}


def _towns(scope: QuerySet[Municipality], year: int | None, on: date) -> Iterable[Town]:
    rows = (
        scope.annotate(
            called=FilteredRelation("versions", condition=valid_on(on, "versions__")),
            counted=FilteredRelation("populations", condition=Q(populations__year=year or 0)),
            code_then=F("called__istat_code"),
            name_then=F("called__name"),
            women=F("counted__women"),
            men=F("counted__men"),
        )
        .order_by("sort_key", "id")
        .values_list("id", "istat_code", "name", "code_then", "name_then", "women", "men")
    )
    for key, code, name, code_then, name_then, women, men in rows:
        yield Town(Place(key, code_then or code, name_then or name), women, men)


def _units(towns: Mapping[int, Town], split: set[int], on: date) -> dict[int, tuple[Place, ...]]:
    """The parts, on that day, of those municipalities that some area holds in part."""
    parts: dict[int, list[Place]] = defaultdict(list)
    rows = SubMunicipalUnit.objects.on(on).filter(municipality__in=split & set(towns))
    for unit in rows.order_by("sort_key", "id"):
        whole = towns[unit.municipality_id].place
        parts[whole.key].append(Place(whole.key, whole.istat_code, whole.name, unit.pk, unit.name))
    return {key: tuple(places) for key, places in parts.items()}
