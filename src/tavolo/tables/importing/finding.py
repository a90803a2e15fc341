"""What lists of seats and of delegates look up: bodies, organisations, and who sits or is sent there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Given, Planned
from tavolo.kernel.dated import Period
from tavolo.kernel.text import search_key
from tavolo.people.models import Person
from tavolo.registry.importing.persons import Organisations
from tavolo.registry.importing.words import Wrong
from tavolo.registry.queries.imported_persons import digest_of
from tavolo.registry.queries.traits import Entry
from tavolo.tables.importing.words import Bodies
from tavolo.tables.queries.imported import Bearer, State, person_subject, seated_persons

NO_HOLDER = gettext_noop("It is not said who holds the seat.")
NO_NAME = gettext_noop("A name is needed.")
SEVERAL_PERSONS = gettext_noop("Several persons with this name sit there: enter her on its page.")


@dataclass(frozen=True)
class Who:
    """The person of a row; None where she is made, by the row that says so first."""

    given_name: str
    family_name: str
    bearer: Bearer
    person: Person | None

    @property
    def uid(self) -> str | None:
        return str(self.person.uid) if self.person else None

    def planned(self, number: int) -> Planned:
        said = {"given_name": self.given_name, "family_name": self.family_name, "version": 1}
        label = f"{self.given_name} {self.family_name}"
        return Planned(number, person_subject(self.bearer), label, None, {"persons": [said]})


class Rows:
    """One look at all of it; the number of queries does not depend on that of the rows."""

    def __init__(self, rows: Sequence[Given], context: Context) -> None:
        self.rows, self.context = rows, context
        self.bodies = Bodies(context)
        self.organisations = Organisations(context)
        self.known = seated_persons(context.network)
        self.first: dict[Bearer, int] = {}

    def holder(self, row: Given) -> Entry | None:
        told = row.values
        if not (told.get("organisation") or told.get("tax_code")):
            return None
        return self.organisations.named(Given(row.number, {"organisation": "", **_filled(told)}))

    def who(self, row: Given, code: str) -> Who:
        """Refuses with Wrong."""
        names = [
            " ".join((row.values.get(key) or "").split()) for key in ("given_name", "family_name")
        ]
        for key, name in zip(("given_name", "family_name"), names, strict=True):
            if not search_key(name):
                raise Wrong(NO_NAME, key)
        bearer = (code, digest_of(*names))
        found = list(self.known.get(bearer, {}).values())
        if len(found) > 1:
            raise Wrong(SEVERAL_PERSONS, "family_name")
        return Who(names[0], names[1], bearer, found[0] if found else None)

    def made_by(self, who: Who, number: int) -> Iterator[Planned]:
        """The person herself, once in the list."""
        if who.person is None and self.first.setdefault(who.bearer, number) == number:
            yield who.planned(number)


def named(told: Mapping[str, Any]) -> str:
    names = (told.get("given_name"), told.get("family_name"))
    return " ".join(name for name in names if name)


def _filled(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value is not None}


def open_row(state: State | None) -> Mapping[str, Any] | None:
    rows = state["rows"] if state else ()
    return next((row for row in rows if row["superseded_at"] is None), None)


def period_of_row(row: Mapping[str, Any]) -> Period:
    ends = (row["valid_from"], row["valid_until"])
    first, last = (date.fromisoformat(day) if day else None for day in ends)
    return Period(first, last)
