"""Laying the whole of Italy from the extract that travels with the product."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import models, transaction

from tavolo.journal.actions import record
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.search.actions import note_everything
from tavolo.territory import rules
from tavolo.territory.actions import rows
from tavolo.territory.actions.changes import enter_known_changes
from tavolo.territory.actions.homes import HOMES, REGION
from tavolo.territory.extract import FOLDER, Extract
from tavolo.territory.facts import TerritoryImported
from tavolo.territory.known import known_changes
from tavolo.territory.models import (
    Area,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
)

M = TypeVar("M", bound=models.Model)
Progress = Callable[[int, int], None]

CHUNK = 500
KEYED = ("name", "sort_key", "search_key")
NAMED = (*KEYED, "cadastral_code", "province", "region")
PLACED = ("longitude", "latitude", "km2", "boundary_year")
DRAWN = ("min_x", "min_y", "max_x", "max_y", "path")


@dataclass(frozen=True)
class Imported:
    """How many rows the extract holds of each thing, and of which year it is."""

    year: int
    areas: int
    municipalities: int
    populations: int
    shapes: int


@transaction.atomic
def import_national_extract(
    *, progress: Progress | None = None, by: Actor = OPERATOR, folder: Path = FOLDER
) -> Imported:
    """Regions, provinces, metropolitan cities, municipalities, population and drawings of all Italy.

    What is there keeps its uid and is brought up to the extract; what the extract does not know is
    left alone. A municipality whose names and codes another source has dated keeps them, and one
    that has been in a province before is not put into another. The changes that travel with the
    product are entered with it. `progress` is called with rows written of rows in all. All or
    nothing. Refuses with NotAllowed and DamagedExtract.
    """
    if not rules.may_import_territory(by):
        raise NotAllowed
    extract = Extract(folder)
    imported = _Laying(extract, progress or (lambda _done, _total: None)).lay()
    record(action="territory.extract_imported", actor=by, subject=None, values=asdict(imported))
    announce(TerritoryImported(year=extract.year))
    note_everything()
    enter_known_changes(by=by)
    return imported


class _Laying:
    """One import: writes in chunks and says how far it is."""

    def __init__(self, extract: Extract, progress: Progress) -> None:
        self.extract = extract
        self.progress = progress
        self.places = list(extract.places())
        self.specs = rows.areas_of(extract, self.places)
        self.done = 0
        self.total = len(self.specs) * 4 + len(self.places) * 7

    def lay(self) -> Imported:
        areas = self._areas()
        municipalities = self._municipalities(areas)
        self._memberships(areas, municipalities)
        populations = self._write(
            rows.populations(self.extract, self.places, municipalities),
            ("municipality", "year"),
            ("women", "men", "total", "bands", "derived", "source"),
        )
        shapes = self._write(
            rows.municipality_shapes(self.extract, municipalities),
            ("municipality", "level", "year"),
            DRAWN,
        ) + self._write(
            rows.area_shapes(self.extract, self.specs, areas), ("area", "level", "year"), DRAWN
        )
        self.progress(self.total, self.total)
        return Imported(self.extract.year, len(self.specs), len(self.places), populations, shapes)

    def _areas(self) -> dict[rows.Key, int]:
        fields = (*KEYED, "title", "short", "parent", "longitude", "latitude", "boundary_year")
        ids: dict[rows.Key, int] = {}
        for regions in (True, False):
            specs = [spec for spec in self.specs if (spec.parent is None) == regions]
            self._write(rows.areas(specs, ids, self.extract.year), ("kind", "code"), fields)
            ids = {
                (kind, code): pk
                for pk, kind, code in Area.objects.values_list("id", "kind", "code")
            }
        return ids

    def _municipalities(self, areas: dict[rows.Key, int]) -> dict[str, int]:
        """Those that are there keep what other sources dated; the others get their first version."""
        first = date(self.extract.year, 1, 1)
        there = {row.istat_code: row for row in MunicipalityVersion.objects.on(first)}
        laid = list(
            rows.municipalities(
                self.places, self.specs, areas, self.extract.year, known_changes().spellings
            )
        )
        for row in laid:
            version = there.get(row.istat_code)
            row.pk = version.municipality_id if version else None
        always = {code for code, row in there.items() if row.valid_from is row.valid_until is None}
        for fields, dated in ((PLACED, True), (NAMED + PLACED, False)):
            known = [row for row in laid if row.pk and (row.istat_code not in always) == dated]
            for chunk in self._chunks(known):
                Municipality.objects.bulk_update(chunk, fields)
        self._versions([row for row in laid if row.istat_code in always], there)
        for chunk in self._chunks([row for row in laid if row.pk is None]):
            Municipality.objects.bulk_create(chunk)
            MunicipalityVersion.objects.bulk_create(map(rows.first_version, chunk))
        return {row.istat_code: row.pk for row in laid}

    def _versions(
        self, towns: Iterable[Municipality], there: dict[str, MunicipalityVersion]
    ) -> None:
        """The one version of those that nobody dated is called as the extract calls them."""
        fields = (*KEYED, "cadastral_code")
        changed = []
        for town in towns:
            version = there[town.istat_code]
            if any(getattr(version, name) != getattr(town, name) for name in fields):
                for name in fields:
                    setattr(version, name, getattr(town, name))
                changed.append(version)
        MunicipalityVersion.objects.bulk_update(changed, fields, batch_size=CHUNK)

    def _memberships(self, areas: dict[rows.Key, int], municipalities: dict[str, int]) -> None:
        """Only where none was ever entered: a dated history is not overwritten by one year's list."""
        at_home = AreaMembership.objects.filter(area__kind__in=HOMES)
        known = {
            (municipality, kind == REGION)
            for municipality, kind in at_home.values_list("municipality_id", "area__kind")
        }
        missing = rows.memberships(self.specs, areas, municipalities, known)
        for chunk in self._chunks(missing):
            AreaMembership.objects.bulk_create(chunk)

    def _write(self, made: Iterable[M], unique: tuple[str, ...], update: tuple[str, ...]) -> int:
        written = 0
        for chunk in self._chunks(made):
            type(chunk[0])._default_manager.bulk_create(  # noqa: SLF001  # Django's public name for it
                chunk, update_conflicts=True, unique_fields=unique, update_fields=update
            )
            written += len(chunk)
        return written

    def _chunks(self, made: Iterable[M]) -> Iterable[list[M]]:
        source = iter(made)
        while chunk := list(islice(source, CHUNK)):
            yield chunk
            self.done += len(chunk)
            self.progress(self.done, self.total)
