"""Who holds which office, and what is delegated to her, as a spreadsheet."""

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
from tavolo.registry import rules
from tavolo.registry.actions.imported_persons import restore_offices, write_offices
from tavolo.registry.actions.recorded import period_of
from tavolo.registry.choices import DelegationTheme, GrammaticalForm
from tavolo.registry.errors import EndsBeforeItBegan
from tavolo.registry.importing.columns import SOURCE
from tavolo.registry.importing.offices import FORMS, office_of, written_office
from tavolo.registry.importing.persons import WHO, Persons, Whom, planned_person
from tavolo.registry.importing.words import WordOf, Wrong, choices_of
from tavolo.registry.models import Delegation, OfficeHolding
from tavolo.registry.queries.imported_persons import (
    PERSON,
    delegation_subject,
    fact_rows,
    office_states,
    office_subject,
    person_states,
)
from tavolo.registry.titles import HELD_BY_ONE

ENDS_FIRST = gettext_noop("The last day lies before the first.")
NEITHER = gettext_noop("Write the office, or the matter that is delegated.")
HELD_BY = gettext_noop("%(name)s holds this office: say when that ended first.")
HELD_IN_ROW = gettext_noop("Row %(row)s gives this office to somebody else.")

THEMES = WordOf(DelegationTheme, (), otherwise=DelegationTheme.OTHER)


class Offices:
    """A row makes the person and her office; further rows of the same person add what is delegated."""

    key = "offices"
    slug = "cariche"
    label: Sentence = _("Offices")
    help: Sentence = _(
        "A row for each office, and one more for each further matter that is delegated to the same"
        " person. What she holds already is left as it is."
    )
    fields: Sequence[Field] = (
        *WHO,
        Field(
            "office",
            _("Office"),
            values.text(120),
            aliases=("carica", "ruolo", "incarico"),
            example="assessora",
            help=_("As she is called by it: assessora, assessore."),
        ),
        Field(
            "form",
            _("Written (f or m)"),
            FORMS,
            aliases=("forma", "genere", "f/m", "sesso"),
            help=_("Where the word alone does not say it: presidente."),
            choices=choices_of(GrammaticalForm),
        ),
        Field(
            "theme",
            _("Delegated matter"),
            THEMES,
            aliases=("delega", "materia", "tema della delega"),
            choices=choices_of(DelegationTheme),
        ),
        Field(
            "words",
            _("Delegation in words"),
            values.text(),
            aliases=("delega in parole", "deleghe", "testo della delega"),
            help=_("As the act has it."),
        ),
        Field("since", _("Since"), values.day_known_in_part, aliases=("dal", "inizio")),
        Field("until", _("Until"), values.day_known_in_part, aliases=("al", "fino al", "fine")),
        Field("act", _("Act"), values.text(), aliases=("atto", "decreto", "atto di nomina")),
        SOURCE,
    )
    options: Sequence[Field] = ()

    def may(self, actor: Actor, network: Network | None) -> bool:
        return network is not None and rules.may_keep_offices(actor, network.uid)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        persons = Persons(rows, context)
        found, faults = list[Whom](), list[tuple[int, Fault]]()
        for row in rows:
            try:
                found.append(persons.find(row))
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        planning = _Planning(found)
        changes: list[Planned] = []
        for whom in found:
            try:
                changes += planning.of(whom)
            except Wrong as wrong:
                faults.append((whom.row.number, wrong.fault))
        return Plan(changes, faults)

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_offices(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:  # noqa: ARG002  the contract's
        return {**person_states(subjects), **office_states(subjects)}

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        restore_offices(before, context)

    def told(self, state: State) -> Mapping[str, Any]:
        if "persons" in state:
            return {key: state["persons"][0][key] for key in ("given_name", "family_name")}
        row = (state.get("offices") or state.get("delegations"))[-1]  # type: ignore[index]  # one of both
        told = {"since": row["began"], "until": row["ended"], "act": row["act"]}
        if "title" in row:
            return {"office": written_office(row), "form": row["form"], **told}
        return {"theme": row["theme"], "words": row["words"], **told}

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """The offices held on the day, each with what is delegated; then delegations without office."""
        here = {"organisation__steward": context.network, "unit__isnull": True}
        order = ("organisation__sort_key", "person__sort_key", "pk")
        resting: dict[Any, list[Delegation]] = {}
        rows = Delegation.objects.on(context.on).filter(**here)
        for row in rows.select_related("person", "organisation").order_by(*order):
            resting.setdefault(row.holding, []).append(row)
        offices = OfficeHolding.objects.on(context.on).filter(**here)
        for office in offices.select_related("person", "organisation").order_by(*order):
            for matter in resting.pop(office.uid, [None]):
                yield _row(office, matter)
        for matters in resting.values():
            yield from (_row(None, matter) for matter in matters)


class _Planning:
    """What the rows of one file bring, each office once; two queries."""

    def __init__(self, found: Sequence[Whom]) -> None:
        codes = {whom.organisation.code for whom in found}
        self.offices = list(fact_rows("offices", codes)) if codes else []
        self.delegations = list(fact_rows("delegations", codes)) if codes else []
        self.planned: dict[str, State] = {}
        self.held: dict[tuple[str, str], tuple[int, str]] = {}

    def of(self, whom: Whom) -> Iterator[Planned]:
        told, number = whom.row.values, whom.row.number
        if not (told.get("office") or told.get("theme")):
            raise Wrong(NEITHER, "office")
        dates = _dates(told)
        planned = []
        if told.get("office"):
            planned.append(self._office(whom, dates))
        if told.get("theme"):
            planned.append(self._delegation(whom, dates))
        if whom.person is None and whom.first == number:
            subject = PERSON + ":".join(whom.bearer)
            yield Planned(number, subject, whom.label, None, planned_person(whom))
        for change in planned:
            # A further row of the same person may name her office again.
            first = self.planned.setdefault(change.subject, change.after)
            if first is change.after or first != change.after:
                yield change

    def _office(self, whom: Whom, dates: Mapping[str, Any]) -> Planned:
        told = whom.row.values
        office = office_of(told["office"], told.get("form"))
        words = office["title_feminine"] or office["title_masculine"]
        subject = office_subject(whom.bearer, office["title"], words)
        there = [row for bearer, row in self.offices if bearer == whom.bearer and _is(row, office)]
        self._refuse_held(whom, office["title"], dates)
        public = whom.organisation.administration
        new = {"person": _uid(whom), **office, "public": public, **dates}
        return _planned(whom, subject, "offices", there, new)

    def _delegation(self, whom: Whom, dates: Mapping[str, Any]) -> Planned:
        told = whom.row.values
        words = told.get("words") or ""
        subject = delegation_subject(whom.bearer, told["theme"], words)
        there = [
            row
            for bearer, row in self.delegations
            if bearer == whom.bearer
            and delegation_subject(bearer, row["theme"], row["words"]) == subject
        ]
        rests = [row for bearer, row in self.offices if bearer == whom.bearer and _is_open(row)]
        holding = rests[0]["uid"] if rests and not told.get("office") else None
        matter = {"theme": told["theme"], "words": words, "holding": holding}
        new = {"person": _uid(whom), **matter, **dates}
        return _planned(whom, subject, "delegations", there, new)

    def _refuse_held(self, whom: Whom, title: str, dates: Mapping[str, Any]) -> None:
        """An office that one person alone can hold, and somebody else holds today."""
        if title not in HELD_BY_ONE or dates["valid_until"] is not None:
            return
        code = whom.organisation.code
        for (where, digest), row in self.offices:
            mine = (where, digest) == whom.bearer
            if where == code and not mine and row["title"] == title and _is_open(row):
                raise Wrong(HELD_BY, "office", name=whom.organisation.name)
        row_number, digest = self.held.setdefault((code, title), (whom.row.number, whom.bearer[1]))
        if digest != whom.bearer[1]:
            raise Wrong(HELD_IN_ROW, "office", row=row_number)


def _planned(
    whom: Whom, subject: str, table: str, there: list[dict[str, Any]], new: Mapping[str, Any]
) -> Planned:
    """What is there under the subject, and the new row beside it where nothing of it is open."""
    before = {table: there} if there else None
    rows = there if any(_is_open(row) for row in there) else [*there, new]
    return Planned(whom.row.number, subject, whom.label, before, {table: rows})


def _dates(told: Mapping[str, Any]) -> dict[str, Any]:
    began, ended = (PartialDate.parse(told[k]) if told.get(k) else None for k in ("since", "until"))
    try:
        period = period_of(began, ended)
    except EndsBeforeItBegan as refusal:
        raise Wrong(ENDS_FIRST, "until") from refusal
    return {
        "began": str(began) if began else None,
        "ended": str(ended) if ended else None,
        "valid_from": period.valid_from.isoformat() if period.valid_from else None,
        "valid_until": period.valid_until.isoformat() if period.valid_until else None,
        "act": told.get("act") or "",
        "source": told.get("source") or "",
    }


def _is(row: Mapping[str, Any], office: Mapping[str, Any]) -> bool:
    names = ("title", "title_feminine", "title_masculine")
    return all(row[name].casefold() == office[name].casefold() for name in names)


def _is_open(row: Mapping[str, Any]) -> bool:
    return row.get("superseded_at") is None and row.get("valid_until") is None


def _uid(whom: Whom) -> str | None:
    return str(whom.person.uid) if whom.person else None


def _row(office: OfficeHolding | None, matter: Delegation | None) -> dict[str, Any]:
    held: Any = office or matter
    told = {
        "organisation": held.organisation.code,
        "given_name": held.person.given_name or None,
        "family_name": held.person.family_name or None,
        "since": str(held.began) if held.began else None,
        "until": str(held.ended) if held.ended else None,
        "act": held.act or None,
        "source": held.source or None,
    }
    if office is not None:
        names = ("title", "form", "title_feminine", "title_masculine")
        told |= {
            "office": written_office({name: getattr(office, name) for name in names}),
            "form": office.form,
        }
    if matter is not None:
        told |= {"theme": matter.theme, "words": matter.words or None}
    return told


import_kinds.add(Offices())
