"""What rows of organisations would make and change: new ones, what those that are there lack, who takes part."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Fault, Given, Plan, Planned
from tavolo.kernel.dated import Period
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.text import search_key
from tavolo.registry.choices import (
    Channel,
    NameKind,
    OrganisationKind,
    ParticipationRole,
    SeatKind,
)
from tavolo.registry.importing.finding import NUMBERS, Finder, Meant, Wanted
from tavolo.registry.importing.words import Wrong
from tavolo.registry.queries.imported import (
    FACTS,
    State,
    known,
    member_states,
    member_subject,
    organisation_states,
    organisation_subject,
)
from tavolo.territory.models import Municipality

NO_KIND = gettext_noop("Say what it is: once for the file, or in each row.")
OTHER_NUMBER = gettext_noop("%(name)s has another number of this register: %(number)s.")
OTHER_ROLE = gettext_noop("%(name)s takes part in another role: change it on its page.")
TOOK_PART = gettext_noop("%(name)s took part before: write since when it does so again.")

NOW = "now"
CHANNELS = {
    "website": Channel.WEBSITE,
    "email": Channel.EMAIL,
    "certified_email": Channel.CERTIFIED_EMAIL,
    "phone": Channel.PHONE,
}


@dataclass(frozen=True)
class Defaults:
    """What holds for rows that do not say it: by the options of the file, else by the kind of import."""

    admit: bool
    role: str
    kind: str
    source: str
    public: bool

    @classmethod
    def of(cls, context: Context, *, admit: bool) -> "Defaults":
        told = context.options
        said = told.get("admit")
        public = told.get("public")
        return cls(
            admit if said is None else bool(said),
            told.get("role") or ParticipationRole.PARTICIPANT.value,
            told.get("kind") or "",
            told.get("source") or "",
            True if public is None else bool(public),
        )


class Organisations:
    """One planning of rows; the number of queries does not depend on that of the rows."""

    def __init__(self, rows: Sequence[Given], context: Context, defaults: Defaults) -> None:
        self.rows = rows
        self.context = context
        self.defaults = defaults
        self.faults: list[tuple[int, Fault]] = []

    def plan(self) -> Plan:
        finder = Finder(self.rows, self.context)
        wanted = list(self._read(finder))
        finder.among(wanted)
        meant = list(self._found(finder, wanted))
        there = self._there(meant)
        changes: list[Planned] = []
        for one in meant:
            try:
                changes += self._changes(one, there)
            except Wrong as wrong:
                self.faults.append((one.wanted.number, wrong.fault))
        return Plan(changes, self.faults, finder.asked)

    def _read(self, finder: Finder) -> Iterator[Wanted]:
        for row in self.rows:
            try:
                yield finder.read(row)
            except Wrong as wrong:
                self.faults.append((row.number, wrong.fault))

    def _found(self, finder: Finder, wanted: Sequence[Wanted]) -> Iterator[Meant]:
        for done, one in enumerate(wanted):
            self.context.progress(done, len(wanted))
            try:
                meant = finder.find(one)
            except Wrong as wrong:
                self.faults.append((one.number, wrong.fault))
                continue
            if meant is not None:
                yield meant

    def _there(self, meant: Sequence[Meant]) -> Mapping[str, State]:
        codes = {one.code for one in meant if one.entry}
        network = self.context.network
        return organisation_states({organisation_subject(code) for code in codes}, network) | (
            member_states({member_subject(code) for code in codes}, network)
        )

    def _changes(self, meant: Meant, there: Mapping[str, State]) -> Iterator[Planned]:
        """The organisation, where this network keeps it, and that it takes part. Refuses with Wrong."""
        number, name = meant.wanted.number, meant.wanted.name
        subject = organisation_subject(meant.code)
        network = self.context.network
        if meant.entry is None:
            after = self._new_state(meant)
            yield Planned(number, subject, name, None, after)
        elif network is not None and meant.entry.steward == network.pk:
            before = there[subject]
            yield Planned(number, subject, meant.entry.name, before, self._changed(meant, before))
        if self.defaults.admit:
            member = self._member(meant, there.get(member_subject(meant.code)))
            if member is not None:
                yield member

    def _new_state(self, meant: Meant) -> dict[str, Any]:
        values = meant.wanted.values
        kind = values.get("kind") or self.defaults.kind
        if not kind:
            raise Wrong(NO_KIND, "kind")
        return {
            "code": meant.code,
            "source": self._source(values),
            "facts": {table: list(self._facts(table, meant.wanted, kind)) for table in FACTS},
        }

    def _facts(self, table: str, wanted: Wanted, kind: str) -> Iterator[dict[str, Any]]:
        """What a row says of an organisation that is not there yet; of all of it nobody says since when."""
        source = {"source": self._source(wanted.values)}
        for fact in told_facts(table, wanted, kind=kind, public=self._public(wanted.values)):
            yield {**source, **fact}

    def _changed(self, meant: Meant, before: State) -> State:
        """What is there with what the row adds to it, or says otherwise. Refuses with Wrong."""
        after: dict[str, Any] = deepcopy(dict(before))
        wanted = meant.wanted
        current = known(before, "standing")
        kind = wanted.values.get("kind") or (current[0]["kind"] if current else before["kind"])
        for table in FACTS:
            for fact in told_facts(table, wanted, kind=kind, public=self._public(wanted.values)):
                self._take(after["facts"][table], table, fact, meant)
        return after

    def _take(
        self, facts: list[dict[str, Any]], table: str, said: Mapping[str, Any], meant: Meant
    ) -> None:
        """Take what a row says into the facts of a table, where it is not there already."""
        wanted = meant.wanted
        there = [fact for fact in facts if _of_same_sort(table, fact, said)]
        meant_it = table != "name" or wanted.values.get("code")
        # Nobody is renamed by a list that only seems to mean it.
        if not meant_it and (there or said["kind"] == NameKind.PUBLIC):
            return
        if any(_says_already(fact, said) for fact in there):
            return
        if table == "identifier" and there and said["scheme"] != "vat":
            key = next(key for key, scheme in NUMBERS.items() if scheme == said["scheme"])
            told = {"name": wanted.name, "number": there[0]["value"]}
            raise Wrong(OTHER_NUMBER, key, **told)
        source = {"source": self._source(wanted.values)}
        if not there or table == "identifier":
            facts.append({**source, **said})
            return
        old = min(there, key=_main_first)
        moved = table == "seat" and said["municipality"] not in (None, old["municipality"])
        told = {key: value for key, value in said.items() if moved or value not in (None, "")}
        new = {**_values_of(old), **told}
        _change(facts, old, {**new, **source}, self.context.on)

    def _member(self, meant: Meant, before: State | None) -> Planned | None:
        """That it takes part, where it does not do so yet. Refuses with Wrong."""
        values, name = meant.wanted.values, meant.wanted.name
        began = PartialDate.parse(values["since"]) if values.get("since") else None
        period = Period(began.first_day() if began else None, None)
        role = values.get("role")
        spells = before["spells"] if before else []
        for spell in spells:
            if spell["valid_until"] is None:
                if role and spell["role"] != role:
                    raise Wrong(OTHER_ROLE, "role", name=name)
                return None
            if _period(spell).overlaps(period):
                raise Wrong(TOOK_PART, "since", name=name)
        new = {
            "role": role or self.defaults.role,
            "began": str(began) if began else None,
            "valid_from": period.valid_from.isoformat() if period.valid_from else None,
            "source": self._source(values),
        }
        after = {"code": meant.code, "spells": [*spells, new]}
        subject = member_subject(meant.code)
        return Planned(meant.wanted.number, subject, name, before, after)

    def _source(self, values: Mapping[str, Any]) -> str:
        return values.get("source") or self.defaults.source

    def _public(self, values: Mapping[str, Any]) -> bool:
        said = values.get("public")
        return self.defaults.public if said is None else bool(said)


def told_facts(table: str, wanted: Wanted, *, kind: str, public: bool) -> Iterator[dict[str, Any]]:
    """What a row says of the things of one table."""
    values = wanted.values
    if table == "name":
        yield {"kind": NameKind.PUBLIC.value, "name": wanted.name}
        if values.get("official_name"):
            yield {"kind": NameKind.OFFICIAL.value, "name": values["official_name"]}
        if values.get("short_name"):
            yield {"kind": NameKind.SHORT.value, "name": values["short_name"]}
    elif table == "standing":
        yield {
            "kind": OrganisationKind(kind).value,
            "legal_form": values.get("legal_form") or "",
            "is_administration": values.get("is_administration"),
        }
    elif table == "seat":
        yield from _seat(values, wanted.place, public=public)
    elif table == "identifier":
        for scheme, number in sorted(wanted.numbers):
            yield {"scheme": scheme, "value": number}
    else:
        for key, channel in CHANNELS.items():
            if values.get(key):
                shown = public or channel == Channel.WEBSITE
                yield {
                    "unit": None,
                    "channel": channel.value,
                    "value": values[key],
                    "label": "",
                    "public": shown,
                }


def _seat(
    values: Mapping[str, Any], place: Municipality | None, *, public: bool
) -> Iterator[dict[str, Any]]:
    address = values.get("address") or ""
    if place is None and not address:
        return
    street = {"address": address, "postal_code": values.get("postal_code") or ""}
    where = {
        "municipality": str(place.uid) if place else None,
        "place": place.name if place else None,
    }
    if public or not address:
        yield {"kind": SeatKind.REGISTERED.value, **where, **street, "public": True}
        return
    # In which municipality it is may be known; in which street is nobody's business.
    if place is not None:
        nowhere = {"address": "", "postal_code": ""}
        yield {"kind": SeatKind.REGISTERED.value, **where, **nowhere, "public": True}
    yield {"kind": SeatKind.OPERATING.value, **where, **street, "public": False}


# By what two facts of a table are about the same thing.
SORTS: Mapping[str, tuple[str, ...]] = {
    "name": ("kind",),
    "standing": (),
    "seat": ("kind",),
    "identifier": ("scheme",),
    "contact": ("unit", "channel"),
}
BOOKKEEPING = frozenset(
    {"uid", "recorded_at", "superseded_at", "valid_from", "valid_until", "began", "ended", "source"}
)


def _of_same_sort(table: str, fact: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    open_ = fact.get("superseded_at") is None and fact.get("valid_until") is None
    return open_ and all(fact[key] == said[key] for key in SORTS[table])


def _says_already(fact: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether a fact holds all that is said; an empty cell says nothing, and nothing on who may see it."""
    told = {k: v for k, v in said.items() if v not in (None, "") and k not in {"public", "place"}}
    return all(_same(fact[key], value) for key, value in told.items())


def _same(there: Any, value: Any) -> bool:
    if isinstance(there, str) and isinstance(value, str):
        return search_key(there) == search_key(value)
    return bool(there == value)


def _main_first(fact: Mapping[str, Any]) -> tuple[bool, str, str]:
    return bool(fact.get("label")), fact["valid_from"] or "", fact["recorded_at"]


def _values_of(fact: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fact.items() if key not in BOOKKEEPING}


def _change(
    facts: list[dict[str, Any]], old: dict[str, Any], new: Mapping[str, Any], day: date
) -> None:
    """It is otherwise from the day on; what began on the day itself was wrong and is put right."""
    closed = {**old, "superseded_at": NOW}
    facts[facts.index(old)] = closed
    kept = {key: old[key] for key in ("uid", "valid_from", "valid_until", "began", "ended")}
    if old["valid_from"] is not None and old["valid_from"] >= day.isoformat():
        facts.append({**kept, **new})
        return
    last = PartialDate.of(day - timedelta(days=1))
    ended = {"valid_until": day.isoformat(), "ended": str(last)}
    facts.append({**_values_of(old), "source": old["source"], **kept, **ended})
    begun = {"valid_from": day.isoformat(), "began": str(PartialDate.of(day))}
    facts.append({**new, **begun})


def _period(spell: Mapping[str, Any]) -> Period:
    first, until = (spell.get(name) for name in ("valid_from", "valid_until"))
    return Period(
        date.fromisoformat(first) if first else None, date.fromisoformat(until) if until else None
    )
