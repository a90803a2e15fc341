"""What the system says of who speaks and who is in office, in the terms of the notebook."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tavolo.kernel.actor import OPERATOR
from tavolo.registry.models import Delegation, OfficeHolding, Representation
from tavolo.registry.queries import in_office_of, who_speaks_for
from tests.factories.notebook import Notebook, Said
from tests.factories.ten_years import THEMES, Simulation

Held = list[tuple[str, str, tuple[str, ...]]]


def months(told: Simulation) -> list[date]:
    """The last day of each month that was simulated."""
    scale = told.scale
    firsts = [
        date(scale.first.year + number // 12, number % 12 + 1, 1)
        for number in range(1, 12 * scale.years + 1)
    ]
    return [first - timedelta(days=1) for first in firsts]


def evening(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), UTC)


def pairs(told: Simulation, random: Random, number: int) -> list[tuple[date, datetime]]:
    """Days and instants by lot, half of them instants at which something was written."""
    span = (told.scale.end - told.scale.first).days
    written = [line[0] for line in told.log.lines]
    found = []
    for turn in range(number):
        day = told.scale.first + timedelta(days=random.randrange(span))
        at = (
            random.choice(written)
            if turn % 2
            else evening(told.scale.first + timedelta(days=random.randrange(span)))
        )
        found.append((day, at))
    return sorted(found, key=lambda pair: pair[1])


def differing(told: Simulation, notebook: Notebook, day: date, at: datetime | None) -> list[str]:
    """The organisations of which the system says something else than the notebook."""
    speaking, held = said(told, day, at), in_office(told, day, at)
    page = notebook.on(day)
    return [
        name
        for name in told.organisations
        if speaking[name] != page.speaking(name, THEMES[0]) or held[name] != page.held(name)
    ]


def differing_at(told: Simulation, pairs: Sequence[tuple[date, datetime]]) -> list[str]:
    """The same for days as they were known on instants, the earliest instant first."""
    notebooks = told.log.as_known([at for _day, at in pairs])
    return [
        f"{name} on {day} at {at}"
        for (day, at), (_at, notebook) in zip(pairs, notebooks, strict=True)
        for name in differing(told, notebook, day, at)
    ]


def said(told: Simulation, day: date, at: datetime | None) -> dict[str, list[Said]]:
    found = who_speaks_for(
        told.organisations.values(),
        on=day,
        network=told.network,
        theme=THEMES[0],
        known_at=at,
        actor=OPERATOR,
    )
    return {
        name: [(one.ground.value, _as_what(one.row), one.person.name) for one in found[row.pk]]
        for name, row in told.organisations.items()
    }


def in_office(told: Simulation, day: date, at: datetime | None) -> dict[str, Held]:
    found = in_office_of(told.organisations.values(), on=day, known_at=at, actor=OPERATOR)
    return {
        name: sorted(
            (_as_what(one.row), one.person.name, _themes([two.row for two in one.delegations]))
            for one in found[row.pk]
            if not one.is_delegation
        )
        for name, row in told.organisations.items()
    }


def _themes(rows: Sequence[Delegation]) -> tuple[str, ...]:
    return tuple(sorted(row.theme for row in rows))


def _as_what(row: Representation | Delegation | OfficeHolding) -> str:
    if isinstance(row, Representation):
        return row.capacity
    return row.theme if isinstance(row, Delegation) else row.title
