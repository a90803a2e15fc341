"""Who speaks for the organisations in the network, as a spreadsheet; with the e-mail for an invitation."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tavolo.imports import values
from tavolo.imports.plugs import Context, Fault, Field, Given, Plan, Planned, State, import_kinds
from tavolo.kernel.actor import Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.people.queries import accounts_of
from tavolo.registry import rules
from tavolo.registry.actions.imported_persons import restore_delegates, write_delegates
from tavolo.registry.choices import Capacity
from tavolo.registry.importing.columns import SOURCE
from tavolo.registry.importing.persons import WHO, Persons, Whom, planned_person
from tavolo.registry.importing.words import WordOf, Wrong, choices_of, email
from tavolo.registry.models import Representation
from tavolo.registry.queries.imported_persons import (
    DELEGATE,
    PERSON,
    REACH,
    delegate_states,
    person_states,
    reach_states,
)

OTHER_CAPACITY = gettext_noop("%(name)s already speaks for it, in another capacity.")
LONGEST_ADDRESS = 150

CAPACITIES = WordOf(
    Capacity,
    (
        ("effettiva", Capacity.DELEGATE),
        ("effettivo", Capacity.DELEGATE),
        ("titolare", Capacity.DELEGATE),
        ("delegato", Capacity.DELEGATE),
        ("rappresentante", Capacity.DELEGATE),
        ("supplente", Capacity.SUBSTITUTE),
        ("sostituto", Capacity.SUBSTITUTE),
        ("referente", Capacity.CONTACT_PERSON),
        ("legale rappresentante", Capacity.LEGAL_REPRESENTATIVE),
    ),
)
FIELDS: Sequence[Field] = (
    *WHO,
    Field(
        "email",
        _("E-mail of the person"),
        email,
        aliases=(
            "email",
            "e mail",
            "mail",
            "posta elettronica",
            "email delegata",
            "email delegato",
        ),
        example="ada.rossi@casadelledonne.example",
        help=_("By it she can be invited. It is shown to the secretariat alone."),
    ),
    Field(
        "capacity",
        _("In the capacity of"),
        CAPACITIES,
        aliases=("qualita", "in qualita di", "ruolo"),
        help=_("Empty: delegate."),
        choices=choices_of(Capacity),
    ),
    Field("function", _("Function"), values.text(200), aliases=("funzione", "incarico", "carica")),
    Field(
        "since",
        _("Since"),
        values.day_known_in_part,
        aliases=("dal", "data nomina", "nominata il", "nominato il"),
        help=_("A day, a month or a year, as far as it is known."),
    ),
    Field(
        "act",
        _("Act of appointment"),
        values.text(),
        aliases=("atto", "atto di nomina", "delibera"),
    ),
    SOURCE,
)


class Delegates:
    """A row makes the person, who speaks for the organisation in the network, and lets her act for it.

    A letter goes to nobody: the secretariat invites them afterwards.
    """

    key = "delegates"
    slug = "delegate"
    label: Sentence = _("Delegates")
    help: Sentence = _(
        "A row for each person who speaks for an organisation in the network. With an e-mail she can"
        " be invited afterwards; the import itself sends no letter."
    )
    fields = FIELDS
    options: Sequence[Field] = ()

    def may(self, actor: Actor, network: Network | None) -> bool:
        return network is not None and rules.may_affiliate(actor, network.uid)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        persons = Persons(rows, context)
        found, faults = list[Whom](), list[tuple[int, Fault]]()
        for row in rows:
            try:
                found.append(persons.find(row))
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        there = delegate_states({_subject(whom) for whom in found}, context.network)
        changes: list[Planned] = []
        for whom in found:
            try:
                changes += _changes(whom, there.get(_subject(whom)), context)
            except Wrong as wrong:
                faults.append((whom.row.number, wrong.fault))
        return Plan(changes, faults)

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_delegates(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:
        return {
            **person_states(subjects),
            **reach_states(subjects),
            **delegate_states(subjects, context.network),
        }

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        restore_delegates(before, context)

    def told(self, state: State) -> Mapping[str, Any]:
        if "persons" in state:
            return {key: state["persons"][0][key] for key in ("given_name", "family_name")}
        if "email" in state:
            return {"email": state["email"]}
        told: dict[str, Any] = {}
        for row in state["affiliations"]:
            told["function"] = row["function"]
        for row in state["representations"]:
            told |= {
                "capacity": row["capacity"],
                "since": row["began"],
                "act": row["act"],
                "source": row["source"],
            }
        return told

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """Who speaks in the network for the organisations that it keeps, on the day."""
        rows = Representation.objects.on(context.on).filter(
            network=context.network, organisation__steward=context.network, unit__isnull=True
        )
        related = rows.select_related("person", "organisation").order_by(
            "organisation__sort_key", "person__sort_key", "pk"
        )
        accounts = accounts_of(related.values("person"))
        for row in related:
            account = accounts.get(row.person_id)
            yield {
                "organisation": row.organisation.code,
                "given_name": row.person.given_name or None,
                "family_name": row.person.family_name or None,
                "email": account.email if account else None,
                "capacity": row.capacity,
                "since": str(row.began) if row.began else None,
                "act": row.act or None,
                "source": row.source or None,
            }


def _subject(whom: Whom) -> str:
    return DELEGATE + ":".join(whom.bearer)


def _changes(whom: Whom, before: State | None, context: Context) -> Iterator[Planned]:
    number, label = whom.row.number, whom.label
    after = _after(whom, before, context)
    if whom.person is None and whom.first == number:
        subject = PERSON + ":".join(whom.bearer)
        yield Planned(number, subject, label, None, planned_person(whom))
    if whom.email and whom.account is None and len(whom.email) <= LONGEST_ADDRESS:
        reach = {"email": whom.email, "used": False, "invited": 0}
        yield Planned(number, f"{REACH}{whom.email}", label, None, reach)
    yield Planned(number, _subject(whom), label, before, after)


def _after(whom: Whom, before: State | None, context: Context) -> State:
    """What is there, with what the row says beside it. Refuses with Wrong."""
    told = whom.row.values
    began = PartialDate.parse(told["since"]) if told.get("since") else None
    first = began.first_day() if began else None
    begins = {"valid_from": first.isoformat() if first else None}
    speaks = list(before["representations"]) if before else []
    acts = list(before["affiliations"]) if before else []
    capacity = told.get("capacity") or Capacity.DELEGATE.value
    held = [row for row in speaks if _is_open(row)]
    if any(row["capacity"] != capacity for row in held):
        if told.get("capacity"):
            raise Wrong(OTHER_CAPACITY, "capacity", name=f"{whom.given_name} {whom.family_name}")
    elif not held:
        said = {"capacity": capacity, "network": _network(context), "matter": ""}
        source = {"act": told.get("act") or "", "source": told.get("source") or ""}
        when = {"began": str(began) if began else None, **begins}
        speaks.append({"person": _uid(whom), **said, **source, **when})
    if not any(_is_open(row) for row in acts):
        ends = max((row["valid_until"] or "" for row in acts), default="") or None
        later = {"valid_from": max(ends or "", begins["valid_from"] or "") or None}
        acts.append({"person": _uid(whom), "function": told.get("function") or "", **later})
    return {"representations": speaks, "affiliations": acts}


def _is_open(row: Mapping[str, Any]) -> bool:
    return row.get("superseded_at") is None and row.get("valid_until") is None


def _uid(whom: Whom) -> str | None:
    return str(whom.person.uid) if whom.person else None


def _network(context: Context) -> str | None:
    return str(context.network.uid) if context.network else None


import_kinds.add(Delegates())
