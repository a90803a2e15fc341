"""What an import of delegates and of persons in office writes, and how it is taken back.

Runs inside the transaction of the import engine, which keeps every state.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tavolo.imports.plugs import Context, Planned
from tavolo.journal.actions import record_all
from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import Fact, announce_all
from tavolo.kernel.models import Network
from tavolo.people.actions import (
    Entering,
    enter_persons,
    take_back_accounts,
    take_back_persons,
)
from tavolo.people.models import Person
from tavolo.registry import rules
from tavolo.registry.facts import AffiliationEnded, OrganisationEdited, PersonAffiliated
from tavolo.registry.models import Affiliation, OfficeHolding, Organisation
from tavolo.registry.queries.imported import State, among
from tavolo.registry.queries.imported_persons import (
    FACTS,
    PERSON,
    REACH,
    VALUES,
    Bearer,
    bearer_of,
    delegate_states,
    office_states,
    persons_of,
)
from tavolo.search.actions import note_changes

CHUNK = 500
TABLES_OF_DELEGATES = ("representations", "affiliations")
TABLES_OF_OFFICES = ("offices", "delegations")


def write_delegates(changes: Sequence[Planned], context: Context) -> None:
    """Make the persons, with accounts where an address is told, and let them speak and act.

    Journal, facts and a note for the index as for one by one; no letter. Refuses with NotAllowed.
    """
    _write(changes, context, TABLES_OF_DELEGATES)


def restore_delegates(before: Mapping[str, State | None], context: Context) -> None:
    """Take back what was entered, then addresses and persons; who was invited since is protected."""
    _restore(before, context, delegate_states(before, context.network))


def write_offices(changes: Sequence[Planned], context: Context) -> None:
    """Make the persons, their offices, and what is delegated to them: a delegation rests on the office.

    Journal, facts and a note for the index as for one by one. Refuses with NotAllowed.
    """
    _write(changes, context, TABLES_OF_OFFICES)


def restore_offices(before: Mapping[str, State | None], context: Context) -> None:
    """Take back what was entered, then the persons."""
    _restore(before, context, office_states(before))


def _write(changes: Sequence[Planned], context: Context, tables: Sequence[str]) -> None:
    """Enter who is new, then the facts of these tables that are not there yet."""
    network = _require(context)
    facts = [change for change in changes if not change.subject.startswith((PERSON, REACH))]
    codes = {bearer_of(change.subject)[0] for change in facts}
    organisations = {row.code: row for row in among(_organisations(), "code", codes)}
    persons = _entered(changes, facts, network, context)
    written: list[Any] = []
    offices: dict[Bearer, OfficeHolding] = {}
    for table in tables:
        rows = []
        for bearer, said in _new(facts, table):
            row = _row(table, said, network)
            row.organisation = organisations[bearer[0]]
            row.person = persons[said["person"] or bearer]
            if table == "delegations" and row.holding is None and bearer in offices:
                row.holding = offices[bearer].uid
            if table == "offices":
                offices[bearer] = row
            rows.append(row)
        FACTS[table]._base_manager.bulk_create(rows, batch_size=CHUNK)
        written += rows
    _tell("registry.fact_imported", written, context, network)
    announce_all(_affiliated(written, PersonAffiliated), network=network)


def _new(facts: Sequence[Planned], table: str) -> Iterator[tuple[Bearer, Mapping[str, Any]]]:
    for change in facts:
        for said in change.after.get(table, ()):
            if "recorded_at" not in said:
                yield bearer_of(change.subject), said


def _restore(
    before: Mapping[str, State | None], context: Context, now: Mapping[str, State]
) -> None:
    """Take away the facts that were entered, then the addresses, then the persons."""
    network = _require(context)
    people = {bearer_of(s): s for s in before if s.startswith(PERSON)}
    known = persons_of({code for code, _digest in people})
    gone = [p for bearer in people for p in known.get(bearer, {}).values()]
    taken = list(_taken_back(before, now))
    _tell("registry.fact_taken_back", taken, context, network)
    announce_all(_affiliated(taken, AffiliationEnded), network=network)
    emails = [s.removeprefix(REACH) for s in before if s.startswith(REACH)]
    take_back_accounts(network=network, emails=emails, by=context.actor)
    take_back_persons(network=network, persons=gone, by=context.actor)


def _require(context: Context) -> Network:
    network = context.network
    if network is None or not rules.may_affiliate(context.actor, network.uid):
        raise NotAllowed
    return network


def _organisations() -> Any:
    return Organisation.objects.select_related("steward")


def _entered(
    changes: Sequence[Planned], facts: Sequence[Planned], network: Network, context: Context
) -> dict[str | Bearer, Person]:
    """Every person of the changes: by uid who was there, by organisation and name who is new."""
    uids = {
        said["person"]
        for change in facts
        for rows in change.after.values()
        for said in rows
        if said["person"]
    }
    known: dict[str | Bearer, Person] = {
        str(person.uid): person for person in among(Person.objects.all(), "uid", uids)
    }
    whose = {change.number: _known_in(change, known) for change in facts}
    emails = {
        change.number: change.after["email"]
        for change in changes
        if change.subject.startswith(REACH)
    }
    new = {change.number: change for change in changes if change.subject.startswith(PERSON)}
    told = []
    for number, change in new.items():
        name = change.after["persons"][0]
        told.append(Entering(name["given_name"], name["family_name"], emails.pop(number, "")))
    reached = [
        Entering(person.given_name, person.family_name, email, person)
        for number, email in emails.items()
        if (person := whose[number]) is not None
    ]
    persons = enter_persons(network=network, told=[*told, *reached], by=context.actor)
    made: dict[str | Bearer, Person] = {
        bearer_of(change.subject): person
        for change, person in zip(new.values(), persons, strict=False)
    }
    return {**known, **made}


def _known_in(change: Planned, known: Mapping[str | Bearer, Person]) -> Person | None:
    told = (said["person"] for rows in change.after.values() for said in rows)
    return next((known[uid] for uid in told if uid), None)


def _row(table: str, said: Mapping[str, Any], network: Network) -> Any:
    row: Any = FACTS[table](recorded_at=clock.now(), valid_from=_day(said["valid_from"]))
    for name, column in VALUES[table].items():
        if "__" not in column:
            setattr(row, name, said[name])
    if table == "representations":
        row.network = network
    if table != "affiliations":
        row.began = PartialDate.parse(said["began"]) if said["began"] else None
        row.act, row.source = said["act"], said["source"]
        row.ended = PartialDate.parse(said["ended"]) if said.get("ended") else None
        row.valid_until = _day(said.get("valid_until"))
    return row


def _taken_back(before: Mapping[str, State | None], now: Mapping[str, State]) -> Iterator[Any]:
    """Delete what is there under the subjects and was not before; gives what was deleted."""
    gone: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for subject, state in now.items():
        was = before[subject]
        for table, rows in state.items():
            kept = {_key(row) for row in was[table]} if was else set()
            gone[table] |= {_key(row) for row in rows} - kept
    for table, keys in gone.items():
        rows = among(FACTS[table]._base_manager.all(), "uid", {uid for uid, _at in keys})
        found = [
            row
            for row in rows.select_related("organisation", "person")
            if (str(row.uid), row.recorded_at.isoformat()) in keys
        ]
        for start in range(0, len(found), CHUNK):
            some = [row.pk for row in found[start : start + CHUNK]]
            FACTS[table]._base_manager.filter(pk__in=some).delete()
        yield from found


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["uid"], row["recorded_at"]


def _tell(action: str, rows: Iterable[Any], context: Context, network: Network) -> None:
    rows = list(rows)
    told = (
        (
            row,
            {
                "person": str(row.person.uid),
                "organisation": str(row.organisation.uid),
                "since": str(row.valid_from or ""),
            },
        )
        for row in rows
    )
    record_all(action=action, actor=context.actor, network=network, told=told)
    touched = list({row.organisation_id: row.organisation for row in rows}.values())
    announce_all((OrganisationEdited(row.uid) for row in touched), network=network)
    note_changes(touched)


def _affiliated(rows: Iterable[Any], fact: Callable[..., Fact]) -> Iterable[Fact]:
    return (
        fact(row.person.uid, row.organisation.uid, row.uid)
        for row in rows
        if isinstance(row, Affiliation)
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
