"""Municipalities with their names, codes and homes in memory: changed one by one, written at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db import models

from tavolo.territory.actions.homes import HOMES, PROVINCIAL, REGION, Homes
from tavolo.territory.models import AreaMembership, Municipality, MunicipalityVersion

M = TypeVar("M", bound=models.Model)

CHUNK = 500
NAMED = ("name", "sort_key", "search_key", "istat_code", "valid_from", "valid_until")
DATED = ("valid_from", "valid_until")
LIVED = (*NAMED, "province", "region")


@dataclass(eq=False)
class Town:
    """A municipality with its versions and the areas that it is at home in."""

    row: Municipality
    versions: list[MunicipalityVersion] = field(default_factory=list)
    homes: list[AreaMembership] = field(default_factory=list)
    gone: list[AreaMembership] = field(default_factory=list)
    is_changed: bool = False

    def version_on(self, day: date) -> MunicipalityVersion | None:
        return next((version for version in self.versions if day in version.period), None)

    def forget(self, homes: Iterable[AreaMembership]) -> None:
        """Those memberships are to go."""
        gone = list(homes)
        self.gone += gone
        self.homes = [home for home in self.homes if home not in gone]

    def last(self) -> MunicipalityVersion:
        return max(self.versions, key=lambda version: version.valid_from or date.min)


class Ledger:
    """All municipalities that ever bore one of the codes; four queries for each chunk of codes."""

    def __init__(self, codes: Iterable[str], homes: Homes, source: str) -> None:
        self.homes = homes
        self.source = source
        self.towns: dict[int, Town] = {}
        self._made: list[Town] = []
        self._bearers: dict[str, list[Town]] = defaultdict(list)
        wanted = sorted(set(codes))
        for start in range(0, len(wanted), CHUNK):
            self._load(wanted[start : start + CHUNK])

    def _load(self, codes: Sequence[str]) -> None:
        bearers = MunicipalityVersion.objects.filter(istat_code__in=codes).values("municipality")
        rows = Municipality.objects.filter(pk__in=bearers)
        new = {row.pk: Town(row) for row in rows if row.pk not in self.towns}
        self.towns |= new
        for version in MunicipalityVersion.objects.filter(municipality__in=new):
            new[version.municipality_id].versions.append(version)
        memberships = AreaMembership.objects.filter(
            municipality__in=new, area__kind__in=HOMES, unit=None
        )
        for membership in memberships.select_related("area"):
            new[membership.municipality_id].homes.append(membership)
        for town in new.values():
            self._index(town)

    def _index(self, town: Town) -> None:
        for code in {version.istat_code for version in town.versions}:
            self._bearers[code].append(town)

    def bearer(self, code: str, day: date) -> Town | None:
        """Who bears the code on that day."""
        for town in self._bearers[code]:
            version = town.version_on(day)
            if version is not None and version.istat_code == code:
                return town
        return None

    def all(self) -> Iterator[Town]:
        yield from self.towns.values()
        yield from self._made

    def make(
        self,
        code: str,
        name: str,
        *,
        begins: date | None,
        ends: date | None,
        unit: str,
        region: str,
    ) -> Town:
        """A municipality that was not there, at home in the province of its unit or of its code."""
        town = Town(Municipality(), is_changed=True)
        town.versions.append(self._version(town, code, name, begins, ends))
        self._settle(town, unit or code[:3], region, begins, ends)
        self._made.append(town)
        self._index(town)
        return town

    def _settle(
        self, town: Town, unit: str, region: str, begins: date | None, ends: date | None
    ) -> None:
        for area, first, end in self.homes.homes_in(unit, region=region, begins=begins, ends=ends):
            town.homes.append(
                AreaMembership(
                    area=area,
                    municipality=town.row,
                    valid_from=first,
                    valid_until=end,
                    source=self.source,
                )
            )

    def end(self, town: Town, day: date) -> None:
        """It is no more from that day on; where it would have been later is taken out."""
        town.is_changed = True
        for row in (*town.versions, *town.homes):
            if day in row.period and row.valid_from != day:
                row.valid_until = day
        town.forget(home for home in town.homes if home.valid_from and home.valid_from >= day)

    def begin(self, town: Town, day: date) -> None:
        """It was not there before that day."""
        town.is_changed = True
        for version in town.versions:
            if day in version.period:
                version.valid_from = day
        town.forget(home for home in town.homes if home.valid_until and home.valid_until <= day)
        for home in town.homes:
            if home.valid_from is None or home.valid_from < day:
                home.valid_from = day

    def split(self, town: Town, day: date, *, code: str = "", name: str = "") -> None:
        """From that day on it bears another code or name, until what was entered for later."""
        old = town.version_on(day)
        if old is None:
            return
        town.is_changed = True
        if old.valid_from == day:
            old.istat_code, old.name = code or old.istat_code, name or old.name
            old.verbatim = name or old.verbatim
            old.fold()
        else:
            new = self._version(
                town, code or old.istat_code, name or old.name, day, old.valid_until
            )
            new.cadastral_code = old.cadastral_code
            old.valid_until = day
            town.versions.append(new)
        self._index(town)

    def move(self, town: Town, day: date, *, unit: str, region: str) -> bool:
        """From that day on it is at home in that unit and region; says whether that is new.

        Where nobody says in which region the unit lies, it stays in its own.
        """
        ends = town.last().valid_until
        wanted = self.homes.homes_in(unit, region=region, begins=day, ends=ends)
        told = {REGION, *PROVINCIAL} if wanted[-1][0].kind == REGION else {*PROVINCIAL}
        homes = [home for home in town.homes if home.area.kind in told]
        old = [home for home in homes if day in home.period]
        on_day = {area.pk for area, begins, _ends in wanted if begins == day}
        if {home.area_id for home in old} == on_day:
            return False
        town.is_changed = True
        for home in old:
            home.valid_until = day
        # What began that day or later was told of where it moves from.
        town.forget(home for home in homes if home.valid_from and home.valid_from >= day)
        self._settle(town, unit, region, day, ends)
        return True

    def _version(
        self, town: Town, code: str, name: str, begins: date | None, ends: date | None
    ) -> MunicipalityVersion:
        row = MunicipalityVersion(
            municipality=town.row,
            istat_code=code,
            name=name,
            verbatim=name,
            valid_from=begins,
            valid_until=ends,
            source=self.source,
        )
        row.fold()
        return row

    def write(self) -> None:
        """Everything that changed, so that no two ever bear a code at once on the way."""
        changed = [town for town in self.all() if town.is_changed]
        for town in changed:
            _sum_up(town)
        there = [town.row for town in changed if town.row.pk]
        # Until each has its own code, none of these lives.
        Municipality.objects.filter(pk__in=[row.pk for row in there]).update(valid_until=date.max)
        AreaMembership.objects.filter(
            pk__in=[h.pk for t in changed for h in t.gone if h.pk]
        ).delete()
        versions = [version for town in changed for version in town.versions]
        homes = [home for town in changed for home in town.homes]
        _update(MunicipalityVersion, versions, [*NAMED, "verbatim"])
        _update(AreaMembership, homes, DATED)
        _update(Municipality, there, LIVED)
        Municipality.objects.bulk_create([t.row for t in changed if not t.row.pk], CHUNK)
        MunicipalityVersion.objects.bulk_create([v for v in versions if not v.pk], CHUNK)
        AreaMembership.objects.bulk_create([home for home in homes if not home.pk], CHUNK)


def _update(model: type[M], rows: Iterable[M], fields: Sequence[str]) -> None:
    known = [row for row in rows if row.pk]
    model._default_manager.bulk_update(known, fields, batch_size=CHUNK)  # noqa: SLF001  # Django's public name for it


def _sum_up(town: Town) -> None:
    """The row of the municipality says what is true last."""
    last, row = town.last(), town.row
    row.name, row.istat_code = last.name, last.istat_code
    beginnings = [version.valid_from for version in town.versions]
    row.valid_from = None if None in beginnings else min(day for day in beginnings if day)
    row.valid_until = last.valid_until
    homes = sorted(town.homes, key=lambda home: home.valid_from or date.min)
    for home in homes:
        if home.area.kind in PROVINCIAL:
            row.province = home.area
        elif home.area.kind == REGION:
            row.region = home.area
    row.fold()
