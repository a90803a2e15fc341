"""What an import of organisations writes, and how it is taken back, row by row as it was.

Runs inside the transaction of the import engine, which keeps every state.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tavolo.imports.plugs import Context, Planned
from tavolo.journal.actions import record_all
from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce_all
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.choices import IdentifierScheme
from tavolo.registry.facts import (
    OrganisationAdded,
    OrganisationAdmitted,
    OrganisationEdited,
    ParticipationEnded,
)
from tavolo.registry.models import Organisation, OrganisationFact, Participation
from tavolo.registry.queries.imported import (
    FACTS,
    MEMBER,
    ORGANISATION,
    VALUES,
    State,
    among,
    codes_in,
)
from tavolo.registry.queries.today import COLUMNS as OF_TODAY
from tavolo.registry.queries.today import CONTACT_COLUMNS, todays
from tavolo.search.actions import note_changes
from tavolo.territory.models import Municipality

CHUNK = 500
FOLDED = ("sort_key", "search_key")


def write_organisations(changes: Sequence[Planned], context: Context) -> None:
    """Make and change the organisations that were planned, and let those take part that were planned to.

    A journal entry, a fact and a note for the index for each. Refuses with NotAllowed.
    """
    network = _require(context)
    of_organisations = [c for c in changes if c.subject.startswith(ORGANISATION)]
    new = [change.after for change in of_organisations if change.before is None]
    changed = {
        change.after["code"]: change.after
        for change in of_organisations
        if change.before is not None
    }
    writer = _Writer(context, network, [*new, *changed.values()])
    made = writer.make(new)
    writer.change(changed)
    members = [change.after for change in changes if change.subject.startswith(MEMBER)]
    writer.admit(members, made)


def restore_organisations(before: Mapping[str, State | None], context: Context) -> None:
    """Take back who was let in, bring what was changed back, then take away what was made.

    What something else rests on by now is protected by the database.
    """
    network = _require(context)
    _restore_members({s: b for s, b in before.items() if s.startswith(MEMBER)}, network, context)
    codes = codes_in(before, ORGANISATION)
    rows = {row.code: row for row in among(Organisation.objects.all(), "code", codes)}
    states = {code: before[f"{ORGANISATION}{code}"] for code in codes if code in rows}
    _restore_facts({rows[code].pk: state for code, state in states.items()})
    kept = {code: state for code, state in states.items() if state is not None}
    _restore_columns({rows[code].pk: state for code, state in kept.items()})
    gone = [rows[code] for code, state in states.items() if state is None]
    _told("registry.organisation_taken_back", ((row, {"code": row.code}) for row in gone), context)
    back = [rows[code] for code in kept]
    _told("registry.organisation_restored", ((row, {"code": row.code}) for row in back), context)
    announce_all((OrganisationEdited(rows[code].uid) for code in states), network=network)
    note_changes(rows[code] for code in states)
    _delete(Organisation, [row.pk for row in gone])


def _require(context: Context) -> Network:
    network = context.network
    if network is None or not rules.may_add_organisation(context.actor, network.uid):
        raise NotAllowed
    return network


class _Writer:
    def __init__(self, context: Context, network: Network, states: Sequence[State]) -> None:
        self.context, self.network, self.at = context, network, clock.now()
        towns = {fact["municipality"] for s in states for fact in s["facts"]["seat"]}
        known = Municipality.objects.filter(uid__in=towns - {None})
        self.towns = {str(town.uid): town for town in known}

    def make(self, states: Sequence[State]) -> dict[str, Organisation]:
        """Enter what is not there yet; by code."""
        rows = {state["code"]: self._organisation(state) for state in states}
        Organisation.objects.bulk_create(rows.values(), batch_size=CHUNK)
        self._enter((rows[state["code"]], state) for state in states)
        told = ((rows[state["code"]], _told_of(state)) for state in states)
        _told("registry.organisation_added", told, self.context)
        announce_all((OrganisationAdded(row.uid) for row in rows.values()), network=self.network)
        note_changes(rows.values())
        return rows

    def change(self, states: Mapping[str, State]) -> None:
        """Close the facts that are otherwise now, enter the new ones, bring the columns up to date."""
        if not states:
            return
        found = among(Organisation.objects.select_related("municipality"), "code", states)
        rows = {row.code: row for row in found if row.code in states}
        self._close(states.values())
        self._enter((rows[code], state) for code, state in states.items())
        _bring_up_to_date(list(rows.values()), self.context.on)
        told = ((rows[code], _told_of(state)) for code, state in states.items())
        _told("registry.organisation_edited", told, self.context)
        announce_all((OrganisationEdited(row.uid) for row in rows.values()), network=self.network)
        note_changes(rows.values())

    def admit(self, states: Sequence[State], made: Mapping[str, Organisation]) -> None:
        """Let organisations take part: of each the last spell is the new one."""
        others = {state["code"] for state in states} - set(made)
        found = list(among(Organisation.objects.all(), "code", others)) if others else []
        rows = {**made, **{row.code: row for row in found}}
        spells = [self._spell(rows[s["code"]], s["spells"][-1]) for s in states]
        Participation.objects.bulk_create(spells, batch_size=CHUNK)
        told = (
            (
                spell,
                {
                    "organisation": str(spell.organisation.uid),
                    "role": spell.role,
                    "since": str(spell.began or ""),
                },
            )
            for spell in spells
        )
        _told("registry.organisation_admitted", told, self.context)
        facts = (
            OrganisationAdmitted(spell.organisation.uid, self.network.uid, spell.uid)
            for spell in spells
        )
        announce_all(facts, network=self.network)
        # What was made in this import is noted already.
        note_changes(found)

    def _organisation(self, state: State) -> Organisation:
        """The row with the columns that its facts will say: of each thing a new one has one at most."""
        facts = state["facts"]
        contacts = {fact["channel"]: fact["value"] for fact in facts["contact"] if fact["public"]}
        numbers = {fact["scheme"]: fact["value"] for fact in facts["identifier"]}
        seats = [fact["municipality"] for fact in facts["seat"] if fact["public"]]
        row = Organisation(
            code=state["code"],
            steward=self.network,
            source=state["source"],
            created_at=self.at,
            name=facts["name"][0]["name"],
            municipality=self.towns.get(seats[0]) if seats else None,
            tax_code=numbers.get(IdentifierScheme.TAX_CODE, ""),
            **{name: facts["standing"][0][name] for name in VALUES["standing"]},
            **{column: contacts.get(channel, "") for column, channel in CONTACT_COLUMNS},
        )
        row.fold()
        return row

    def _fact(self, table: str, said: Mapping[str, Any]) -> OrganisationFact:
        fact = FACTS[table](
            recorded_at=self.at,
            source=said["source"],
            valid_from=_day(said.get("valid_from")),
            valid_until=_day(said.get("valid_until")),
        )
        fact.began, fact.ended = _partial(said.get("began")), _partial(said.get("ended"))
        if said.get("uid"):
            fact.uid = UUID(said["uid"])
        for name, column in VALUES[table].items():
            if "__" not in column:
                setattr(fact, name, said[name])
        if table == "seat":
            fact.municipality = self.towns.get(said["municipality"])  # type: ignore[attr-defined]
        if table == "name":
            fact.fold()  # type: ignore[attr-defined]
        return fact

    def _enter(self, told: Iterable[tuple[Organisation, State]]) -> None:
        """Write the facts of these states that are not there yet."""
        new: dict[str, list[OrganisationFact]] = defaultdict(list)
        for row, state in told:
            for table in FACTS:
                for said in state["facts"][table]:
                    if "recorded_at" not in said:
                        fact = self._fact(table, said)
                        fact.organisation = row
                        new[table].append(fact)
        for table, facts in new.items():
            FACTS[table]._base_manager.bulk_create(facts, batch_size=CHUNK)

    def _close(self, states: Iterable[State]) -> None:
        closed: dict[str, list[str]] = defaultdict(list)
        for state in states:
            for table in FACTS:
                closed[table] += [
                    fact["uid"]
                    for fact in state["facts"][table]
                    if fact.get("superseded_at") == "now"
                ]
        for table, uids in closed.items():
            held = FACTS[table]._base_manager.filter(superseded_at__isnull=True)
            for some in _chunks(uids):
                held.filter(uid__in=some).update(superseded_at=self.at)

    def _spell(self, organisation: Organisation, said: Mapping[str, Any]) -> Participation:
        spell = Participation(
            network=self.network,
            organisation=organisation,
            role=said["role"],
            valid_from=_day(said["valid_from"]),
            source=said["source"],
        )
        spell.began = _partial(said["began"])
        return spell


def _bring_up_to_date(rows: Sequence[Organisation], on: date) -> None:
    """The columns of what was changed: `actions.summary` for many at once."""
    found = todays(rows, on=on)
    for row in rows:
        for name, value in found[row.pk].columns(row).items():
            setattr(row, name, value)
        row.version += 1
        row.fold()
    names = [*OF_TODAY, *FOLDED, "version"]
    Organisation.objects.bulk_update(rows, list(dict.fromkeys(names)), batch_size=100)


def _restore_members(
    before: Mapping[str, State | None], network: Network, context: Context
) -> None:
    codes = codes_in(before, MEMBER)
    if not codes:
        return
    kept = {
        spell["uid"] for state in before.values() if state is not None for spell in state["spells"]
    }
    rows = among(Participation.objects.filter(network=network), "organisation__code", codes)
    gone = [
        row
        for row in rows.select_related("organisation")
        if row.organisation.code in codes and str(row.uid) not in kept
    ]
    told = ((row, {"organisation": str(row.organisation.uid)}) for row in gone)
    _told("registry.participation_taken_back", told, context)
    announce_all(
        (ParticipationEnded(row.organisation.uid, network.uid, row.uid) for row in gone),
        network=network,
    )
    note_changes(row.organisation for row in gone)
    _delete(Participation, [row.pk for row in gone])


def _restore_facts(before: Mapping[int, State | None]) -> None:
    """Take away what was entered since, and let hold again what was closed."""
    for table, model in FACTS.items():
        known = {
            (fact["uid"], fact["recorded_at"]): fact["superseded_at"]
            for state in before.values()
            if state is not None
            for fact in state["facts"][table]
        }
        gone, open_again = [], []
        rows = among(model._base_manager.all(), "organisation", before)
        for pk, organisation, uid, at, closed in rows.values_list(
            "pk", "organisation_id", "uid", "recorded_at", "superseded_at"
        ):
            if organisation not in before:
                continue
            key = (str(uid), at.isoformat())
            if key not in known:
                gone.append(pk)
            elif closed is not None and known[key] is None:
                open_again.append(pk)
        _delete(model, gone)
        for some in _chunks(open_again):
            model._base_manager.filter(pk__in=some).update(superseded_at=None)


def _restore_columns(before: Mapping[int, State]) -> None:
    towns = {state["municipality"] for state in before.values()} - {None}
    known = {str(town.uid): town for town in Municipality.objects.filter(uid__in=towns)}
    rows = list(among(Organisation.objects.all(), "pk", before))
    rows = [row for row in rows if row.pk in before]
    for row in rows:
        state = before[row.pk]
        for name in (*OF_TODAY, "source", "version"):
            if name != "municipality":
                setattr(row, name, state[name])
        row.municipality = known.get(state["municipality"])
        row.fold()
    names = dict.fromkeys([*OF_TODAY, "source", *FOLDED, "version"])
    Organisation.objects.bulk_update(rows, list(names), batch_size=100)


def _told_of(state: State) -> dict[str, Any]:
    """What was written of an organisation: the facts that are new."""
    return {
        table: [
            {name: fact[name] for name in VALUES[table]}
            for fact in state["facts"][table]
            if "recorded_at" not in fact
        ]
        for table in FACTS
    }


def _told(action: str, told: Iterable[tuple[Any, Mapping[str, Any]]], context: Context) -> None:
    record_all(action=action, actor=context.actor, network=context.network, told=told)


def _delete(model: type[Any], keys: Sequence[int]) -> None:
    for some in _chunks(keys):
        model._base_manager.filter(pk__in=some).delete()


def _chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _partial(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
