"""By which rules a body works on a day, and by which it worked before."""

from datetime import date, datetime
from uuid import UUID

from tavolo.tables.choices import SeatRole
from tavolo.tables.models import Body, BodyRegulation
from tavolo.tables.queries.roster import Roster
from tavolo.tables.regulation.sitting import Sitter


def regulation_of(
    body: Body, *, on: date, known_at: datetime | None = None
) -> BodyRegulation | None:
    """The regulation in force on that day, as it is known now or was known on that instant.

    None where no act has adopted one: then nothing is assumed. One query.
    """
    return BodyRegulation.objects.filter(body=body).on(on, known_at=known_at).first()


def regulations_of(body: Body) -> list[BodyRegulation]:
    """All that were adopted, the last to begin first, as they are known now."""
    return list(BodyRegulation.objects.filter(body=body).known().order_by("-valid_from"))


def regulation_by_uid(body: Body, uid: UUID) -> BodyRegulation | None:
    """The one of that uid, as it is known now."""
    return BodyRegulation.objects.filter(body=body, uid=uid).known().first()


def sitters_of(seated: Roster) -> tuple[Sitter, ...]:
    """A roster as `regulation.validity` reckons with it: each seat with what its role gives.

    A seat is filled unless it is an office's that nobody holds on the day.
    """
    return tuple(
        Sitter(
            line.seat.uid,
            line.role,
            member=line.rights.counts,
            vote=line.rights.vote,
            institution=line.role == SeatRole.PARTNER,
            filled=not line.vacant,
        )
        for line in seated.lines
    )


def regulation_as_read(body: Body, uid: UUID, row: int) -> BodyRegulation | None:
    """The row that somebody had before her, also where another has taken its place since."""
    return BodyRegulation.objects.filter(body=body, uid=uid, pk=row).first()
