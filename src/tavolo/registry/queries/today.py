"""What the facts of organisations say on a day, as their columns have it of today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from tavolo.registry.choices import Channel, IdentifierScheme, NameKind, SeatKind
from tavolo.registry.models import (
    Contact,
    Identifier,
    Organisation,
    OrganisationFact,
    OrganisationName,
    Seat,
    Standing,
)
from tavolo.registry.queries.holding import the_one

F = TypeVar("F", bound=OrganisationFact)

COLUMNS = (
    "name",
    "kind",
    "legal_form",
    "is_administration",
    "municipality",
    "website",
    "public_email",
    "phone",
    "tax_code",
)
# By which name an organisation is called, and where it is said to be: the first that there is.
NAMES_IN_ORDER = (NameKind.PUBLIC, NameKind.OFFICIAL, NameKind.SHORT)
SEATS_IN_ORDER = (SeatKind.REGISTERED, SeatKind.OPERATING, SeatKind.POSTAL)
CONTACT_COLUMNS = (
    ("website", Channel.WEBSITE),
    ("public_email", Channel.EMAIL),
    ("phone", Channel.PHONE),
)


@dataclass(frozen=True)
class Today:
    """The facts of one organisation that hold on the day; `bare`: it has no name of any day."""

    names: Sequence[OrganisationName] = ()
    standings: Sequence[Standing] = ()
    seats: Sequence[Seat] = ()
    identifiers: Sequence[Identifier] = ()
    contacts: Sequence[Contact] = ()
    bare: bool = False

    def name(self, kind: str) -> OrganisationName | None:
        return the_one(name for name in self.names if name.kind == kind)

    def main_name(self) -> OrganisationName | None:
        """The name in use, else the official one, else a short one."""
        found = (self.name(kind) for kind in NAMES_IN_ORDER)
        return next((name for name in found if name), None)

    def standing(self) -> Standing | None:
        return the_one(self.standings)

    def main_seat(self) -> Seat | None:
        """The registered seat, else an operating one, else where it has its post.

        Of the public ones those alone whose municipality is said.
        """
        public = [seat for seat in self.seats if seat.public and seat.municipality_id]
        found = (the_one(s for s in public if s.kind == kind) for kind in SEATS_IN_ORDER)
        return next((seat for seat in found if seat), None)

    def contact(self, channel: str) -> Contact | None:
        """The public contact of the whole organisation: without a label first, then the oldest."""
        rows = [row for row in self.contacts if row.channel == channel]
        rows = [row for row in rows if row.public and row.unit_id is None]
        return min(rows, key=_contact_place, default=None)

    def number(self, scheme: str) -> Identifier | None:
        return the_one(row for row in self.identifiers if row.scheme == scheme)

    def columns(self, row: Organisation) -> dict[str, Any]:
        """What the columns of that organisation should say; its name and kind stay where no fact has them."""
        if self.bare:
            return {name: getattr(row, name) for name in COLUMNS}
        name, standing, seat = self.main_name(), self.standing(), self.main_seat()
        tax = self.number(IdentifierScheme.TAX_CODE)
        contacts = {column: self.contact(channel) for column, channel in CONTACT_COLUMNS}
        return {
            "name": name.name if name else row.name,
            "kind": standing.kind if standing else row.kind,
            "legal_form": standing.legal_form if standing else row.legal_form,
            "is_administration": standing.is_administration if standing else row.is_administration,
            "municipality": seat.municipality if seat else None,
            **{column: found.value if found else "" for column, found in contacts.items()},
            "tax_code": tax.value if tax else "",
        }


def todays(
    organisations: Iterable[Organisation], *, on: date, known_at: datetime | None = None
) -> dict[int, Today]:
    """What holds of each of them on the day, by primary key; five queries however many they are."""
    pks = [organisation.pk for organisation in organisations]
    found: dict[int, dict[str, Any]] = {pk: {"bare": True} for pk in pks}
    names = OrganisationName.objects.known(known_at).filter(organisation__in=pks)
    for name in names.order_by("pk"):
        said = found[name.organisation_id]
        said["bare"] = False
        if on in name.period:
            said.setdefault("names", []).append(name)
    for part, model in _PARTS.items():
        rows = model.objects.on(on, known_at=known_at)  # type: ignore[attr-defined]  # each has it
        rows = rows.filter(organisation__in=pks).order_by("pk")
        if part in _RELATED:
            rows = rows.select_related(_RELATED[part])
        for row in rows:
            found[row.organisation_id].setdefault(part, []).append(row)
    return {pk: Today(**parts) for pk, parts in found.items()}


_PARTS: dict[str, type[OrganisationFact]] = {
    "standings": Standing,
    "seats": Seat,
    "identifiers": Identifier,
    "contacts": Contact,
}
_RELATED: Mapping[str, str] = {"seats": "municipality__province", "contacts": "unit"}


def _contact_place(row: Contact) -> tuple[bool, date, datetime, int]:
    return bool(row.label), row.valid_from or date.min, row.recorded_at, row.pk
