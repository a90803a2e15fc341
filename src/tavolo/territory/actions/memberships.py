"""The rows of memberships: locked, read as values, written as they shall be, and checked.

Not an action by itself: the actions of `areas` and the imports stand on it. Who comes first locks
the areas and then the municipalities, in the order of their keys, so that two never wait for each
other in a circle; SQLite lets one write at a time anyway.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from tavolo.territory.errors import InTwoAreas, NotThereThen, TwiceInTheArea
from tavolo.territory.models import Area, AreaMembership, Municipality, SubMunicipalUnit
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.editing import lives_of, stays_in
from tavolo.territory.stays import Stay, Told, Who, clashes, clipped, common_period

State = Mapping[str, Any]


def lock_areas(areas: Collection[int]) -> None:
    list(Area.objects.select_for_update(no_key=True).filter(pk__in=areas).order_by("pk"))


def lock_municipalities(municipalities: Collection[int]) -> None:
    """Whoever moves one of them anywhere waits until this transaction is over."""
    rows = Municipality.objects.select_for_update(no_key=True).filter(pk__in=municipalities)
    list(rows.order_by("pk").values_list("pk"))


def differing(before: Iterable[Stay], after: Iterable[Stay]) -> tuple[list[Stay], list[Stay]]:
    """What is no more as it stood, and what is new or otherwise."""
    old, new = {stay.key: stay for stay in before}, {stay.key: stay for stay in after}
    return (
        [stay for key, stay in old.items() if new.get(key) != stay],
        [stay for key, stay in new.items() if old.get(key) != stay],
    )


def write(gone: Collection[Stay], come: Collection[Stay]) -> None:
    """Bring the rows from one to the other; a row whose beginning stays is the same row.

    What was wrong goes first: a period may not begin while the one before it is still open.
    """
    old, new = {stay.key for stay in gone}, {stay.key for stay in come}
    for stay in gone:
        if stay.key not in new:
            _row_of(stay).delete()
    for stay in come:
        if stay.key in old:
            _row_of(stay).update(**_values(stay))
    AreaMembership.objects.bulk_create(
        AreaMembership(
            area_id=stay.area,
            municipality_id=stay.municipality,
            unit_id=stay.unit,
            valid_from=stay.valid_from,
            **_values(stay),
        )
        for stay in come
        if stay.key not in old
    )


def _row_of(stay: Stay) -> Any:
    return AreaMembership.objects.filter(
        area=stay.area,
        municipality=stay.municipality,
        unit=stay.unit,
        valid_from=stay.valid_from,
    )


def _values(stay: Stay) -> dict[str, Any]:
    return {
        "valid_until": stay.valid_until,
        "source": stay.told.source,
        "demonstration": stay.told.demonstration,
    }


def refuse_clashes(
    kind: str, municipalities: Collection[int], *, mine: Collection[int] = ()
) -> None:
    """Look at all memberships of that kind of those municipalities, as they are now written.

    Refuses with InTwoAreas where the kind partitions and one lies in two areas on some day, whole
    or with a part of it, and with TwiceInTheArea.
    """
    partitions = area_kinds.get(kind).partitions
    rows = AreaMembership.objects.filter(area__kind=kind, municipality__in=municipalities)
    for stays in _by_municipality(stays_in(rows)):
        for one, other in clashes(stays):
            if one.area == other.area:
                raise TwiceInTheArea(name_of(one))
            if partitions:
                both = common_period(one.period, other.period)
                elsewhere = one.area if other.area in mine else other.area
                area = Area.objects.get(pk=elsewhere)
                raise InTwoAreas(name_of(one), area.title, both.valid_from if both else None)


def _by_municipality(stays: Iterable[Stay]) -> Iterator[list[Stay]]:
    found: dict[int, list[Stay]] = {}
    for stay in stays:
        found.setdefault(stay.municipality, []).append(stay)
    yield from found.values()


def name_of(stay: Stay) -> str:
    """A municipality, or a part of it, as a sentence says it."""
    town = Municipality.objects.get(pk=stay.municipality).name
    return f"{SubMunicipalUnit.objects.get(pk=stay.unit).name} ({town})" if stay.unit else town


def living(who: Collection[Who], day: date | None) -> None:
    """Refuses with NotThereThen where one of them does not exist, or not on that day."""
    lives = lives_of(who)
    gone = [one for one in who if one not in lives or (day is not None and day not in lives[one])]
    if gone:
        raise NotThereThen(_names(gone), day)


def within_life(stays: Collection[Stay]) -> list[Stay]:
    """Each as long as its municipality lives; what is left of nothing is left out."""
    lives = lives_of([stay.who for stay in stays])
    return [kept for stay in stays if (kept := clipped(stay, lives[stay.who])) is not None]


def refuse_outside_life(stays: Collection[Stay]) -> None:
    """Refuses with NotThereThen where one begins before its municipality or ends after it."""
    lives = lives_of([stay.who for stay in stays])
    wrong = [
        stay.who
        for stay in stays
        if stay.who not in lives or clipped(stay, lives[stay.who]) != stay
    ]
    if wrong:
        raise NotThereThen(_names(wrong))


def _names(who: Iterable[Who]) -> str:
    rows = Municipality.objects.filter(pk__in={municipality for municipality, _unit in who})
    return ", ".join(rows.order_by("sort_key", "id").values_list("name", flat=True))


def states_of(stays: Collection[Stay]) -> list[dict[str, Any]]:
    """Memberships as they are kept with a change: uids and days as text."""
    areas = _uids(Area, {stay.area for stay in stays})
    towns = _uids(Municipality, {stay.municipality for stay in stays})
    units = _uids(SubMunicipalUnit, {stay.unit for stay in stays})
    return [
        {
            "area": areas[stay.area],
            "municipality": towns[stay.municipality],
            "unit": units.get(stay.unit),
            "valid_from": stay.valid_from and stay.valid_from.isoformat(),
            "valid_until": stay.valid_until and stay.valid_until.isoformat(),
            "source": stay.told.source,
            "demonstration": stay.told.demonstration,
        }
        for stay in stays
    ]


def stays_from(states: Collection[State]) -> list[Stay]:
    """What `states_of` wrote, read again."""
    areas = _keys(Area, {state["area"] for state in states})
    towns = _keys(Municipality, {state["municipality"] for state in states})
    units = _keys(SubMunicipalUnit, {state["unit"] for state in states if state["unit"]})
    return [
        Stay(
            areas[state["area"]],
            towns[state["municipality"]],
            units.get(state["unit"]),
            _day(state["valid_from"]),
            _day(state["valid_until"]),
            Told(state["source"], state["demonstration"]),
        )
        for state in states
    ]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _uids(model: Any, keys: Collection[int | None]) -> dict[int | None, str]:
    return {pk: str(uid) for pk, uid in model.objects.filter(pk__in=keys).values_list("pk", "uid")}


def _keys(model: Any, uids: Collection[str]) -> dict[str, int]:
    known = model.objects.filter(uid__in=[UUID(uid) for uid in uids])
    return {str(uid): pk for uid, pk in known.values_list("uid", "pk")}
