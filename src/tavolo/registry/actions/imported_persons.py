"""What an import of delegates and of persons in office writes, and how it is taken back.

Runs inside the transaction of the import engine, which keeps every state.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from tavolo.registry.models import Affiliation, Organisation
from tavolo.registry.queries.imported import State, among
from tavolo.registry.queries.imported_persons import (
    DELEGATE,
    FACTS,
    PERSON,
    REACH,
    VALUES,
    Bearer,
    bearer_of,
    persons_of,
)
from tavolo.search.actions import note_changes

CHUNK = 500
TABLES_OF_DELEGATES = ("representations", "affiliations")


def write_delegates(changes: Sequence[Planned], context: Context) -> None:
    """Make the persons, with accounts where an address is told, and let them speak and act.

    Journal, facts and a note for the index as for one by one; no letter. Refuses with NotAllowed.
    """
    write_persons(changes, context, DELEGATE, TABLES_OF_DELEGATES)


def restore_delegates(before: Mapping[str, State | None], context: Context) -> None:
    """Take back what was entered, then addresses and persons; who was invited since is protected."""
    restore_persons(before, context, DELEGATE, TABLES_OF_DELEGATES)


def write_persons(
    changes: Sequence[Planned], context: Context, prefix: str, tables: Sequence[str]
) -> None:
    """Enter who is new, then the facts of these tables that are not there yet."""
    network = _require(context)
    facts = [change for change in changes if change.subject.startswith(prefix)]
    codes = {bearer_of(change.subject)[0] for change in facts}
    organisations = {row.code: row for row in among(_organisations(), "code", codes)}
    persons = _entered(changes, facts, network, context)
    written = []
    for table in tables:
        rows = []
        for change in facts:
            bearer = bearer_of(change.subject)
            for said in change.after[table]:
                if "recorded_at" not in said:
                    row = _row(table, said, network)
                    row.organisation = organisations[bearer[0]]
                    row.person = persons[said["person"] or bearer]
                    rows.append(row)
        FACTS[table]._base_manager.bulk_create(rows, batch_size=CHUNK)
        written += rows
    _tell("registry.fact_imported", written, context, network)
    announce_all(_affiliated(written, PersonAffiliated), network=network)


def restore_persons(
    before: Mapping[str, State | None], context: Context, prefix: str, tables: Sequence[str]
) -> None:
    """Take away the facts that were entered, then the addresses, then the persons."""
    network = _require(context)
    people = {bearer_of(s): s for s in before if s.startswith(PERSON)}
    known = persons_of({code for code, _digest in people})
    gone = [p for bearer in people for p in known.get(bearer, {}).values()]
    states = {bearer_of(s): state for s, state in before.items() if s.startswith(prefix)}
    taken = []
    for table in tables:
        taken += _taken_back(table, states, network)
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


def _taken_back(table: str, states: Mapping[Bearer, State | None], network: Network) -> list[Any]:
    """Delete what is there of these persons and was not before; gives what was deleted."""
    kept: dict[Bearer, set[tuple[str, str]]] = defaultdict(set)
    for bearer, state in states.items():
        if state is not None:
            kept[bearer] = {(row["uid"], row["recorded_at"]) for row in state[table]}
    persons = persons_of({code for code, _digest in states})
    whose = {
        (code, pk): (code, digest)
        for (code, digest), found in persons.items()
        for pk in found
        if (code, digest) in states
    }
    rows = among(
        FACTS[table]._base_manager.select_related("organisation", "person"),
        "organisation__code",
        {code for code, _digest in states},
    )
    if table == "representations":
        rows = rows.filter(network=network)
    gone = []
    for row in rows:
        meant = whose.get((row.organisation.code, row.person_id))
        if meant and (str(row.uid), row.recorded_at.isoformat()) not in kept[meant]:
            gone.append(row)
    keys = [row.pk for row in gone]
    for start in range(0, len(keys), CHUNK):
        FACTS[table]._base_manager.filter(pk__in=keys[start : start + CHUNK]).delete()
    return gone


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
