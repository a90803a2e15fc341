"""How the demonstration divides its territories, and the loading of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tavolo.kernel.actor import OPERATOR
from tavolo.territory.actions import copy_members, create_area, edit_area, enter_unit, set_members
from tavolo.territory.models import Area, Municipality, SubMunicipalUnit
from tavolo.territory.queries.editing import carried, composition_of
from tavolo.territory.stays import Told

# Printed beside every assignment: nobody shall take it for the real one.
TOLD = Told("Dimostrazione: l’assegnazione non viene da un file ufficiale.", demonstration=True)
Key = tuple[str, str]


@dataclass(frozen=True)
class Districts:
    """Areas of one kind: the municipalities of each by name, as they are called today.

    `title` has a place for the name. `units` are parts of municipalities, `changes` what was
    otherwise later: from a day, an area gets these from another. `heirs` are the areas that came
    in the place of others.
    """

    kind: str
    since: date
    title: str
    areas: Mapping[str, str]
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    changes: Sequence[tuple[date, str, str]] = ()
    heirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Land:
    """A territory, the parts of its municipalities (`Milano: Municipio 1, …`), its districts."""

    place: Key
    districts: Sequence[Districts]
    units: Mapping[str, str] = field(default_factory=dict)
    term: str = ""


class NotInTheData(Exception):  # noqa: N818  says what is wrong, as a refusal does
    """A name of the demonstration that the territory data do not have."""


def load(land: Land) -> bool:
    """Enter the districts that are not there yet; False where the territory itself is not there."""
    kind, code = land.place
    within = Area.objects.filter(kind=kind, code=code).first()
    if within is None:
        return False
    towns = {
        town.name: town
        for town in Municipality.objects.filter(province=within, valid_until__isnull=True)
    }
    _enter_units(land, towns)
    for districts in land.districts:
        if not Area.objects.filter(kind=districts.kind, parent=within).exists():
            _enter(districts, within, towns)
    return True


def _enter_units(land: Land, towns: Mapping[str, Municipality]) -> None:
    for name, units in land.units.items():
        town = _one(towns, name)
        if town.units.exists():
            continue
        for code, unit in enumerate(units.split(", "), start=1):
            enter_unit(
                municipality=town,
                code=str(code),
                name=unit,
                term=land.term,
                source=TOLD.source,
                by=OPERATOR,
            )


def _enter(districts: Districts, within: Area, towns: Mapping[str, Municipality]) -> None:
    areas = {
        name: create_area(
            kind=districts.kind,
            name=name,
            title=districts.title % name,
            parent=within,
            by=OPERATOR,
        )
        for name in districts.areas
    }
    for name, area in areas.items():
        members = [_one(towns, town) for town in _named(districts.areas[name])]
        _give(area, members, _units(towns, districts.units.get(name, ())), districts.since)
    for day, name, coming in districts.changes:
        _add(areas[name], [_one(towns, town) for town in _named(coming)], day)
    for name, heir in districts.heirs.items():
        area = areas[name]
        edit_area(
            area=area,
            version=area.version,
            name=area.name,
            title=area.title,
            parent=within,
            successor=areas[heir],
            by=OPERATOR,
        )


def _add(area: Area, coming: Sequence[Municipality], day: date) -> None:
    """Take them over from the areas in which they are."""
    there = [stay.municipality for stay in composition_of(area).stays if day in stay.period]
    set_members(
        area=area,
        day=day,
        municipalities=[*Municipality.objects.filter(pk__in=there), *coming],
        told=TOLD,
        take_over=True,
        by=OPERATOR,
    )


def _give(
    area: Area,
    members: Sequence[Municipality],
    units: Sequence[SubMunicipalUnit],
    since: date,
) -> None:
    """Those that made up the members on the first day; where they merge, their successors follow."""
    made_of = carried([town.pk for town in members], since)
    lost = [town.name for town in members if not made_of[town.pk]]
    if lost:
        raise NotInTheData(f"Nobody stands for {', '.join(lost)} on {since}.")
    first = {pk for found in made_of.values() for pk in found}
    set_members(
        area=area,
        day=since,
        municipalities=Municipality.objects.filter(pk__in=first),
        units=units,
        told=TOLD,
        by=OPERATOR,
    )
    for day in _endings(area):
        copy_members(source=area, on=day - timedelta(days=1), area=area, day=day, by=OPERATOR)


def _endings(area: Area) -> Iterator[date]:
    """The days on which members end, also of those that came by such a day."""
    last = date.min
    while days := {
        stay.valid_until
        for stay in composition_of(area).stays
        if stay.valid_until and stay.valid_until > last
    }:
        last = min(days)
        yield last


def _named(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _one(towns: Mapping[str, Municipality], name: str) -> Municipality:
    if name not in towns:
        raise NotInTheData(f"No municipality is called {name!r}.")
    return towns[name]


def _units(towns: Mapping[str, Municipality], names: Sequence[str]) -> list[SubMunicipalUnit]:
    rows = SubMunicipalUnit.objects.filter(municipality__in=towns.values(), name__in=names)
    return list(rows.order_by("id"))
