"""Who lived where by year: as counted, and summed up for what was made of several."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tavolo.territory.choices import SuccessionKind
from tavolo.territory.models import Population, Succession

Counted = tuple[int, int]  # the key of a municipality, a year
COMPARED = ("women", "men", "total", "bands")


@dataclass(frozen=True)
class People:
    """Women and men, and how many of each age where that is known."""

    women: int
    men: int
    bands: dict[str, Any]

    def __add__(self, other: "People") -> "People":
        return People(
            self.women + other.women, self.men + other.men, _together(self.bands, other.bands)
        )


def derive_populations() -> int:
    """Give what was made of several the sum of those, for the years before; returns what changed.

    Only where all of them went into it whole and each is known in that year; what was counted stays,
    what cannot be derived any more goes.
    """
    tree = _Tree()
    wanted = dict(tree.derived())
    there = {
        (row.municipality_id, row.year): row for row in Population.objects.filter(derived=True)
    }
    gone = [row.pk for key, row in there.items() if key not in wanted]
    Population.objects.filter(pk__in=gone).delete()
    changed = []
    for key in wanted.keys() & there.keys():
        row = _row(key, wanted[key])
        if any(getattr(row, name) != getattr(there[key], name) for name in COMPARED):
            row.pk = there[key].pk
            changed.append(row)
    Population.objects.bulk_update(changed, COMPARED)
    made = [_row(key, wanted[key]) for key in wanted.keys() - there.keys()]
    Population.objects.bulk_create(sorted(made, key=lambda row: (row.municipality_id, row.year)))
    return len(gone) + len(changed) + len(made)


def _row(key: Counted, people: People) -> Population:
    municipality, year = key
    return Population(
        municipality_id=municipality,
        year=year,
        women=people.women,
        men=people.men,
        total=people.women + people.men,
        bands=people.bands,
        derived=True,
    )


class _Tree:
    """Which municipality was made of which, and who was counted there."""

    def __init__(self) -> None:
        self.made_of: dict[int, list[Succession]] = defaultdict(list)
        self.took_in: dict[int, list[Succession]] = defaultdict(list)
        self.in_part: set[tuple[int, date]] = set()
        rows = list(Succession.objects.all())
        for row in rows:
            if row.kind == SuccessionKind.MERGER:
                self.made_of[row.successor_id].append(row)
            elif row.kind == SuccessionKind.INCORPORATION:
                self.took_in[row.successor_id].append(row)
            else:
                self.in_part.add((row.successor_id, row.day))
        self.counted = _counted(
            {pk for row in rows for pk in (row.predecessor_id, row.successor_id)}
        )
        self.years = sorted({year for _municipality, year in self.counted})

    def derived(self) -> Iterator[tuple[Counted, People]]:
        """What nobody counted and can be summed up."""
        for municipality, parts in self.made_of.items():
            for year in self.years:
                born_later = date(year, 1, 1) < parts[0].day
                if born_later and (municipality, year) not in self.counted:
                    people = self._of_parts(municipality, year, frozenset({municipality}))
                    if people is not None:
                        yield (municipality, year), people

    def _of_parts(self, municipality: int, year: int, above: frozenset[int]) -> People | None:
        parts = self.made_of[municipality]
        if any((municipality, part.day) in self.in_part for part in parts):
            return None
        return _sum([self._people(part, year, above) for part in parts])

    def _people(self, passage: Succession, year: int, above: frozenset[int]) -> People | None:
        """Who lived in that year where the predecessor reached to when it went on.

        `above` are those that it is a part of: what was entered in a circle has no sum.
        """
        municipality, first = passage.predecessor_id, date(year, 1, 1)
        if municipality in above:
            return None
        within = above | {municipality}
        own = self.counted.get((municipality, year))
        if own is None and any(first < row.day for row in self.made_of.get(municipality, ())):
            own = self._of_parts(municipality, year, within)
        taken = [
            self._people(row, year, within)
            for row in self.took_in.get(municipality, ())
            if first < row.day < passage.day
        ]
        return _sum([own, *taken])


def _counted(municipalities: set[int]) -> dict[Counted, People]:
    rows = Population.objects.filter(municipality__in=municipalities, derived=False)
    return {(row.municipality_id, row.year): People(row.women, row.men, row.bands) for row in rows}


def _sum(parts: Sequence[People | None]) -> People | None:
    """All together; where one is not known, nothing is."""
    whole: People | None = None
    for part in parts:
        if part is None:
            return None
        whole = part if whole is None else whole + part
    return whole


def _together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Ages only where both have the same bands."""
    if not one or one.get("from") != other.get("from"):
        return {}
    return {
        "from": one["from"],
        **{
            sex: [here + there for here, there in zip(one[sex], other[sex], strict=True)]
            for sex in ("women", "men")
        },
    }
