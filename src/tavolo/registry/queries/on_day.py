"""What lists say of many organisations on a day: the name, what it is, where it sits; three queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tavolo.kernel.dated import RecordedQuerySet
from tavolo.registry.models import Organisation, OrganisationName, Seat, Standing
from tavolo.registry.queries.today import Today
from tavolo.territory.models import Municipality


@dataclass(frozen=True)
class Brief:
    """An organisation in a line of a list; `seat` is None where none is public."""

    name: str
    kind: str
    legal_form: str = ""
    is_administration: bool | None = None
    seat: Municipality | None = None


def briefs(
    organisations: Iterable[Organisation], *, on: date, known_at: datetime | None = None
) -> dict[int, Brief]:
    """For each of them, by primary key; of a day before its facts it is called as it is today."""
    rows = {row.pk: row for row in organisations}
    names = _by_organisation(OrganisationName.objects.on(on, known_at=known_at), rows)
    standings = _by_organisation(Standing.objects.on(on, known_at=known_at), rows)
    placed = Seat.objects.on(on, known_at=known_at).select_related("municipality")
    seats = _by_organisation(placed, rows)
    return {
        pk: _brief(row, Today(names=names[pk], standings=standings[pk], seats=seats[pk]))
        for pk, row in rows.items()
    }


def _by_organisation(
    held: RecordedQuerySet[Any], rows: Mapping[int, Organisation]
) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {pk: [] for pk in rows}
    for fact in held.filter(organisation__in=rows):
        found[fact.organisation_id].append(fact)
    return found


def _brief(row: Organisation, today: Today) -> Brief:
    name, standing, seat = today.main_name(), today.standing(), today.main_seat()
    return Brief(
        name=name.name if name else row.name,
        kind=standing.kind if standing else row.kind,
        legal_form=standing.legal_form if standing else row.legal_form,
        is_administration=standing.is_administration if standing else row.is_administration,
        seat=seat.municipality if seat else None,
    )
