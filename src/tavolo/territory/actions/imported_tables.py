"""What imports of parts of municipalities and of population write, and how it is taken back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tavolo.imports.plugs import Context, Planned
from tavolo.journal.actions import record
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.territory import rules
from tavolo.territory.actions.memberships import lock_municipalities
from tavolo.territory.actions.populations import derive_populations
from tavolo.territory.facts import PopulationImported, UnitsEntered
from tavolo.territory.models import Municipality, Population, SubMunicipalUnit
from tavolo.territory.queries.imported import population_subject, unit_subject

State = Mapping[str, Any]
CHUNK = 500
UNIT = ("name", "term", "valid_until", "source")
PEOPLE = ("women", "men", "total", "bands", "derived", "source")


def write_units(changes: Sequence[Planned], context: Context) -> None:
    """Enter and change parts of municipalities; one journal entry and one fact for each municipality."""
    _require_districts(context)
    towns = _towns(change.after for change in changes)
    lock_municipalities([town.pk for town in towns.values()])
    made = [_unit(change.after, towns) for change in changes if change.before is None]
    SubMunicipalUnit.objects.bulk_create(made, batch_size=CHUNK)
    _update_units({change.subject: change.after for change in changes if change.before}, towns)
    _tell_units(towns, "territory.units_imported", context)


def restore_units(before: Mapping[str, State | None], context: Context) -> None:
    """Bring parts of municipalities back; one that an area holds since is protected."""
    _require_districts(context)
    towns = _towns({"municipality": subject.split(":")[1]} for subject in before)
    lock_municipalities([town.pk for town in towns.values()])
    gone = {subject for subject, state in before.items() if state is None}
    SubMunicipalUnit.objects.filter(pk__in=[row.pk for row in _units(gone, towns)]).delete()
    _update_units({subject: state for subject, state in before.items() if state}, towns)
    _tell_units(towns, "territory.units_restored", context)


def write_populations(changes: Sequence[Planned], context: Context) -> None:
    """Enter and change populations; one journal entry and one fact."""
    _require_operator(context)
    towns = _towns(change.after for change in changes)
    Population.objects.bulk_create(
        (
            Population(
                municipality=towns[change.after["municipality"]],
                year=change.after["year"],
                **{name: change.after[name] for name in PEOPLE},
            )
            for change in changes
            if change.before is None
        ),
        batch_size=CHUNK,
    )
    _update_populations({change.subject: change.after for change in changes if change.before})
    _tell_population("territory.population_imported", len(changes), context)


def restore_populations(before: Mapping[str, State | None], context: Context) -> None:
    """Bring populations back to what they were."""
    _require_operator(context)
    gone = [row.pk for row in _populations({s for s, state in before.items() if state is None})]
    for start in range(0, len(gone), CHUNK):
        Population.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    _update_populations({subject: state for subject, state in before.items() if state})
    _tell_population("territory.population_restored", len(before), context)


def _require_districts(context: Context) -> None:
    if not rules.may_edit_districts(
        context.actor, context.network.uid if context.network else None
    ):
        raise NotAllowed


def _require_operator(context: Context) -> None:
    if not rules.may_import_territory(context.actor):
        raise NotAllowed


def _towns(states: Iterable[State]) -> dict[str, Municipality]:
    rows = Municipality.objects.filter(uid__in={state["municipality"] for state in states})
    return {str(row.uid): row for row in rows}


def _unit(state: State, towns: Mapping[str, Municipality]) -> SubMunicipalUnit:
    row = SubMunicipalUnit(
        municipality=towns[state["municipality"]],
        code=state["code"],
        valid_from=_day(state["valid_from"]),
    )
    return _filled(row, state)


def _filled(row: SubMunicipalUnit, state: State) -> SubMunicipalUnit:
    row.name, row.term, row.source = state["name"], state["term"], state["source"]
    row.valid_until = _day(state["valid_until"])
    row.fold()
    return row


def _units(subjects: Collection[str], towns: Mapping[str, Municipality]) -> list[SubMunicipalUnit]:
    rows = SubMunicipalUnit.objects.filter(municipality__in=towns.values())
    return [
        row
        for row in rows.select_related("municipality")
        if unit_subject(row.municipality.uid, row.code, row.valid_from) in subjects
    ]


def _update_units(states: Mapping[str, State], towns: Mapping[str, Municipality]) -> None:
    rows = _units(states, towns) if states else []
    for row in rows:
        _filled(row, states[unit_subject(row.municipality.uid, row.code, row.valid_from)])
    fields = [*UNIT, "sort_key", "search_key"]
    SubMunicipalUnit.objects.bulk_update(rows, fields, batch_size=CHUNK)


def _tell_units(towns: Mapping[str, Municipality], action: str, context: Context) -> None:
    for town in towns.values():
        record(action=action, actor=context.actor, subject=town, network=context.network)
        announce(UnitsEntered(municipality=town.uid), network=context.network)


def _populations(subjects: Collection[str]) -> list[Population]:
    years = {int(subject.split(":")[2]) for subject in subjects}
    rows = Population.objects.filter(year__in=years).select_related("municipality")
    return [row for row in rows if population_subject(row.municipality.uid, row.year) in subjects]


def _update_populations(states: Mapping[str, State]) -> None:
    rows = _populations(states) if states else []
    for row in rows:
        state = states[population_subject(row.municipality.uid, row.year)]
        for name in PEOPLE:
            setattr(row, name, state[name])
    Population.objects.bulk_update(rows, PEOPLE, batch_size=CHUNK)


def _tell_population(action: str, rows: int, context: Context) -> None:
    # What was made of several is the sum of these.
    derive_populations()
    record(action=action, actor=context.actor, subject=None, values={"rows": rows})
    announce(PopulationImported(rows=rows))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
