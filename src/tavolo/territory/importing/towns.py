"""Which municipality a row means: by its code, with the name as a check, or by its name alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Fault, Given
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Period
from tavolo.kernel.models import Network
from tavolo.kernel.text import search_key
from tavolo.territory.models import Municipality, MunicipalityVersion, SubMunicipalUnit
from tavolo.territory.queries.editing import territory_periods

NO_TOWN = gettext_noop("Write the ISTAT code of the municipality, or its name.")
UNKNOWN_CODE = gettext_noop("No municipality has or had the ISTAT code %(code)s.")
UNKNOWN_NAME = gettext_noop("No municipality is called %(name)s.")
OTHER_NAME = gettext_noop("The code %(code)s is that of %(name)s, not of %(said)s.")
SEVERAL = gettext_noop("Several municipalities are called %(name)s: write the ISTAT code.")
NOT_YOURS = gettext_noop("%(name)s lies outside of the network’s territory in that time.")
NOT_THEN = gettext_noop("%(name)s exists from %(begins)s on.")
NO_MORE = gettext_noop("%(name)s ended on %(ends)s.")
NO_PART = gettext_noop("%(name)s has no part with the code %(code)s in that time.")
ENDS_FIRST = gettext_noop("The last day lies before the first.")

CODE, NAME = "istat_code", "municipality"


class Wrong(Exception):  # noqa: N818  what is wrong with a row
    def __init__(self, message: str, where: str = "", **values: Any) -> None:
        super().__init__(message)
        self.fault = Fault(message, values, where)


@dataclass(frozen=True)
class Bearer:
    """A municipality under a name and a code that it bore for a time."""

    town: Municipality
    istat_code: str
    search_key: str
    name: str
    period: Period


class Towns:
    """The municipalities that rows name; two queries, and three more for a network."""

    def __init__(self, rows: Sequence[Given], network: Network | None, actor: Actor) -> None:
        codes = {row.values.get(CODE) for row in rows} - {None}
        names = {search_key(row.values[NAME]) for row in rows if row.values.get(NAME)}
        self.by_code: dict[str, list[Bearer]] = defaultdict(list)
        self.by_name: dict[str, list[Bearer]] = defaultdict(list)
        self.ever: dict[int, set[str]] = defaultdict(set)
        self.keys: dict[int, set[str]] = defaultdict(set)
        named = MunicipalityVersion.objects.filter(
            Q(istat_code__in=codes) | Q(search_key__in=names)
        )
        for version in named.select_related("municipality").order_by("id"):
            town = version.municipality
            bearer = Bearer(
                town, version.istat_code, version.search_key, version.name, version.period
            )
            self.by_code[bearer.istat_code].append(bearer)
            self.by_name[bearer.search_key].append(bearer)
            self.ever[town.pk].add(bearer.search_key)
            self.keys[town.pk].add(bearer.search_key)
        everywhere = network is None or actor.has("operator")
        self.territory = None if everywhere or network is None else territory_periods(network)

    def find(self, row: Given, period: Period, today: date) -> Municipality:
        """Whom the row means in that time. Refuses with Wrong."""
        code, name = row.values.get(CODE), row.values.get(NAME)
        day = period.valid_from or today
        if code:
            town = self._by_code(code, name, day)
        elif name:
            town = self._by_name(name, period, day)
        else:
            raise Wrong(NO_TOWN, CODE)
        if not self.is_ours(town, period):
            raise Wrong(NOT_YOURS, CODE if code else NAME, name=town.name)
        return town

    def is_ours(self, town: Municipality, period: Period) -> bool:
        """Whether it is in the network's territory when that begins; without beginning, ever."""
        if self.territory is None:
            return True
        held = self.territory.get(town.pk, [])
        first = period.valid_from
        return any(first is None or first in one for one in held)

    def _by_code(self, code: str, name: str | None, day: date) -> Municipality:
        """Who bore the code on the day, else who bore it last; a name chooses among them."""
        bearers = self.by_code.get(code, [])
        if not bearers:
            raise Wrong(UNKNOWN_CODE, CODE, code=code)
        then = [bearer for bearer in bearers if day in bearer.period]
        likeliest = [*then, *reversed(bearers)]
        for bearer in likeliest:
            if not name or search_key(name) in self._names(bearer):
                return bearer.town
        raise Wrong(OTHER_NAME, NAME, code=code, name=likeliest[0].name, said=name)

    def _names(self, bearer: Bearer) -> set[str]:
        """What it was ever called, as far as the rows name it; of two languages either will do."""
        town = bearer.town
        called = [*bearer.name.split("/"), *town.name.split("/"), bearer.name, town.name]
        return {search_key(name) for name in called} | self.keys[town.pk]

    def _by_name(self, name: str, period: Period, day: date) -> Municipality:
        bearers = self.by_name.get(search_key(name), [])
        if not bearers:
            raise Wrong(UNKNOWN_NAME, NAME, name=name)
        then = [bearer for bearer in bearers if day in bearer.period] or bearers
        towns = {bearer.town.pk: bearer.town for bearer in then}
        ours = {pk: town for pk, town in towns.items() if self.is_ours(town, period)}
        if len(ours or towns) > 1:
            raise Wrong(SEVERAL, NAME, name=name)
        return next(iter((ours or towns).values()))


def within_life(town: Municipality, period: Period) -> Period:
    """The period, no longer than the municipality lives. Refuses with Wrong where it begins before."""
    begins, ends = period.valid_from, period.valid_until
    if begins and town.valid_from and begins < town.valid_from:
        raise Wrong(NOT_THEN, "valid_from", name=town.name, begins=shown(town.valid_from))
    if begins and town.valid_until and begins >= town.valid_until:
        raise Wrong(NO_MORE, "valid_from", name=town.name, ends=shown(town.valid_until))
    begins = begins or town.valid_from
    if ends is None or (town.valid_until and town.valid_until < ends):
        ends = town.valid_until
    if begins and ends and ends <= begins:
        raise Wrong(ENDS_FIRST, "last_day")
    return Period(begins, ends)


class Units:
    """The parts of municipalities that rows name; one query, none where no row names a part."""

    def __init__(self, rows: Sequence[Given]) -> None:
        codes = {row.values.get("unit") for row in rows} - {None}
        found = SubMunicipalUnit.objects.filter(code__in=codes) if codes else ()
        self.by_code: dict[tuple[int, str], list[SubMunicipalUnit]] = defaultdict(list)
        for unit in found:
            self.by_code[unit.municipality_id, unit.code].append(unit)

    def find(
        self, town: Municipality, code: str | None, period: Period, today: date
    ) -> SubMunicipalUnit | None:
        """The part with that code in that time; None where none is named. Refuses with Wrong."""
        if not code:
            return None
        day = period.valid_from or today
        for unit in self.by_code.get((town.pk, code), ()):
            if day in unit.period:
                return unit
        raise Wrong(NO_PART, "unit", name=town.name, code=code)


def period_of(row: Given, default: str | None = None) -> Period:
    """From the first day to the last of the row, the last included. Refuses with Wrong."""
    begins = day_of(row.values.get("valid_from") or default)
    last = day_of(row.values.get("last_day"))
    if begins and last and last < begins:
        raise Wrong(ENDS_FIRST, "last_day")
    return Period(begins, after(last))


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def after(last: date | None) -> date | None:
    """The exclusive end of what holds until that day; for ever where the calendar ends."""
    if last is None or last == date.max:
        return None
    return date.fromordinal(last.toordinal() + 1)


def shown(day: date) -> str:
    # A fault is kept as it was said, and read in any language: digits are the same in all.
    return day.strftime("%d/%m/%Y")


def day_before(until: date) -> date:
    """The last day of what ends on that day."""
    return date.fromordinal(until.toordinal() - 1)
