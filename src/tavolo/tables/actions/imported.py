"""What imports of bodies, seats and delegates write, and how it is taken back.

Runs inside the transaction of the import engine, which keeps every state.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tavolo.imports.plugs import Context, Planned
from tavolo.journal.actions import record_all
from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import Fact, announce_all
from tavolo.kernel.models import Network
from tavolo.people.actions import Entering, enter_persons, take_back_persons
from tavolo.people.models import Person
from tavolo.registry.models import Organisation
from tavolo.registry.queries.imported import among
from tavolo.search.actions import note_changes
from tavolo.tables import rules
from tavolo.tables.facts import BodyChanged, DelegateNamed, SeatAdded, SeatEnded
from tavolo.tables.models import Body, Delegate, Seat
from tavolo.tables.queries.imported import (
    PERSON,
    Bearer,
    State,
    person_subject,
    seated_persons,
)

CHUNK = 500
OF_SEATS = (
    *("title", "theme", "role", "category", "basis", "act"),
    *("end_reason", "end_act", "source"),
)
Told = Mapping[str, Any]


def write_seats(changes: Sequence[Planned], context: Context) -> None:
    """Enter the persons who are new and the seats, each by its act; journal, facts and a note for the index.

    One at a time in these bodies. Refuses with NotAllowed.
    """
    network = network_of(context)
    persons = _entered(changes, network, context)
    told = [change.after["told"] for change in changes if "told" in change.after]
    bodies = _held(network, {one["body"] for one in told})
    codes = {one["organisation"] for one in told} - {""}
    organisations = {row.code: row for row in among(Organisation.objects.all(), "code", codes)}
    rows = []
    for one in told:
        row = Seat(network=network, body=bodies[one["body"]], recorded_at=clock.now())
        row.organisation = organisations.get(one["organisation"])
        row.person = _person(one, persons)
        rows.append(filled(row, one, OF_SEATS))
    Seat.objects.bulk_create(rows, batch_size=CHUNK)
    facts = (SeatAdded(row.uid, row.body.uid) for row in rows)
    tell("tables.seat_imported", rows, facts, context)


def write_delegates(changes: Sequence[Planned], context: Context) -> None:
    """Enter the persons who are new, and whom each seat sends. Refuses with NotAllowed."""
    network = network_of(context)
    persons = _entered(changes, network, context)
    told = [change.after["told"] for change in changes if "told" in change.after]
    bodies = _held(network, {one["body"] for one in told})
    rows = []
    for one in told:
        person = _person(one, persons)
        assert person is not None  # noqa: S101  # every row of this list names one
        row = Delegate(
            body=bodies[one["body"]], seat=one["seat"], person=person, recorded_at=clock.now()
        )
        rows.append(filled(row, one, ("kind", "act", "source")))
    Delegate.objects.bulk_create(rows, batch_size=CHUNK)
    facts = (DelegateNamed(row.seat, row.person.uid) for row in rows)
    tell("tables.delegate_imported", rows, facts, context)


def take_back(
    before: Mapping[str, State | None], now: Mapping[str, State], model: Any, context: Context
) -> None:
    """Take away the seats or delegates that are there now and were not before, then the persons.

    Whoever does something else by now protects herself. Refuses with NotAllowed.
    """
    network = network_of(context)
    new = {
        row["id"]
        for subject, state in now.items()
        for row in state.get("rows", ())
        if row["id"] not in _ids(before[subject])
    }
    gone = list(among(model._base_manager.select_related("body", "person"), "pk", new))
    gone = [row for row in gone if row.pk in new]
    known = seated_persons(network) if any(s.startswith(PERSON) for s in before) else {}
    entered = [
        person
        for bearer, persons in known.items()
        if person_subject(bearer) in before
        for person in persons.values()
    ]
    facts = (SeatEnded(row.uid, row.body.uid) for row in gone) if model is Seat else ()
    tell(f"tables.{model.__name__.lower()}_taken_back", gone, facts, context)
    for start in range(0, len(gone), CHUNK):
        some = [row.pk for row in gone[start : start + CHUNK]]
        model._base_manager.filter(pk__in=some).delete()
    if entered:
        take_back_persons(network=network, persons=entered, by=context.actor)


def network_of(context: Context) -> Network:
    """Refuses with NotAllowed."""
    network = context.network
    if network is None or not rules.may_run_bodies(context.actor, network.uid):
        raise NotAllowed
    return network


def filled(row: Any, told: Told, names: Iterable[str]) -> Any:
    """With its days, and what the list says under these names."""
    for name in names:
        setattr(row, name, told[name])
    row.began, row.ended = partly(told["began"]), partly(told["ended"])
    row.valid_from, row.valid_until = day(told["valid_from"]), day(told["valid_until"])
    return row


def tell(
    action: str,
    rows: Sequence[Any],
    facts: Iterable[Fact],
    context: Context,
    *,
    subject: Callable[[Any], Any] = lambda row: row,
) -> None:
    """Journal, facts and notes for the index: what each act of this room ends with."""
    told = [
        (subject(row), {"body": str(row.body.uid), "act": row.act, "began": str(row.began or "")})
        for row in rows
    ]
    record_all(action=action, actor=context.actor, network=context.network, told=told)
    announce_all(facts, network=context.network)
    touched = {row.body.pk: row.body for row in rows}
    announce_all((BodyChanged(body.uid) for body in touched.values()), network=context.network)
    note_changes(list(touched.values()))


def partly(said: str | None) -> PartialDate | None:
    return PartialDate.parse(said) if said else None


def day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _held(network: Network, codes: Collection[str]) -> dict[str, Body]:
    rows = Body.objects.select_for_update().filter(network=network).order_by("pk")
    return {row.code: row for row in among(rows, "code", codes)}


def _entered(
    changes: Sequence[Planned], network: Network, context: Context
) -> dict[str | Bearer, Person]:
    """Every person of the changes: by uid who was there, by organisation and name who is new."""
    new = [change for change in changes if change.subject.startswith(PERSON)]
    names = [change.after["persons"][0] for change in new]
    entering = [Entering(name["given_name"], name["family_name"]) for name in names]
    made = enter_persons(network=network, told=entering, by=context.actor) if new else []
    told = (change.after["told"] for change in changes if "told" in change.after)
    uids = {one["person"] for one in told} - {None}
    found: dict[str | Bearer, Person] = {}
    for person in among(Person.objects.all(), "uid", uids):
        found[str(person.uid)] = person
    for change, person in zip(new, made, strict=True):
        code, digest = change.subject.removeprefix(PERSON).split(":")
        found[code, digest] = person
    return found


def _person(told: Told, persons: Mapping[str | Bearer, Person]) -> Person | None:
    if told["bearer"] is None:
        return None
    code, digest = told["bearer"]
    return persons[told["person"] or (code, digest)]


def _ids(state: State | None) -> set[int]:
    return {row["id"] for row in state["rows"]} if state else set()
