"""Entering who lived where in which year, as it was counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext_noop

from tavolo.journal.actions import record
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.facts import announce
from tavolo.territory import rules
from tavolo.territory.actions.lives import CHUNK, Progress
from tavolo.territory.actions.populations import derive_populations
from tavolo.territory.counts import Count
from tavolo.territory.errors import NothingRead
from tavolo.territory.facts import PopulationImported
from tavolo.territory.models import MunicipalityVersion, Population
from tavolo.territory.plugs import Remark

SOURCE = "ISTAT, demo.istat.it"
UNKNOWN = gettext_noop(
    "Municipalities left out: on 1 January of the year nobody bore the code, as far as is known here."
)


@dataclass(frozen=True)
class PopulationsImported:
    """How many municipalities have a population of how many years now, and how many by summing up."""

    populations: int
    years: int
    derived: int


@transaction.atomic
def import_population(
    *,
    counts: Sequence[Count],
    source: str = SOURCE,
    progress: Progress | None = None,
    by: Actor = OPERATOR,
) -> tuple[PopulationsImported, tuple[Remark, ...]]:
    """Enter counts, each for who bore the code on 1 January of its year; what is there is replaced.

    What was made of several later gets the sum of those. Returns figures, and remarks on what found
    no municipality. Ages that were known are replaced too, by none where none are told. All or
    nothing. Refuses with NotAllowed, and with NothingRead where no municipality was found at all.
    """
    if not rules.may_import_territory(by):
        raise NotAllowed
    bearers = _Bearers(counts)
    known = [(pk, count) for count in counts if (pk := bearers.of(count)) is not None]
    lost = tuple(count.row for count in counts if bearers.of(count) is None)
    if not known:
        raise NothingRead
    done = 0
    for chunk in _chunks(_rows(known, source)):
        Population.objects.bulk_create(
            chunk,
            update_conflicts=True,
            unique_fields=("municipality", "year"),
            update_fields=("women", "men", "total", "bands", "derived", "source"),
        )
        done += len(chunk)
        if progress:
            progress(done, len(known))
    imported = PopulationsImported(
        populations=len(known),
        years=len({count.year for _pk, count in known}),
        derived=derive_populations(),
    )
    record(action="territory.population_imported", actor=by, subject=None, values=asdict(imported))
    announce(PopulationImported(rows=len(known)))
    return imported, (Remark(UNKNOWN, lost),) if lost else ()


class _Bearers:
    """Who bore a code on 1 January of a year: one query for each year."""

    def __init__(self, counts: Iterable[Count]) -> None:
        self._known: dict[int, dict[str, int]] = {}
        for year in {count.year for count in counts}:
            versions = MunicipalityVersion.objects.on(date(year, 1, 1))
            self._known[year] = dict(versions.values_list("istat_code", "municipality_id"))

    def of(self, count: Count) -> int | None:
        return self._known[count.year].get(count.code)


def _rows(counts: Iterable[tuple[int, Count]], source: str) -> Iterator[Population]:
    for municipality, count in counts:
        yield Population(
            municipality_id=municipality,
            year=count.year,
            women=count.women,
            men=count.men,
            total=count.women + count.men,
            bands=dict(count.bands),
            source=source,
        )


def _chunks(rows: Iterator[Population]) -> Iterator[list[Population]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
