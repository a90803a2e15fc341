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
        self._areas: dict[int, Area] = {}
        self.nameless: list[str] = []
        self._begun = {
            city.province: city for city in self.known.cities if (CITY, city.code) in self._ids
        }

    def __contains__(self, province: str) -> bool:
        """Whether the province is here, or a metropolitan city in its place or of that code."""
        return (
            province in self._begun
            or (PROVINCE, province) in self._ids
            or (CITY, province) in self._ids
        )

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

    def region(self, code: str) -> Area | None:
        """The region of that code, if it is here."""
        pk = self._ids.get((REGION, code))
        return None if pk is None else self._area(pk)

    def homes_in(
        self, unit: str, *, region: str, begins: date | None, ends: date | None
    ) -> list[tuple[Area, date | None, date | None]]:
        """Where somebody is at home who is in that unit and region in that time, with its days.

        `unit` is the code of a province, or from 200 on of a metropolitan city. What is not here is
        made and called by its code: no list says what it is called.
        """
        known = next((city for city in self.known.cities if city.code == unit), None)
        province = known.province if known else unit
        if province not in self:
            self._make_unit(province, region)
        spell = Spell(code="", begins=begins or date.min, name="", province=province, ends=ends)
        stays = [(self._area(s.area), s.begins, s.ends) for s in self._provincial(spell)]
        above = self.region(region) or stays[-1][0].parent
        return [*stays, (above, begins, ends)] if above else stays

    def _make_unit(self, code: str, region: str) -> None:
        if code in self.known.provinces:
            self._make(self._former(code, ""))
            return
        label = f"Unità territoriale {code}"
        kind = CITY if code >= FIRST_CITY else PROVINCE
        parent = self._ids.get((REGION, region))
        self._make(Area(kind=kind, code=code, name=label, title=label, parent_id=parent))
        self.nameless.append(code)

    def _area(self, pk: int) -> Area:
        if pk not in self._areas:
            self._areas |= Area.objects.select_related("parent").in_bulk()
        return self._areas[pk]

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
            kind = PROVINCE if (PROVINCE, spell.province) in self._ids else CITY
            yield Stay(self._ids[kind, spell.province], kind, begins, spell.ends)
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
