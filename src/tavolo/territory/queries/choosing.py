"""Choosing who belongs to an area: what can be chosen in a network, what is, and what a choice changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tavolo.kernel.dated import Period
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.territory.models import Area, AreaMembership, Municipality
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.editing import (
    Composition,
    carried,
    composition_of,
    homes_of,
    lives_of,
    stays_in,
    territory_ever,
)
from tavolo.territory.queries.land import AreaThere, Land, Place
from tavolo.territory.stays import Stay, Who, next_change, on


@dataclass(frozen=True)
class Candidate:
    """A place that can be chosen, and the areas of the kind in which it lies on the day, by name."""

    token: str
    place: Place
    homes: tuple[AreaThere, ...]
    inside: bool

    @property
    def who(self) -> Who:
        return self.place.key, self.place.unit_key


@dataclass(frozen=True)
class Gone:
    """A member that is no more on the day, and who stands for it then."""

    name: str
    heirs: tuple[Candidate, ...]


@dataclass(frozen=True)
class Choice:
    """What can be chosen for an area in a network on a day.

    `beyond` are members that are not the network's to move. `until` is the next day on which the
    area was entered as changing anyway. `fixed` are its members as `set_members` has to get them
    back: those beyond.
    """

    area: Area
    day: date
    candidates: tuple[Candidate, ...]
    beyond: tuple[str, ...]
    fixed: tuple[Who, ...]
    gone: tuple[Gone, ...]
    until: date | None
    composition: Composition

    @property
    def chosen(self) -> frozenset[str]:
        """The tokens of those that are in the area."""
        return frozenset(one.token for one in self.candidates if one.inside)

    def with_tokens(self, tokens: Collection[str]) -> tuple[Candidate, ...]:
        return tuple(one for one in self.candidates if one.token in tokens)

    def wanted(self, tokens: Collection[str]) -> list[Who]:
        """Whom that choice makes the members, those beyond included.

        A municipality of which every part is chosen stays whole where it is.
        """
        chosen = self.with_tokens(tokens)
        here = on(self.composition.stays, self.day)
        parts: dict[int, list[Candidate]] = {}
        for one in self.candidates:
            parts.setdefault(one.place.key, []).append(one)
        whole = {
            town
            for town, every in parts.items()
            if (town, None) in here and all(one.token in tokens for one in every)
        }
        members = [one.who for one in chosen if one.place.key not in whole]
        return [*self.fixed, *((town, None) for town in whole), *members]


def choice_for(area: Area, network: Network, *, day: date, parts: Collection[int] = ()) -> Choice:
    """What a secretariat can choose for the area on that day; seven queries, more where some have gone.

    `parts` are municipalities that are to be seen in their parts.
    """
    land = Land.on([area.kind], within=network, day=day, split=parts)
    composition = composition_of(area)
    homes = land.homes(area.kind)
    candidates = tuple(
        Candidate(
            token_of(place),
            place,
            tuple(land.there[key] for key in homes[number] if key != area.pk),
            area.pk in homes[number],
        )
        for number, place in enumerate(land.places)
    )
    here = on(composition.stays, day)
    lives = lives_of(here.keys())
    alive = {who for who in here if day in lives[who]}
    outside = [who for who in alive if who[0] not in land.towns]
    return Choice(
        area,
        day,
        candidates,
        beyond=_names(outside),
        fixed=tuple(outside),
        gone=_gone(here.keys() - alive, candidates, day),
        until=next_change(composition.stays, day),
        composition=composition,
    )


def token_of(place: Place) -> str:
    """What stands for a place in an address: the code of the day, or the key of the part."""
    return place.istat_code if place.unit_key is None else f"u{place.unit_key}"


@dataclass(frozen=True)
class Elsewhere:
    """That another area of the kind holds a place in the time of a change."""

    stay: Stay
    title: str


def elsewhere(area: Area, coming: Collection[Who], window: Period) -> list[Elsewhere]:
    """From where those that come are taken, where the kind partitions; one query."""
    if not area_kinds.get(area.kind).partitions or not coming:
        return []
    rows = AreaMembership.objects.filter(
        area__kind=area.kind, municipality__in={town for town, _unit in coming}
    ).exclude(area=area)
    titles = dict(rows.values_list("area_id", "area__title"))
    return [
        Elsewhere(stay, titles[stay.area])
        for stay in stays_in(rows)
        if stay.period.overlaps(window) and {stay.who, (stay.municipality, None)} & set(coming)
    ]


def areas_of(network: Network, *, on: date) -> QuerySet[Area]:
    """The districts that concern a network: who ever had a member in its territory, or lies there empty."""
    districts = [kind.key for kind in area_kinds if not kind.official]
    held = AreaMembership.objects.filter(municipality__in=territory_ever(network))
    empty = ~Q(pk__in=AreaMembership.objects.values("area"))
    homes = [home.pk for home in homes_of(network, on=on)]
    return Area.objects.filter(kind__in=districts).filter(
        Q(pk__in=held.values("area")) | (empty & Q(parent__in=homes))
    )


def district_at(network: Network, kind: str, code: str, *, on: date) -> Area:
    """A district that concerns the network. Refuses with NotFound any other, as one that is not there."""
    found = areas_of(network, on=on).filter(kind=kind, code=code)
    area = found.select_related("parent", "successor").first()
    if area is None:
        raise NotFound
    return area


def _gone(who: Collection[Who], candidates: Sequence[Candidate], day: date) -> tuple[Gone, ...]:
    towns = {town for town, _unit in who}
    if not towns:
        return ()
    by_town: dict[int, list[Candidate]] = {}
    for one in candidates:
        by_town.setdefault(one.place.key, []).append(one)
    heirs = carried(towns, day)
    names: Mapping[int, str] = dict(
        Municipality.objects.filter(pk__in=towns).order_by("sort_key").values_list("pk", "name")
    )
    return tuple(
        Gone(name, tuple(one for heir in heirs[pk] for one in by_town.get(heir, ())))
        for pk, name in names.items()
    )


def _names(who: Collection[Who]) -> tuple[str, ...]:
    rows = Municipality.objects.filter(pk__in={town for town, _unit in who})
    return tuple(rows.order_by("sort_key", "id").values_list("name", flat=True)) if who else ()
