"""Who lives in each municipality, as a spreadsheet; for whoever runs the installation."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tavolo.imports import values
from tavolo.imports.plugs import (
    CellFault,
    Context,
    Fault,
    Field,
    Given,
    Plan,
    Planned,
    State,
    import_kinds,
)
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.territory import rules
from tavolo.territory.actions.imported_tables import restore_populations, write_populations
from tavolo.territory.importing.columns import MUNICIPALITY, SOURCE
from tavolo.territory.importing.towns import Towns, Wrong
from tavolo.territory.models import Municipality, Population
from tavolo.territory.queries.imported import (
    population_state,
    population_states,
    population_subject,
)

OTHER_TOTAL = gettext_noop("%(women)s women and %(men)s men are not %(total)s residents.")
OTHER_AGES = gettext_noop("By age there are %(sum)s, and not %(said)s.")
ONE_SIDE = gettext_noop("Ages are given for women and men alike, in the same bands.")
NO_YEAR = gettext_noop("%(year)s is no year of a count.")
NO_AGES = gettext_noop("“%(said)s” is not by age: write for instance 0: 60; 14: 300; 65: 160.")
YEARS = range(1861, 2200)
MANY = 2_147_483_647  # what the column holds

Bands = list[list[int]]


class Ages:
    """By age: the first age of each band and how many there are, `0: 60; 14: 300; 65: 160`."""

    def __call__(self, said: str) -> Bands:
        bands = [re.fullmatch(r"\s*(\d{1,3})\s*:\s*(\d{1,9})\s*", part) for part in said.split(";")]
        known = [[int(found[1]), int(found[2])] for found in bands if found]
        ages = [age for age, _people in known]
        if len(known) != len(bands) or ages != sorted(set(ages)) or ages[0] != 0:
            raise CellFault(NO_AGES, said=said[:60])
        return known

    def written(self, value: Any) -> str:
        return "; ".join(f"{age}: {people}" for age, people in value)


class Populations:
    """A population is told apart by municipality and year; without ages those that are known stay."""

    key = "population"
    slug = "popolazione"
    label: Sentence = _("Population")
    help: Sentence = _("A row for each municipality and year: who lived there on 1 January.")
    fields: Sequence[Field] = (
        *MUNICIPALITY,
        Field(
            "year",
            _("Year"),
            values.whole_number(),
            required=True,
            aliases=("anno",),
            example="2026",
        ),
        Field(
            "women",
            _("Women"),
            values.whole_number(),
            required=True,
            aliases=("donne", "femmine"),
            example="5120",
        ),
        Field(
            "men",
            _("Men"),
            values.whole_number(),
            required=True,
            aliases=("uomini", "maschi"),
            example="4870",
        ),
        Field(
            "total",
            _("Residents"),
            values.whole_number(),
            aliases=("totale", "popolazione"),
            help=_("Checked against the sum of women and men."),
        ),
        Field("women_by_age", _("Women by age"), Ages(), aliases=("donne per età",)),
        Field("men_by_age", _("Men by age"), Ages(), aliases=("uomini per età",)),
        SOURCE,
    )
    options: Sequence[Field] = ()

    def may(self, actor: Actor, network: Network | None) -> bool:
        return network is None and rules.may_import_territory(actor)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        towns = Towns(rows, None, context.actor)
        faults: list[tuple[int, Fault]] = []
        wanted: dict[int, tuple[Given, Municipality]] = {}
        for row in rows:
            try:
                _refuse_impossible(row.values)
                day = date(row.values["year"], 1, 1)
                wanted[row.number] = row, towns.find(row, Period(day, None), day)
            except Wrong as wrong:
                faults.append((row.number, wrong.fault))
        there = population_states(
            [population_subject(town.uid, row.values["year"]) for row, town in wanted.values()]
        )
        return Plan([_planned(row, town, there) for row, town in wanted.values()], faults)

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_populations(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:  # noqa: ARG002  the contract's
        return population_states(subjects)

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        restore_populations(before, context)

    def told(self, state: State) -> Mapping[str, Any]:
        return {name: state[name] for name in ("women", "men", "total", "source")}

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002  the contract's
        rows = Population.objects.select_related("municipality").order_by(
            "year", "municipality__istat_code", "id"
        )
        for row in rows.iterator(chunk_size=500):
            yield {
                "istat_code": row.municipality.istat_code,
                "municipality": row.municipality.name,
                **{name: getattr(row, name) for name in ("year", "women", "men", "total")},
                "women_by_age": _ages(row.bands, "women"),
                "men_by_age": _ages(row.bands, "men"),
                "source": row.source or None,
            }


def _refuse_impossible(said: Mapping[str, Any]) -> None:
    women, men, total = said["women"], said["men"], said.get("total")
    if said["year"] not in YEARS:
        raise Wrong(NO_YEAR, "year", year=said["year"])
    if (total is not None and total != women + men) or min(women, men) < 0 or women + men > MANY:
        raise Wrong(OTHER_TOTAL, "total", women=women, men=men, total=total)
    ages = {name: said.get(f"{name}_by_age") for name in ("women", "men")}
    if [age for age, _n in ages["women"] or ()] != [age for age, _n in ages["men"] or ()]:
        raise Wrong(ONE_SIDE, "men_by_age")
    for name, bands in ages.items():
        if bands and sum(people for _age, people in bands) != said[name]:
            raise Wrong(
                OTHER_AGES,
                f"{name}_by_age",
                sum=sum(people for _age, people in bands),
                said=said[name],
            )


def _planned(row: Given, town: Municipality, there: Mapping[str, State]) -> Planned:
    said = row.values
    subject = population_subject(town.uid, said["year"])
    before = there.get(subject)
    same = before is not None and (before["women"], before["men"]) == (said["women"], said["men"])
    # Ages that are known stay where the sums are the same, and are forgotten where they are not.
    bands = _bands(said) or (before["bands"] if before and same else {})
    source = said.get("source") or (before["source"] if before else "")
    after = population_state(
        Population(
            municipality=town,
            year=said["year"],
            women=said["women"],
            men=said["men"],
            total=said["women"] + said["men"],
            bands=bands,
            # What was a sum stays one until another source counts it, or other people.
            derived=bool(before and same and before["derived"] and source == before["source"]),
            source=source,
        )
    )
    return Planned(row.number, subject, f"{town.name}, {said['year']}", before, after)


def _bands(said: Mapping[str, Any]) -> dict[str, list[int]]:
    women, men = said.get("women_by_age"), said.get("men_by_age")
    if not women or not men:
        return {}
    return {
        "from": [age for age, _people in women],
        "women": [people for _age, people in women],
        "men": [people for _age, people in men],
    }


def _ages(bands: Mapping[str, Sequence[int]], name: str) -> Bands | None:
    if not bands:
        return None
    return [list(pair) for pair in zip(bands["from"], bands[name], strict=True)]


import_kinds.add(Populations())
