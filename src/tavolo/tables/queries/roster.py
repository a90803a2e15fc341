"""Who sits in a body on a day, as it is known now or was known then: one answer for ever."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.tables import rules
from tavolo.tables.choices import Category, DelegateKind, HolderKind
from tavolo.tables.models import Body, Seat
from tavolo.tables.queries.senders import Sent, sent_to
from tavolo.territory.models import Municipality

BESIDE = (
    "network",
    "body",
    "organisation__steward",
    "organisation__municipality",
    "unit",
    "person",
)
_RANK = {category: place for place, category in enumerate(Category)}


@dataclass(frozen=True)
class SeatLine:
    """A seat on a day. `holder` is the name of that day; `municipality` that of the holder's seat.

    `sent` are those who sit there: of an office who holds it, then the delegates, the effective one
    first. Whom the actor may not see stands there without a person.
    """

    seat: Seat
    holder: str
    category: str
    role: str
    municipality: Municipality | None
    sent: tuple[Sent, ...]

    @property
    def rights(self) -> rules.Rights:
        return rules.RIGHTS[self.role]

    @property
    def effective(self) -> Sent | None:
        """Who sits there in the first place: the person, who holds the office, or the delegate."""
        return next((one for one in self.sent if one.kind != DelegateKind.SUBSTITUTE), None)

    @property
    def vacant(self) -> bool:
        """Whether the seat is of an office that nobody holds on the day."""
        return self.seat.holder_kind is HolderKind.OFFICE and self.effective is None

    @property
    def sends_nobody(self) -> bool:
        """Whether no effective delegate is named, of a seat that has one."""
        return self.seat.holder_kind is HolderKind.ORGANISATION and self.effective is None


@dataclass(frozen=True)
class Roster:
    """`lines` by category, then by name; `adherents` are those that make up the body."""

    body: Body
    on: date
    known_at: datetime | None
    lines: tuple[SeatLine, ...]

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def adherents(self) -> tuple[SeatLine, ...]:
        return tuple(line for line in self.lines if line.role in rules.ADHERENTS)

    @property
    def by_category(self) -> Mapping[str, int]:
        """How many adherents of each category."""
        return Counter(line.category for line in self.adherents)

    @property
    def by_municipality(self) -> Mapping[str, int]:
        """How many adherents with their seat in each municipality, by ISTAT code; "": not known."""
        towns = (line.municipality for line in self.adherents)
        return Counter(town.istat_code if town else "" for town in towns)

    @property
    def vacancies(self) -> tuple[SeatLine, ...]:
        """Seats of offices that nobody holds on the day."""
        return tuple(line for line in self.lines if line.vacant)


def roster(
    body: Body,
    *,
    on: date,
    known_at: datetime | None = None,
    category: str = "",
    municipality: Municipality | None = None,
    group: Body | None = None,
    actor: Actor = ANONYMOUS,
) -> Roster:
    """Who sits in a body on a day, perhaps of one category or municipality, or who sits in a group too.

    The same number of queries for one seat and for 600: three, and one more with `group`.
    """
    return rosters(
        [body],
        on=on,
        known_at=known_at,
        category=category,
        municipality=municipality,
        group=group,
        actor=actor,
    )[body.pk]


def rosters(
    bodies: Sequence[Body],
    *,
    on: date,
    known_at: datetime | None = None,
    category: str = "",
    municipality: Municipality | None = None,
    group: Body | None = None,
    actor: Actor = ANONYMOUS,
) -> dict[int, Roster]:
    """The same for many bodies, by primary key, in as many queries as for one."""
    rows = Seat.objects.on(on, known_at=known_at).filter(body__in=bodies)
    if category:
        rows = rows.filter(category=category)
    lines = lines_of(rows.select_related(*BESIDE), on=on, known_at=known_at, actor=actor)
    if municipality is not None:
        lines = [line for line in lines if line.municipality == municipality]
    if group is not None:
        sitting = holders_in(group, on=on, known_at=known_at)
        lines = [line for line in lines if holder_of(line.seat) in sitting]
    return {
        body.pk: Roster(
            body, on, known_at, tuple(line for line in lines if line.seat.body_id == body.pk)
        )
        for body in bodies
    }


def lines_of(
    seats: Iterable[Seat], *, on: date, known_at: datetime | None = None, actor: Actor
) -> list[SeatLine]:
    """These seats with who sits there, by category and name; two queries beside that of the seats."""
    seats = list(seats)
    known = sent_to(seats, on=on, known_at=known_at, actor=actor)
    lines = [
        SeatLine(
            seat=seat,
            holder=known.holder(seat),
            category=seat.category,
            role=seat.role,
            municipality=known.municipality(seat),
            sent=known.sent(seat),
        )
        for seat in seats
    ]
    return sorted(lines, key=lambda line: (_RANK[Category(line.category)], known.order(line.seat)))


def seat_line(seat: Seat, *, on: date, actor: Actor) -> SeatLine:
    """One seat with who sits there on a day; two queries."""
    return lines_of([seat], on=on, actor=actor)[0]


def holder_of(seat: Seat) -> tuple[object, ...]:
    """What tells one holder from another, whatever body she sits in: the office counts as its organisation."""
    return (seat.organisation_id, seat.unit_id, seat.person_id)


def holders_in(
    body: Body, *, on: date, known_at: datetime | None = None
) -> set[tuple[object, ...]]:
    """Who sits in a body on a day; one query."""
    rows = Seat.objects.on(on, known_at=known_at).filter(body=body)
    return {holder_of(seat) for seat in rows}
