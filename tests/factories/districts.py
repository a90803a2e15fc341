"""Districts over the squares of `factories.territory`, made by the room's own actions."""

from collections.abc import Collection
from datetime import date
from itertools import count

from tavolo.kernel.actor import OPERATOR
from tavolo.territory.actions import create_area, set_members
from tavolo.territory.models import Area, AreaMembership, Municipality, SubMunicipalUnit
from tavolo.territory.stays import Told

_numbers = count(1)


def a_district(
    name: str = "",
    *municipalities: Municipality,
    kind: str = "health_social_district",
    since: date | None = None,
    units: Collection[SubMunicipalUnit] = (),
    parent: Area | None = None,
    told: Told = Told("prova"),  # noqa: B008  # frozen
) -> Area:
    called = name or f"Distretto {next(_numbers)}"
    area = create_area(kind=kind, name=called, parent=parent, by=OPERATOR)
    if municipalities or units:
        set_members(
            area=area,
            day=since,
            municipalities=municipalities,
            units=units,
            told=told,
            by=OPERATOR,
        )
    return area


def a_unit(
    municipality: Municipality,
    name: str = "",
    *,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> SubMunicipalUnit:
    number = next(_numbers)
    unit = SubMunicipalUnit(
        municipality=municipality,
        code=f"m{number}",
        name=name or f"Municipio {number}",
        term="Municipio",
        valid_from=valid_from,
        valid_until=valid_until,
    )
    unit.save()
    return unit


def periods(area: Area) -> list[tuple[str, str, str, str]]:
    """Who is in it, of which part, from when, until when (half-open), by name and time."""
    rows = AreaMembership.objects.filter(area=area).select_related("municipality", "unit")
    return sorted(
        (
            row.municipality.name,
            row.unit.name if row.unit else "",
            row.valid_from.isoformat() if row.valid_from else "",
            row.valid_until.isoformat() if row.valid_until else "",
        )
        for row in rows
    )


def members_on(area: Area, day: date) -> list[str]:
    """Their names on that day."""
    rows = AreaMembership.objects.on(day).filter(area=area).select_related("municipality")
    return sorted(row.municipality.name for row in rows)
