"""What lists say of many organisations on a day: the name, what it is, where it sits; three queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tavolo.registry.choices import NameKind, SeatKind
from tavolo.registry.models import Organisation, OrganisationName, Seat, Standing
from tavolo.territory.models import Municipality

NAMES_FIRST = (NameKind.PUBLIC, NameKind.OFFICIAL, NameKind.SHORT)
SEATS_FIRST = (SeatKind.REGISTERED, SeatKind.OPERATING, SeatKind.POSTAL)


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
    names = _names(rows, on, known_at)
    standings = {
        row.organisation_id: row
        for row in Standing.objects.on(on, known_at=known_at)
        .filter(organisation__in=rows)
        .order_by("recorded_at", "id")
    }
    seats = _seats(rows, on, known_at)
    return {key: _brief(row, names, standings, seats) for key, row in rows.items()}


def _names(keys: Iterable[int], on: date, known_at: datetime | None) -> dict[int, str]:
    rows = OrganisationName.objects.on(on, known_at=known_at).filter(organisation__in=keys)
    ordered = sorted(rows, key=lambda row: (-_rank(NAMES_FIRST, row.kind), row.recorded_at, row.pk))
    return {row.organisation_id: row.name for row in ordered}


def _seats(keys: Iterable[int], on: date, known_at: datetime | None) -> dict[int, Municipality]:
    rows = (
        Seat.objects.on(on, known_at=known_at)
        .filter(organisation__in=keys, public=True, municipality__isnull=False)
        .select_related("municipality")
    )
    ordered = sorted(rows, key=lambda row: (-_rank(SEATS_FIRST, row.kind), row.recorded_at, row.pk))
    return {row.organisation_id: row.municipality for row in ordered if row.municipality}


def _rank(order: tuple[str, ...], kind: str) -> int:
    return order.index(kind)


def _brief(
    row: Organisation,
    names: dict[int, str],
    standings: dict[int, Standing],
    seats: dict[int, Municipality],
) -> Brief:
    standing = standings.get(row.pk)
    return Brief(
        name=names.get(row.pk, row.name),
        kind=standing.kind if standing else row.kind,
        legal_form=standing.legal_form if standing else row.legal_form,
        is_administration=standing.is_administration if standing else row.is_administration,
        seat=seats.get(row.pk),
    )
