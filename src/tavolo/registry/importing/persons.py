"""Whom a row of persons means, in which organisation; who is not known yet is made."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tavolo.imports import values
from tavolo.imports.plugs import Context, Field, Given
from tavolo.kernel.text import search_key
from tavolo.people.models import Account, Person
from tavolo.registry.choices import IdentifierScheme
from tavolo.registry.importing.columns import TAX_CODE
from tavolo.registry.importing.words import Wrong
from tavolo.registry.queries.imported import among
from tavolo.registry.queries.imported_persons import Bearer, digest_of, persons_of
from tavolo.registry.queries.traits import Entry, Register

UNKNOWN_ORGANISATION = gettext_noop("No organisation is called %(name)s.")
PERHAPS = gettext_noop("No organisation is called %(name)s. Is %(other)s meant?")
SEVERAL_ORGANISATIONS = gettext_noop(
    "Several organisations are called %(name)s: write the tax code, or the code in the register."
)
UNKNOWN_NUMBER = gettext_noop("No organisation of the register has this tax code.")
NOT_OURS = gettext_noop("%(name)s is kept by another network, which says who acts for it.")
NO_NAME = gettext_noop("A name is needed.")
SEVERAL_PERSONS = gettext_noop("Several persons of %(organisation)s have this name.")
OTHER_PERSON = gettext_noop("This e-mail address is that of somebody else.")
OTHER_ADDRESS = gettext_noop("This person has another e-mail address.")
SAME_ADDRESS = gettext_noop("Row %(row)s has the same e-mail address for somebody else.")
ENTER_FIRST = gettext_noop(
    "Row %(row)s enters this person for another organisation. Import that row, then bring this one."
)
NEAR = 0.8

ORGANISATION = Field(
    "organisation",
    _("Organisation"),
    values.text(),
    required=True,
    aliases=("ente", "denominazione", "nome organizzazione", "codice registro", "associazione"),
    example="Casa delle donne",
    help=_("Its name, or its code in the register."),
)
ORGANISATION_TAX_CODE = Field(
    "tax_code",
    _("Tax code of the organisation"),
    TAX_CODE.read,
    aliases=("codice fiscale", "codice fiscale ente", "cf", "cf ente"),
    help=_("Where several have the same name."),
)
GIVEN_NAME = Field(
    "given_name", _("Given name"), values.text(150), required=True, aliases=("nome",), example="Ada"
)
FAMILY_NAME = Field(
    "family_name",
    _("Family name"),
    values.text(140),
    required=True,
    aliases=("cognome",),
    example="Rossi",
)
WHO = (ORGANISATION, ORGANISATION_TAX_CODE, GIVEN_NAME, FAMILY_NAME)


@dataclass(frozen=True)
class Whom:
    """The person of a row in an organisation. `person` None: she is made, by the row `first`."""

    row: Given
    organisation: Entry
    person: Person | None
    email: str
    account: Account | None
    first: int

    @property
    def bearer(self) -> Bearer:
        return self.organisation.code, digest_of(self.given_name, self.family_name)

    @property
    def given_name(self) -> str:
        return " ".join(self.row.values["given_name"].split())

    @property
    def family_name(self) -> str:
        return " ".join(self.row.values["family_name"].split())

    @property
    def label(self) -> str:
        return f"{self.given_name} {self.family_name}, {self.organisation.name}"


class Organisations:
    """Which organisation a row names: by tax code, by code, by its whole name; four queries."""

    def __init__(self, context: Context) -> None:
        self.network = context.network
        self.register = Register([context.network.pk] if context.network else [])
        self.by_name: dict[str, dict[str, Entry]] = defaultdict(dict)
        for (key, _place), entries in self.register.by_name.items():
            for entry in entries:
                self.by_name[key][entry.code] = entry

    def find(self, row: Given) -> Entry:
        """One that the network keeps. Refuses with Wrong."""
        entry = self._named(row)
        if self.network is None or entry.steward != self.network.pk:
            raise Wrong(NOT_OURS, "organisation", name=entry.name)
        return entry

    def _named(self, row: Given) -> Entry:
        said, number = row.values["organisation"], row.values.get("tax_code")
        if number:
            found = self.register.by_number[IdentifierScheme.TAX_CODE.value, number]
            if not found:
                raise Wrong(UNKNOWN_NUMBER, "tax_code")
            return found[0]
        if said in self.register.by_code:
            return self.register.by_code[said]
        called = self.by_name.get(search_key(said), {})
        ours = [e for e in called.values() if self.network and e.steward == self.network.pk]
        some = ours or list(called.values())
        if len(some) > 1:
            raise Wrong(SEVERAL_ORGANISATIONS, "organisation", name=said)
        if some:
            return some[0]
        near = get_close_matches(search_key(said), self.by_name, n=1, cutoff=NEAR)
        if near:
            other = next(iter(self.by_name[near[0]].values())).name
            raise Wrong(PERHAPS, "organisation", name=said, other=other)
        raise Wrong(UNKNOWN_ORGANISATION, "organisation", name=said)


class Persons:
    """Who is meant: by e-mail, by name in the organisation, by a row before; ten queries."""

    def __init__(self, rows: Sequence[Given], context: Context) -> None:
        self.organisations = Organisations(context)
        self.entries: dict[int, Entry] = {}
        self.wrong: dict[int, Wrong] = {}
        for row in rows:
            try:
                self.entries[row.number] = self.organisations.find(row)
            except Wrong as wrong:
                self.wrong[row.number] = wrong
        self.there = persons_of({entry.code for entry in self.entries.values()})
        emails = {row.values.get("email") for row in rows} - {None}
        accounts = among(Account.objects.select_related("person"), "email", emails)
        self.by_email = {row.email: row for row in accounts} if emails else {}
        known = {pk for persons in self.there.values() for pk in persons}
        owned = among(Account.objects.all(), "person", known) if known else ()
        self.accounts = {row.person_id: row for row in owned}
        self.made: dict[Bearer, int] = {}
        self.used: dict[str, tuple[int, Bearer]] = {}

    def find(self, row: Given) -> Whom:
        """Asked row by row, in their order. Refuses with Wrong."""
        if row.number in self.wrong:
            raise self.wrong[row.number]
        for key in ("given_name", "family_name"):
            if not search_key(row.values[key]):
                raise Wrong(NO_NAME, key)
        entry, email = self.entries[row.number], row.values.get("email") or ""
        digest = digest_of(row.values["given_name"], row.values["family_name"])
        account = self.by_email.get(email)
        if account is not None:
            self._refuse_other(account, row)
        person = account.person if account else self._known(entry, digest)
        if person and email and account is None and person.pk in self.accounts:
            raise Wrong(OTHER_ADDRESS, "email")
        self._refuse_shared(email, row.number, (entry.code, digest), account)
        first = self.made.setdefault((entry.code, digest), row.number)
        return Whom(row, entry, person, email, account, first)

    def _known(self, entry: Entry, digest: str) -> Person | None:
        found = list(self.there.get((entry.code, digest), {}).values())
        if len(found) > 1:
            raise Wrong(SEVERAL_PERSONS, "family_name", organisation=entry.name)
        return found[0] if found else None

    @staticmethod
    def _refuse_other(account: Account, row: Given) -> None:
        """Whoever has no name yet may be anybody."""
        person, told = account.person, row.values
        mine = digest_of(person.given_name, person.family_name)
        if person.name and mine != digest_of(told["given_name"], told["family_name"]):
            raise Wrong(OTHER_PERSON, "email")

    def _refuse_shared(
        self, email: str, number: int, bearer: Bearer, account: Account | None
    ) -> None:
        if not email:
            return
        other, whose = self.used.setdefault(email, (number, bearer))
        if whose[1] != bearer[1]:
            raise Wrong(SAME_ADDRESS, "email", row=other)
        if whose != bearer and account is None:
            raise Wrong(ENTER_FIRST, "email", row=other)


def planned_person(whom: Whom) -> dict[str, Any]:
    """Somebody who is not there yet, as she will be but for her uid."""
    return {
        "persons": [
            {
                "given_name": whom.given_name,
                "family_name": whom.family_name,
                "version": 1,
                "invited": 0,
            }
        ]
    }
