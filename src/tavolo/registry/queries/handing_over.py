"""What a person holds, and what was handed over to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tavolo.journal.models import Entry
from tavolo.kernel.actor import Held, Holding, holdings
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.people.models import Person

# The action of the entry that `actions.hand_over` makes.
HANDED_OVER = "registry.desk_handed_over"


@dataclass(frozen=True)
class Handed:
    """A thing and who has it since; None: it was left."""

    holding: str
    label: str
    note: str
    to: Person | None


@dataclass(frozen=True)
class Closing:
    """What one person handed over on one occasion."""

    person: Person
    last_day: date
    act: str
    at: datetime
    things: tuple[Handed, ...]


def held_by(person: Person, network: Network, *, on: date) -> list[tuple[Holding, list[Held]]]:
    """All that a person holds in a network, by kind; kinds of which she holds nothing are left out."""
    told = [
        (holding, list(holding.held(person.uid, network.uid, on)))
        for holding in sorted(holdings, key=lambda holding: holding.order)
    ]
    return [(holding, held) for holding, held in told if held]


def closing_at(network: Network, uid: UUID) -> Closing:
    """What an entry of the journal says; three queries. Refuses with NotFound, also once it was erased."""
    entries = Entry.objects.filter(network=network, action=HANDED_OVER, uid=uid)
    entry = entries.select_related("kept").first()
    values = entry.values if entry else None
    subject = entry.subject_uid if entry else None
    person = Person.objects.filter(uid=subject).first() if subject else None
    if entry is None or person is None or not values:
        raise NotFound
    persons = _persons(values["things"])
    return Closing(
        person,
        date.fromisoformat(values["last_day"]),
        values["act"],
        entry.at,
        tuple(_handed(thing, persons) for thing in values["things"]),
    )


def _handed(thing: Mapping[str, str], persons: Mapping[str, Person]) -> Handed:
    return Handed(thing["holding"], thing["label"], thing["note"], persons.get(thing["to"]))


def _persons(things: list[dict[str, str]]) -> dict[str, Person]:
    uids = {thing["to"] for thing in things if thing["to"]}
    return {str(person.uid): person for person in Person.objects.filter(uid__in=uids)}
