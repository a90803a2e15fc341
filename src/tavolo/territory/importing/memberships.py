"""What rows of memberships would change: who begins, who ends, who is taken from another area."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Fault, Given, Likely, Plan, Planned
from tavolo.kernel.dated import Period
from tavolo.territory.importing.areas import Areas, Meant, new_state
from tavolo.territory.importing.towns import (
    Towns,
    Units,
    Wrong,
    day_before,
    period_of,
    shown,
    within_life,
)
from tavolo.territory.models import AreaMembership, Municipality, SubMunicipalUnit
from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.imported import (
    State,
    area_subject,
    membership_state,
    membership_subject,
)

BEGINS_LATER = gettext_noop(
    "%(place)s belongs to the area from %(begins)s on. Put its beginning right on the page of the area."
)
ENDS_THERE = gettext_noop(
    "%(place)s belongs to the area until %(last)s. Write the last day, or put it right on the page of the area."
)
SEVERAL_TIMES = gettext_noop(
    "%(place)s belongs to the area several times in that time. Put it right on the page of the area."
)
IN_TWO = gettext_noop(
    "%(place)s lies in “%(area)s” in that time, and in one area of this kind at most."
)
TWO_ROWS = gettext_noop("Row %(row)s puts %(place)s into “%(area)s” in the same time.")
TWICE = gettext_noop("Row %(row)s says something else of the same municipality in the same area.")

Key = tuple[str, str]


@dataclass(frozen=True)
class Spell:
    """A membership: as it is there (`before`), or as a row (`number`) wants it."""

    area: Meant
    town: Municipality
    unit: SubMunicipalUnit | None
    period: Period
    source: str
    demonstration: bool
    number: int = 0
    before: State | None = None

    @property
    def subject(self) -> str:
        begins = self.period.valid_from
        unit = self.unit.uid if self.unit else None
        return membership_subject(self.area.kind, self.area.code, self.town.uid, unit, begins)

    @property
    def state(self) -> State:
        return membership_state(
            self.area.kind,
            self.area.code,
            self.town.uid,
            self.unit.uid if self.unit else None,
            self.period.valid_from,
            self.period.valid_until,
            self.source,
            self.demonstration,
        )

    @property
    def place(self) -> str:
        return f"{self.unit.name} ({self.town.name})" if self.unit else self.town.name

    def same_place(self, other: "Spell") -> bool:
        return self.town.pk == other.town.pk and self.unit == other.unit

    def meets(self, other: "Spell") -> bool:
        """Whether both hold some part of one municipality on some day."""
        return (
            self.town.pk == other.town.pk
            and (self.unit == other.unit or None in (self.unit, other.unit))
            and self.period.overlaps(other.period)
        )

    def planned(self, number: int) -> Planned:
        label = f"{self.place}, {self.area.name}"
        return Planned(number, self.subject, label, self.before, self.state)


class Memberships:
    """One planning; the number of queries does not depend on that of the rows."""

    def __init__(self, rows: Sequence[Given], context: Context) -> None:
        self.rows = rows
        self.context = context
        said = {row.values.get("kind") or context.options.get("kind") for row in rows}
        kinds: set[str] = {kind for kind in said if kind}
        self.areas = Areas(kinds, context)
        self.towns = Towns(rows, context.network, context.actor)
        self.units = Units(rows)
        self.faults: list[tuple[int, Fault]] = []
        self.likely: list[Likely] = []

    def plan(self) -> Plan:
        wanted = list(self._read())
        there = self._there({spell.town.pk for spell in wanted}, {s.area.kind for s in wanted})
        spells = self._without_twins(list(self._met(wanted, there)))
        ended = list(self._taken_over(spells, there))
        wrong = {number for number, _fault in self.faults}
        good = [spell for spell in spells if spell.number not in wrong]
        memberships = [spell.planned(spell.number) for spell in good]
        taken = [spell.planned(number) for number, spell in ended if number not in wrong]
        return Plan([*self._new_areas(good), *memberships, *taken], self.faults, self.likely)

    def _read(self) -> Iterator[Spell]:
        """What each row says, of those that can be understood."""
        default = self.context.options.get("valid_from")
        for row in self.rows:
            try:
                area = self.areas.find(row)
                said = period_of(row, default)
                town = self.towns.find(row, said, self.context.on)
                unit = self.units.find(town, row.values.get("unit"), said, self.context.on)
                period = within_life(town, said)
            except Wrong as wrong:
                self.faults.append((row.number, wrong.fault))
                continue
            questions = list(self.areas.nearly(row, area))
            self.likely += questions
            if not questions:
                yield Spell(
                    area,
                    town,
                    unit,
                    period,
                    source=row.values.get("source") or "",
                    demonstration=bool(row.values.get("demonstration")),
                    number=row.number,
                )

    def _there(self, towns: Collection[int], kinds: Collection[str]) -> dict[Any, list[Spell]]:
        """The memberships of these municipalities in these kinds, by both; one query."""
        found: dict[Any, list[Spell]] = defaultdict(list)
        rows = AreaMembership.objects.filter(area__kind__in=kinds, municipality__in=towns)
        for row in rows.select_related("area", "municipality", "unit").order_by("id"):
            spell = Spell(
                Meant(row.area.kind, row.area.code, row.area.name, row.area.pk),
                row.municipality,
                row.unit,
                row.period,
                row.source,
                row.demonstration,
            )
            found[row.area.kind, row.municipality_id].append(replace(spell, before=spell.state))
        return found

    def _met(self, wanted: Sequence[Spell], there: dict[Any, list[Spell]]) -> Iterator[Spell]:
        """Each row against what the area holds already of the same place."""
        values = {row.number: row.values for row in self.rows}
        for spell in wanted:
            known = [
                other
                for other in there[spell.area.kind, spell.town.pk]
                if other.area.code == spell.area.code
                and other.same_place(spell)
                and other.period.overlaps(spell.period)
            ]
            if len(known) > 1:
                self._fault(spell, SEVERAL_TIMES, place=spell.place)
            elif known:
                yield from self._otherwise(known[0], spell, values[spell.number])
            else:
                yield spell

    def _otherwise(self, known: Spell, spell: Spell, values: Mapping[str, Any]) -> Iterator[Spell]:
        """What is there, with what the row says of it; an empty cell says nothing."""
        said = values.get("valid_from") or self.context.options.get("valid_from")
        begins, ends = known.period.valid_from, known.period.valid_until
        if said and begins and _later(known.period, spell.period):
            self._fault(spell, BEGINS_LATER, place=spell.place, begins=shown(begins))
        elif said and ends and not values.get("last_day") and ends != spell.period.valid_until:
            self._fault(spell, ENDS_THERE, place=spell.place, last=shown(day_before(ends)))
        else:
            told = values.get("demonstration")
            yield replace(
                known,
                period=Period(begins, spell.period.valid_until if values.get("last_day") else ends),
                source=spell.source or known.source,
                demonstration=known.demonstration if told is None else told,
                number=spell.number,
            )

    def _without_twins(self, spells: Sequence[Spell]) -> list[Spell]:
        """Rows that say two things of one membership are both wrong; the same twice the engine finds."""
        by_subject: dict[str, list[Spell]] = defaultdict(list)
        for spell in spells:
            by_subject[spell.subject].append(spell)
        twins = {
            spell.number: next(other.number for other in same if other.state != spell.state)
            for same in by_subject.values()
            for spell in same
            if any(other.state != spell.state for other in same)
        }
        for spell in spells:
            if spell.number in twins:
                self._fault(spell, TWICE, row=twins[spell.number])
        return [spell for spell in spells if spell.number not in twins]

    def _taken_over(
        self, spells: Sequence[Spell], there: dict[Any, list[Spell]]
    ) -> Iterator[tuple[int, Spell]]:
        """Where the kind partitions: what another area holds ends when the row begins, if it can."""
        by_place: dict[Any, list[Spell]] = defaultdict(list)
        for spell in spells:
            by_place[spell.area.kind, spell.town.pk].append(spell)
        for key, mine in by_place.items():
            yield from self._settled(mine, there[key])

    def _settled(self, mine: Sequence[Spell], there: Sequence[Spell]) -> list[tuple[int, Spell]]:
        """What ends of what is there; a row that is wrong leaves it, perhaps in the way of another."""
        while True:
            said = {spell.subject for spell in mine}
            others = [spell for spell in there if spell.subject not in said]
            known = len(self.faults)
            ended = [end for spell in mine for end in self._making_room(spell, mine, others)]
            wrong = {number for number, _fault in self.faults[known:]}
            if not wrong:
                return ended
            mine = [spell for spell in mine if spell.number not in wrong]

    def _making_room(
        self, spell: Spell, mine: Sequence[Spell], others: Sequence[Spell]
    ) -> Iterator[tuple[int, Spell]]:
        partitions = area_kinds.get(spell.area.kind).partitions
        for other in mine:
            if (
                other.subject != spell.subject
                and spell.meets(other)
                and (partitions or other.area.code == spell.area.code)
            ):
                self._fault(
                    spell, TWO_ROWS, row=other.number, place=spell.place, area=other.area.name
                )
                return
        for other in others:
            if not spell.meets(other) or not (partitions or other.area.code == spell.area.code):
                continue
            if _gives_way(other.period, spell.period) and other.area.code != spell.area.code:
                shorter = Period(other.period.valid_from, spell.period.valid_from)
                yield spell.number, replace(other, period=shorter)
            else:
                self._fault(spell, IN_TWO, place=other.place, area=other.area.name)
                return

    def _new_areas(self, spells: Sequence[Spell]) -> Iterator[Planned]:
        """Each area that is not there yet, with the first good row that names it."""
        made: set[Key] = set()
        parent = None
        for spell in spells:
            area = spell.area
            if area.pk is None and (area.kind, area.code) not in made:
                parent = parent or self.areas.parent()
                made.add((area.kind, area.code))
                subject = area_subject(area.kind, area.code)
                after = new_state(area, parent)
                yield Planned(spell.number, subject, area.name, None, after)

    def _fault(self, spell: Spell, message: str, **values: Any) -> None:
        self.faults.append((spell.number, Fault(message, values)))


def _later(known: Period, said: Period) -> bool:
    """Whether what is there begins after what is said begins."""
    if known.valid_from is None:
        return False
    return said.valid_from is None or said.valid_from < known.valid_from


def _gives_way(other: Period, said: Period) -> bool:
    """Whether the one can end where the other begins, and nothing of it is left after that ends."""
    if said.valid_from is None:
        return False
    begun = other.valid_from is None or other.valid_from < said.valid_from
    covered = said.valid_until is None or (
        other.valid_until is not None and other.valid_until <= said.valid_until
    )
    return begun and covered
