"""Where municipalities are at home: regions, provinces, and metropolitan cities from their first day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tavolo.territory.known import KnownChanges, KnownCity, known_changes
from tavolo.territory.lives import Life, Spell, joined
from tavolo.territory.models import Area, AreaAlias, AreaMembership
from tavolo.territory.titles import title_of

PROVINCE, CITY, REGION = "province", "metropolitan_city", "region"
PROVINCIAL = (PROVINCE, CITY)
HOMES = (*PROVINCIAL, REGION)
# Statistical codes of units above the municipality: from here on they are metropolitan cities.
FIRST_CITY = "200"


def since(day: date) -> date | None:
    """The beginning that is stored: the first day of the calendar says "since before the data"."""
    return None if day == date.min else day


@dataclass(frozen=True)
class Stay:
    """That a municipality is in an area for a time (half-open)."""

    area: int
    kind: str
    begins: date | None
    ends: date | None
    source: str = ""


class Homes:
    """The areas that municipalities are at home in, by code; those that are missing are made."""

    def __init__(self, known: KnownChanges | None = None) -> None:
        self.known = known or known_changes()
        self._ids = {
            (kind, code): pk
            for pk, kind, code in Area.objects.filter(kind__in=HOMES).values_list(
                "id", "kind", "code"
            )
        }
        self._begun = {
            city.province: city for city in self.known.cities if (CITY, city.code) in self._ids
        }

    def __contains__(self, province: str) -> bool:
        """Whether the province, or the metropolitan city in its place, is here."""
        return (PROVINCE, province) in self._ids or province in self._begun

    def beginnings(self) -> Iterator[date]:
        """The first days of the metropolitan cities that are here."""
        return (city.begins for city in self._begun.values())

    def cities(self) -> Iterator[tuple[int, int, KnownCity]]:
        """The metropolitan cities that are here: their key, that of their province, what is known."""
        for province, city in self._begun.items():
            yield self._ids[CITY, city.code], self._ids[PROVINCE, province], city

    def make_provinces_of_cities(self) -> None:
        """The province that each metropolitan city came after, as an area with that successor."""
        codes = [(CITY, city.code) for city in self._begun.values()]
        cities = Area.objects.in_bulk([self._ids[key] for key in codes])
        for province, city in self._begun.items():
            after = cities[self._ids[CITY, city.code]]
            if (PROVINCE, province) not in self._ids:
                self._make(
                    Area(
                        kind=PROVINCE,
                        code=province,
                        name=after.name,
                        title=title_of(province, after.name, metropolitan=False),
                        short=after.short,
                        parent_id=after.parent_id,
                        successor=after,
                    )
                )
        # The old code is that of an area now, and no other name of the city any more.
        AreaAlias.objects.filter(kind=PROVINCE, code__in=self._begun).delete()

    def make_provinces(self, spells: Iterable[Spell]) -> None:
        """Those provinces of the spells that are not there; no more than its letters may be known."""
        short = {spell.province: spell.short for spell in spells}
        for code in sorted(short):
            if code not in self:
                self._make(self._former(code, short[code]))

    def _former(self, code: str, short: str) -> Area:
        known = self.known.provinces.get(code)
        if known is None:
            name = short or code
            return Area(
                kind=PROVINCE, code=code, name=name, title=f"Provincia {name}", short=short[:4]
            )
        return Area(
            kind=PROVINCE,
            code=code,
            name=known.name,
            title=known.title,
            short=known.short,
            parent_id=self._ids.get((REGION, known.region)),
        )

    def make_unit(self, code: str, region: str) -> int:
        """The province or metropolitan city of that code; one that is not there is called by it."""
        kind = CITY if code >= FIRST_CITY else PROVINCE
        if (kind, code) not in self._ids:
            label = f"Unità territoriale {code}"
            parent = self._ids.get((REGION, region))
            self._make(Area(kind=kind, code=code, name=label, title=label, parent_id=parent))
        return self._ids[kind, code]

    def _make(self, area: Area) -> None:
        area.save()
        self._ids[area.kind, area.code] = area.pk

    def stays_of(self, life: Life) -> list[Stay]:
        """Its provinces, metropolitan cities and regions; a region that is not here is left out."""
        stays = [
            stay for spell in joined(life.spells, "province") for stay in self._provincial(spell)
        ]
        for spell in joined(life.spells, "region"):
            region = self._ids.get((REGION, spell.region))
            if region is not None:
                stays.append(Stay(region, REGION, since(spell.begins), spell.ends))
        return stays

    def _provincial(self, spell: Spell) -> Iterator[Stay]:
        city, begins = self._begun.get(spell.province), since(spell.begins)
        if city is None or (spell.ends is not None and spell.ends <= city.begins):
            yield Stay(self._ids[PROVINCE, spell.province], PROVINCE, begins, spell.ends)
            return
        if spell.begins < city.begins:
            yield Stay(self._ids[PROVINCE, spell.province], PROVINCE, begins, city.begins)
        first = max(spell.begins, city.begins)
        yield Stay(self._ids[CITY, city.code], CITY, first, spell.ends, city.source)


def begin_cities(homes: Homes) -> int:
    """Put the province before each metropolitan city where a membership has no beginning.

    Returns how many memberships there are more.
    """
    made = 0
    for city, province, known in homes.cities():
        always = AreaMembership.objects.filter(area=city, valid_from__isnull=True, unit=None)
        always.filter(valid_until__lte=known.begins).update(area=province)
        towns = list(always.values_list("municipality", flat=True))
        AreaMembership.objects.bulk_create(
            AreaMembership(
                area_id=province, municipality_id=town, valid_until=known.begins, source=""
            )
            for town in towns
        )
        always.update(valid_from=known.begins, source=known.source)
        made += len(towns)
    return made
