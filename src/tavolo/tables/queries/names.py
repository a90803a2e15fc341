"""By which name a body goes on a day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tavolo.kernel import clock
from tavolo.registry.choices import NameKind
from tavolo.registry.queries.holding import the_one
from tavolo.tables.models import Body, BodyName

NAMES_IN_ORDER = (NameKind.PUBLIC, NameKind.OFFICIAL, NameKind.SHORT)


def main_name(names: Sequence[BodyName]) -> BodyName | None:
    """Of the names of one day: the one in use, else the official one, else a short one.

    Of several in use at once, as of Cesano Boscone's table, the last to be taken up.
    """
    found = (the_one(name for name in names if name.kind == kind) for kind in NAMES_IN_ORDER)
    return next((name for name in found if name), None)


def name_today(body: Body) -> str:
    """Its name of today; "" where none holds."""
    rows = list(BodyName.objects.on(clock.today()).filter(body=body))
    found = main_name(rows)
    return found.name if found else ""


def names_on(
    bodies: Iterable[Body], *, on: date, known_at: datetime | None = None
) -> dict[int, str]:
    """For each of them, by primary key; of a day without a name it is called as today. One query."""
    bodies = list(bodies)
    found: dict[int, list[BodyName]] = {body.pk: [] for body in bodies}
    said = {body.pk: body.name for body in bodies}
    for name in BodyName.objects.on(on, known_at=known_at).filter(body__in=found):
        found[name.body_id].append(name)
    for pk, rows in found.items():
        main = main_name(rows)
        said[pk] = main.name if main else said[pk]
    return said
