"""Whom the holders of seats send, and by which names they go, for any number of seats at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tavolo.kernel.actor import Actor
from tavolo.kernel.text import sort_key
from tavolo.people.models import Person
from tavolo.registry import rules as registry
from tavolo.registry.models import (
    Delegation,
    OfficeHolding,
    Organisation,
    OrganisationName,
    Standing,
)
from tavolo.registry.models import Seat as OrganisationSeat
from tavolo.registry.queries.holding import the_one
from tavolo.registry.queries.in_office import words_of
from tavolo.registry.queries.merged import known_as
from tavolo.registry.queries.today import Today
from tavolo.registry.queries.together import Asked, together
from tavolo.registry.titles import matter_words, open_office_words
from tavolo.tables import rules
from tavolo.tables.choices import DelegateKind, HolderKind
from tavolo.tables.models import Delegate, Seat
from tavolo.territory.models import Municipality

PERSON = ("id", "uid", "name", "given_name", "family_name", "erased_at", "sort_key")
TOWN = {"municipality": ("id", "uid", "istat_code", "name", "sort_key", "province_id")}


@dataclass(frozen=True)
class Sent:
    """Somebody who sits on a seat on the day: `kind` is "" for who holds the office, or the seat itself.

    `person` None: there is one, whom the reader may not see. `words` is her office, where it is one.
    """

    person: Person | None
    kind: str = ""
    words: str = ""
    delegate: Delegate | None = None

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""


@dataclass(frozen=True)
class Senders:
    """What was read of the holders, by primary key of organisation and by uid of seat."""

    today: Mapping[int, Today]
    in_office: Mapping[int, Sequence[OfficeHolding | Delegation]]
    delegates: Mapping[object, Sequence[Delegate]]
    actor: Actor

    def holder(self, seat: Seat) -> str:
        """The name of the day: of the organisation, its unit, the office there, or the person."""
        if seat.person is not None:
            return seat.person.name
        name = self._name(seat)
        if seat.unit is not None:
            name = f"{seat.unit.name}, {name}"
        return f"{name}, {office_of(seat)}" if office_of(seat) else name

    def order(self, seat: Seat) -> tuple[str, int]:
        return sort_key(self.holder(seat)), seat.pk

    def municipality(self, seat: Seat) -> Municipality | None:
        """That of the registered seat on the day; else of what the register has today."""
        if seat.organisation is None:
            return None
        main = self.today[seat.organisation.pk].main_seat()
        return main.municipality if main else seat.organisation.municipality

    def sent(self, seat: Seat) -> tuple[Sent, ...]:
        return tuple(self._sent(seat))

    def _sent(self, seat: Seat) -> Iterator[Sent]:
        if seat.holder_kind is HolderKind.PERSON:
            yield Sent(seat.person)
        if seat.holder_kind is HolderKind.OFFICE:
            yield from self._holding(seat)
        delegates = self.delegates.get(seat.uid, ())
        for row in sorted(delegates, key=lambda row: (row.kind, row.person.sort_key, row.pk)):
            person = row.person if self._may_see(seat, row) else None
            yield Sent(person, str(row.kind), delegate=row)

    def _holding(self, seat: Seat) -> Iterator[Sent]:
        """Who holds the office, or the delegation, on the day; of several the last to take it up."""
        rows = self.in_office.get(seat.organisation_id or 0, ())
        offices = [row for row in rows if isinstance(row, OfficeHolding) and _same_unit(row, seat)]
        matters = [row for row in rows if isinstance(row, Delegation) and _same_unit(row, seat)]
        if seat.theme:
            matters = [row for row in matters if row.theme == seat.theme]
        if seat.title:
            offices = [row for row in offices if row.title == seat.title]
        if seat.title and seat.theme:
            resting = {row.holding for row in matters}
            found: Any = the_one(row for row in offices if row.uid in resting)
        else:
            found = the_one(offices) if seat.title else the_one(matters)
        if found is None:
            return
        office = _office_under(found, offices)
        public = office.public if office else False
        yield Sent(self._seen_in_office(seat, found.person, public), words=_words(found, office))

    def _seen_in_office(self, seat: Seat, person: Person, public: bool) -> Person | None:  # noqa: FBT001  # what the row says
        organisation = seat.organisation
        assert organisation is not None  # noqa: S101  # the seat is of an office of it
        seen = registry.may_see_office(
            self.actor,
            public=public,
            administration=self._is_administration(organisation),
            person=person.uid,
            organisation=organisation.uid,
            steward=organisation.steward.uid,
        )
        return person if seen else None

    def _may_see(self, seat: Seat, row: Delegate) -> bool:
        organisation = seat.organisation
        public = (
            row.kind == DelegateKind.EFFECTIVE
            and organisation is not None
            and self._is_administration(organisation)
        )
        return rules.may_see_delegate(
            self.actor,
            network=seat.network.uid,
            person=row.person.uid,
            organisation=organisation.uid if organisation else None,
            public=public,
        )

    def _is_administration(self, organisation: Organisation) -> bool:
        standing = self.today[organisation.pk].standing()
        told = standing or organisation
        return registry.is_administration(told.is_administration, told.kind)

    def _name(self, seat: Seat) -> str:
        assert seat.organisation is not None  # noqa: S101  # persons were answered before
        main = self.today[seat.organisation.pk].main_name()
        return main.name if main else seat.organisation.name


def office_of(seat: Seat) -> str:
    """The office to which a seat belongs, in words that leave open who holds it; "" of other seats."""
    if seat.title:
        return open_office_words(seat.title, "", "")
    return matter_words(seat.theme, "") if seat.theme else ""


def sent_to(
    seats: Sequence[Seat], *, on: date, known_at: datetime | None = None, actor: Actor
) -> Senders:
    """Whom these seats' holders send on a day; two queries, however many they are."""
    organisations = {seat.organisation.pk: seat.organisation for seat in seats if seat.organisation}
    known = known_as(organisations.values(), known_at=known_at)
    here = {row for rows in known.values() for row in rows}
    bodies = {seat.body_id for seat in seats}

    def held(model: Any) -> Any:
        return model.objects.on(on, known_at=known_at)

    delegates, names, standings, places, offices, delegations = together(
        Asked(held(Delegate).filter(body__in=bodies), {"person": PERSON}),
        Asked(held(OrganisationName).filter(organisation__in=organisations)),
        Asked(held(Standing).filter(organisation__in=organisations)),
        Asked(held(OrganisationSeat).filter(organisation__in=organisations), TOWN),
        Asked(held(OfficeHolding).filter(organisation__in=here), {"person": PERSON}),
        Asked(held(Delegation).filter(organisation__in=here), {"person": PERSON}),
    )
    named, stood, placed = (_by(rows, "organisation_id") for rows in (names, standings, places))
    in_office = _by([*offices, *delegations], "organisation_id")
    return Senders(
        today={
            pk: Today(named.get(pk, ()), stood.get(pk, ()), placed.get(pk, ()))
            for pk in organisations
        },
        in_office={
            asked: [row for pk in rows for row in in_office.get(pk, ())]
            for asked, rows in known.items()
        },
        delegates=_by(delegates, "seat"),
        actor=actor,
    )


def _by(rows: Iterable[Any], field: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return found


def _same_unit(row: OfficeHolding | Delegation, seat: Seat) -> bool:
    return seat.unit_id is None or row.unit_id == seat.unit_id


def _office_under(
    row: OfficeHolding | Delegation, offices: Iterable[OfficeHolding]
) -> OfficeHolding | None:
    if isinstance(row, OfficeHolding):
        return row
    return next((office for office in offices if office.uid == row.holding), None)


def _words(row: OfficeHolding | Delegation, office: OfficeHolding | None) -> str:
    if office is not None:
        return words_of(office)
    assert isinstance(row, Delegation)  # noqa: S101  # an office is under itself
    return matter_words(row.theme, row.words)
