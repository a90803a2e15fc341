"""How kinds of area divide a territory on a day: who is in none of their areas, who in two."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, FilteredRelation, Q, QuerySet

from tavolo.kernel.dated import valid_on
from tavolo.kernel.models import Network
from tavolo.territory.models import Area, AreaMembership, Municipality, SubMunicipalUnit
from tavolo.territory.plugs import area_kinds
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
class Overlap:
    """A place that lies in more than one area of a kind that partitions."""

    place: Place
    areas: tuple[AreaThere, ...]


@dataclass(frozen=True)
class Partition:
    """The areas of one kind by name, and what is wrong with them as a partition.

    `gaps` are the places in no area, whether or not the kind must cover (`must_cover` says);
    `overlaps` is empty for a kind that does not partition.
    """

    kind: str
    areas: tuple[AreaThere, ...]
    gaps: tuple[Place, ...]
    overlaps: tuple[Overlap, ...]
    municipalities: int

    @property
    def must_cover(self) -> bool:
        return area_kinds.get(self.kind).covers

    @property
    def is_sound(self) -> bool:
        """Nothing lies in two areas and, where it must, nothing in none."""
        return not self.overlaps and not (self.must_cover and self.gaps)


def partitions(kinds: Sequence[str], *, within: Within, on: date) -> dict[str, Partition]:
    """How each kind divides the territory on that day; four queries for all of them.

    Without `within` the territory is the whole country. Residents are those of
    `population_year(on)`.
    """
    land = Land.on(kinds, within=within, day=on)
    return {kind: land.partition(kind) for kind in kinds}


@dataclass(frozen=True)
class Member:
    """That a municipality, or one part of it, is in an area on the day."""

    area: int
    municipality: int
    unit: int | None
    demonstration: bool


@dataclass(frozen=True)
class Land:
    """A territory on a day with what some kinds of area make of it.

    It is seen in places that no area divides: a municipality, or each of its parts where some area
    of these kinds holds a part alone.
    """

    year: int | None
    towns: Mapping[int, tuple[Place, int | None, int | None]]
    areas: Mapping[int, tuple[str, str, str, str]]
    members: Sequence[Member]
    units: Mapping[int, tuple[Place, ...]]

    @classmethod
    def on(cls, kinds: Sequence[str], *, within: Within, day: date) -> "Land":
        year = population_year(day)
        scope = scope_of(within, on=day)
        members, areas = _members(kinds, scope, day, whole=within is None)
        split = {member.municipality for member in members if member.unit is not None}
        towns = {place.key: (place, women, men) for place, women, men in _towns(scope, year, day)}
        return cls(year, towns, areas, members, _units(towns, split, day) if split else {})

    @cached_property
    def places(self) -> dict[int, tuple[Place, ...]]:
        """What each municipality consists of, in the order of names."""
        return {key: self.units.get(key) or (town[0],) for key, town in self.towns.items()}

    @cached_property
    def held(self) -> dict[int, frozenset[Place]]:
        """The places of each area."""
        held: dict[int, set[Place]] = defaultdict(set)
        for member in self.members:
            held[member.area].update(
                place
                for place in self.places.get(member.municipality, ())
                if member.unit in (None, place.unit_key)
            )
        return {area: frozenset(places) for area, places in held.items()}

    def in_order(self, places: Iterable[Place]) -> tuple[Place, ...]:
        wanted = set(places)
        return tuple(place for parts in self.places.values() for place in parts if place in wanted)

    def residents(self, places: Iterable[Place]) -> Residents:
        """Of a municipality of which some parts are missing among the places nothing is known."""
        wanted = set(places)
        sums = Residents(self.year or 0, 0, 0, 0, 0)
        for key in {place.key for place in wanted}:
            _place, women, men = self.towns[key]
            if women is None or men is None or not wanted.issuperset(self.places[key]):
                sums += Residents(sums.year, 0, 0, 0, 1)
            else:
                sums += Residents(sums.year, women, men, 1, 1)
        return sums

    @cached_property
    def there(self) -> dict[int, AreaThere]:
        """Each area, in the order of their names."""
        marked = {member.area for member in self.members if member.demonstration}
        return {
            key: AreaThere(
                key,
                *named,
                places=self.in_order(self.held.get(key, ())),
                residents=self.residents(self.held.get(key, ())),
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

    def partition(self, kind: str) -> Partition:
        areas = tuple(area for area in self.there.values() if area.kind == kind)
        homes: dict[Place, list[AreaThere]] = defaultdict(list)
        for area in areas:
            for place in area.places:
                homes[place].append(area)
        everywhere = [place for parts in self.places.values() for place in parts]
        doubled = [place for place in everywhere if len(homes.get(place, ())) > 1]
        return Partition(
            kind,
            areas,
            gaps=tuple(place for place in everywhere if place not in homes),
            overlaps=tuple(Overlap(place, tuple(homes[place])) for place in doubled)
            if area_kinds.get(kind).partitions
            else (),
            municipalities=len(self.towns),
        )


def scope_of(within: Within, *, on: date) -> QuerySet[Municipality]:
    """The municipalities of a territory that exist on that day; without `within`, all.

    An area that took the place of another is that other on the days before.
    """
    living = Municipality.objects.on(on)
    if within is None:
        return living
    if isinstance(within, Network):
        return living.filter(pk__in=municipalities_of(within, on=on).values("pk"))
    held = AreaMembership.objects.on(on).filter(Q(area=within) | Q(area__successor=within))
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


def _towns(
    scope: QuerySet[Municipality], year: int | None, on: date
) -> Iterable[tuple[Place, int | None, int | None]]:
    """Each municipality under its name and code of the day, with its women and men."""
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
        yield Place(key, code_then or code, name_then or name), women, men


def _units(
    towns: Mapping[int, tuple[Place, int | None, int | None]], split: set[int], on: date
) -> dict[int, tuple[Place, ...]]:
    """The parts, on that day, of those municipalities that some area holds in part."""
    parts: dict[int, list[Place]] = defaultdict(list)
    rows = SubMunicipalUnit.objects.on(on).filter(municipality__in=split & set(towns))
    for unit in rows.order_by("sort_key", "id"):
        whole = towns[unit.municipality_id][0]
        parts[whole.key].append(Place(whole.key, whole.istat_code, whole.name, unit.pk, unit.name))
    return {key: tuple(places) for key, places in parts.items()}
