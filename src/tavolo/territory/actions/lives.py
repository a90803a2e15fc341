"""Writing lives: the versions and the homes of municipalities as a source tells them, all at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from django.db import models

from tavolo.kernel.text import search_key
from tavolo.territory.actions.homes import HOMES, PROVINCIAL, REGION, Homes, Stay, since
from tavolo.territory.extract import written_names
from tavolo.territory.known import KnownChanges
from tavolo.territory.lives import Life, Spell, joined
from tavolo.territory.models import AreaMembership, Municipality, MunicipalityVersion
from tavolo.territory.spelling import written_well

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
Progress = Callable[[int, int], None]

CHUNK = 500
_LIVING = {"istat_code", "valid_until"}
_LOST = "¿"  # what a source has where it has lost a letter
LIVED = (
    "name",
    "sort_key",
    "search_key",
    "istat_code",
    "province",
    "region",
    "valid_from",
    "valid_until",
)


@dataclass(frozen=True)
class Laid:
    """How many municipalities were made and changed, and how many rows about them written anew."""

    made: int
    changed: int
    versions: int
    memberships: int

    def __bool__(self) -> bool:
        return any((self.made, self.changed, self.versions, self.memberships))


@dataclass
class _Plan:
    """What one life comes to: its row, what stays, what goes, what is new."""

    town: Municipality
    is_new: bool
    changed: tuple[str, ...] = ()
    versions: list[MunicipalityVersion] = field(default_factory=list)
    memberships: list[AreaMembership] = field(default_factory=list)
    gone_versions: list[int] = field(default_factory=list)
    gone_memberships: list[int] = field(default_factory=list)


def lay_lives(
    lives: Sequence[Life],
    *,
    homes: Homes,
    horizon: date,
    source: str,
    progress: Progress = lambda _done, _total: None,
) -> Laid:
    """Bring municipalities, their versions, provinces and regions to what the lives say.

    A life with an owner is that municipality's, every other one makes a new municipality. What
    begins after `horizon`, the last day that the source knows of, stays as it was entered. What is
    there as it should be is not touched. Queries are constant in each chunk of lives.
    """
    return _Laying(lives, homes, horizon, source, progress).lay()


class _Laying:
    def __init__(
        self, lives: Sequence[Life], homes: Homes, horizon: date, source: str, progress: Progress
    ) -> None:
        self.lives = lives
        self.homes = homes
        self.horizon = horizon
        # Of metropolitan cities we know, whatever the source knows.
        self.homes_horizon = max([horizon, *homes.beginnings()])
        self.source = source
        self.progress = progress
        self.spell = _speller(homes.known)
        self.towns: dict[int, Municipality] = {}
        self.versions: dict[int, list[MunicipalityVersion]] = defaultdict(list)
        self.memberships: dict[int, list[AreaMembership]] = defaultdict(list)
        self.done = 0
        self.total = len(lives) * 4

    def lay(self) -> Laid:
        self.homes.make_provinces(spell for life in self.lives for spell in life.spells)
        for chunk in self._chunks([life.owner for life in self.lives if life.owner]):
            self._load(chunk)
        plans = [self._plan(life) for life in self.lives]
        # First whatever goes: a code and its first day are free for another only then.
        self._delete(plans)
        self._write_towns(plans)
        self._create(MunicipalityVersion, (row for plan in plans for row in plan.versions))
        self._create(AreaMembership, (row for plan in plans for row in plan.memberships))
        self.progress(self.total, self.total)
        return Laid(
            made=sum(plan.is_new for plan in plans),
            changed=sum(bool(plan.changed) for plan in plans),
            versions=sum(len(plan.versions) for plan in plans),
            memberships=sum(len(plan.memberships) for plan in plans),
        )

    def _load(self, owners: Sequence[int]) -> None:
        self.towns |= Municipality.objects.in_bulk(owners)
        for version in MunicipalityVersion.objects.filter(municipality__in=owners):
            self.versions[version.municipality_id].append(version)
        at_home = AreaMembership.objects.filter(
            municipality__in=owners, area__kind__in=HOMES, unit=None
        )
        for membership in at_home.select_related("area"):
            self.memberships[membership.municipality_id].append(membership)

    def _plan(self, life: Life) -> _Plan:
        town = self.towns[life.owner] if life.owner else Municipality()
        plan = _Plan(town, is_new=life.owner is None)
        before = _state(town)
        versions = self._plan_versions(life, plan)
        homes = self._plan_memberships(life, plan)
        last = versions[-1]
        town.name, town.istat_code = last.name, last.istat_code
        town.valid_from, town.valid_until = versions[0].valid_from, last.valid_until
        town.province_id = _last(homes, PROVINCIAL) or town.province_id
        town.region_id = _last(homes, (REGION,))
        town.fold()
        plan.changed = () if plan.is_new else _differing(before, _state(town))
        return plan

    def _plan_versions(self, life: Life, plan: _Plan) -> list[MunicipalityVersion]:
        """The versions that there shall be, by day; those that lack are put into the plan."""
        known = self.versions[life.owner or 0] if life.owner else []
        later = [row for row in known if row.valid_from and row.valid_from > self.horizon]
        cut = self._cut(plan.town, (row.valid_from for row in later))
        wanted = [
            self._version(plan.town, spell, cut if spell.ends is None else spell.ends)
            for spell in joined(life.spells, "code", "name")
        ]
        there = {_identity(row): row for row in known if row not in later}
        plan.versions = [row for row in wanted if _identity(row) not in there]
        gone = [there[key] for key in there.keys() - {_identity(row) for row in wanted}]
        plan.gone_versions = [row.pk for row in gone]
        _inherit(plan.versions, gone)
        return sorted([*wanted, *later], key=lambda row: row.valid_from or date.min)

    def _version(self, town: Municipality, spell: Spell, ends: date | None) -> MunicipalityVersion:
        row = MunicipalityVersion(
            municipality=town,
            istat_code=spell.code,
            name=self.spell(spell.code, spell.name),
            verbatim=spell.name,
            valid_from=since(spell.begins),
            valid_until=ends,
            source=self.source,
        )
        row.fold()
        return row

    def _plan_memberships(self, life: Life, plan: _Plan) -> list[Stay]:
        """Where it is at home, by day; what lacks is put into the plan."""
        known = self.memberships[life.owner or 0] if life.owner else []
        later = [row for row in known if row.valid_from and row.valid_from > self.homes_horizon]
        wanted = []
        for stay in self.homes.stays_of(life):
            alike = PROVINCIAL if stay.kind in PROVINCIAL else (stay.kind,)
            cut = self._cut(plan.town, (row.valid_from for row in later if row.area.kind in alike))
            wanted.append(
                Stay(stay.area, stay.kind, stay.begins, cut, stay.source)
                if stay.ends is None
                else stay
            )
        there = {
            (row.area_id, row.valid_from, row.valid_until): row.pk
            for row in known
            if row not in later
        }
        keys = {(stay.area, stay.begins, stay.ends) for stay in wanted}
        plan.gone_memberships = [there[key] for key in there.keys() - keys]
        plan.memberships = [
            AreaMembership(
                area_id=stay.area,
                municipality=plan.town,
                valid_from=stay.begins,
                valid_until=stay.ends,
                source=stay.source or self.source,
            )
            for stay in wanted
            if (stay.area, stay.begins, stay.ends) not in there
        ]
        kept = [Stay(r.area_id, r.area.kind, r.valid_from, r.valid_until) for r in later]
        return sorted([*wanted, *kept], key=lambda stay: stay.begins or date.min)

    def _cut(self, town: Municipality, begins: Iterable[date | None]) -> date | None:
        """Where the source says "until further notice", what was entered for later ends it."""
        days = [day for day in begins if day is not None]
        if town.valid_until is not None and town.valid_until > self.horizon:
            days.append(town.valid_until)
        return min(days, default=None)

    def _delete(self, plans: Sequence[_Plan]) -> None:
        for chunk in self._chunks([pk for plan in plans for pk in plan.gone_versions]):
            MunicipalityVersion.objects.filter(pk__in=chunk).delete()
        for chunk in self._chunks([pk for plan in plans for pk in plan.gone_memberships]):
            AreaMembership.objects.filter(pk__in=chunk).delete()

    def _write_towns(self, plans: Sequence[_Plan]) -> None:
        # No two living ones may have a code at once: until each has its own, none of these lives.
        moving = {plan.town.pk for plan in plans if _LIVING & {*plan.changed}}
        for pks in self._chunks(moving):
            Municipality.objects.filter(pk__in=pks).update(valid_until=date.max)
        alike: dict[tuple[str, ...], list[Municipality]] = defaultdict(list)
        for plan in plans:
            if plan.changed:
                fields = LIVED if plan.town.pk in moving else plan.changed
                alike[fields].append(plan.town)
        for fields, towns in alike.items():
            for chunk in self._chunks(towns):
                Municipality.objects.bulk_update(chunk, fields)
        self._create(Municipality, (plan.town for plan in plans if plan.is_new))

    def _create(self, model: type[M], made: Iterable[M]) -> None:
        for chunk in self._chunks(made):
            model._default_manager.bulk_create(chunk)  # noqa: SLF001  # Django's public name for it
            self.done = min(self.done + len(chunk), self.total - 1)
            self.progress(self.done, self.total)

    def _chunks(self, made: Iterable[T]) -> Iterator[list[T]]:
        source = iter(made)
        while chunk := list(islice(source, CHUNK)):
            yield chunk


@lru_cache(maxsize=1)
def _written() -> dict[str, str]:
    """Names that are written well, by their words; of a name in two languages each half too."""
    forms = (form for name in written_names() for form in (name, *name.split("/")))
    return {search_key(form): form for form in forms}


def _speller(known: KnownChanges) -> Callable[[str, str], str]:
    """How a name in capitals is written: as it is known to be, or else by rule."""
    repaired = {search_key(name): name for name in known.spellings.values()}

    def spell(code: str, capitals: str) -> str:
        if code in known.spellings and _LOST in capitals:
            return known.spellings[code]
        key = search_key(capitals)
        return repaired.get(key) or _written().get(key) or written_well(capitals)

    return spell


def _state(town: Municipality) -> dict[str, object]:
    return {name: town.__dict__.get(f"{name}_id", town.__dict__.get(name)) for name in LIVED}


def _differing(before: dict[str, object], after: dict[str, object]) -> tuple[str, ...]:
    return tuple(name for name in LIVED if before[name] != after[name])


def _identity(row: MunicipalityVersion) -> tuple[object, ...]:
    return (row.istat_code, row.name, row.verbatim, row.valid_from, row.valid_until)


def _inherit(made: Sequence[MunicipalityVersion], gone: Iterable[MunicipalityVersion]) -> None:
    """The cadastral code stays with the last version that bears the code under which it was known."""
    for old in gone:
        if old.cadastral_code:
            for row in reversed(made):
                if row.istat_code == old.istat_code:
                    row.cadastral_code = old.cadastral_code
                    break


def _last(stays: Iterable[Stay], kinds: Sequence[str]) -> int | None:
    found = [stay.area for stay in stays if stay.kind in kinds]
    return found[-1] if found else None
