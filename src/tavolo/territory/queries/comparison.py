"""Two kinds of area laid over each other: where they coincide, and where one divides the other."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from tavolo.territory.queries.areas import Residents
from tavolo.territory.queries.land import AreaThere, Land, Place, Within
from tavolo.territory.queries.partitions import Partition, partition_of


@dataclass(frozen=True)
class Pair:
    """What an area of the first kind and one of the second have in common; never nothing."""

    one: AreaThere
    other: AreaThere
    shared: tuple[Place, ...]
    residents: Residents

    @property
    def coincides(self) -> bool:
        """Whether both are the same, as far as the territory goes that was asked for."""
        return len(self.shared) == len(self.one.places) == len(self.other.places)

    @property
    def one_inside(self) -> bool:
        """Whether all of the first lies in the second."""
        return len(self.shared) == len(self.one.places)

    @property
    def other_inside(self) -> bool:
        return len(self.shared) == len(self.other.places)


@dataclass(frozen=True)
class Comparison:
    """The two partitions (`gaps` and `overlaps` are theirs) and what each pair of areas shares.

    `pairs` in the order of the first kind's names, then of the second's. `year` is that of the
    residents, None where none are known.
    """

    on: date
    year: int | None
    one: Partition
    other: Partition
    pairs: tuple[Pair, ...]

    @property
    def coinciding(self) -> tuple[Pair, ...]:
        """Pairs that are the same area under two kinds."""
        return tuple(pair for pair in self.pairs if pair.coincides)

    @property
    def split_one(self) -> tuple[AreaThere, ...]:
        """Areas of the first kind that do not lie in one area of the second."""
        whole = {pair.one.key for pair in self.pairs if pair.one_inside}
        return tuple(area for area in self.one.areas if area.key not in whole)

    @property
    def split_other(self) -> tuple[AreaThere, ...]:
        """Areas of the second kind that do not lie in one area of the first."""
        whole = {pair.other.key for pair in self.pairs if pair.other_inside}
        return tuple(area for area in self.other.areas if area.key not in whole)

    @property
    def agree(self) -> bool:
        """Whether the two divide the territory alike."""
        return not (
            self.split_one
            or self.split_other
            or len(self.coinciding) != len(self.one.areas)
            or self.one.gaps != self.other.gaps
        )

    def pairs_of(self, area: AreaThere) -> tuple[Pair, ...]:
        """The pairs in which an area of either kind is."""
        return tuple(pair for pair in self.pairs if area.key in (pair.one.key, pair.other.key))


def compare(kind_a: str, kind_b: str, *, within: Within, on: date) -> Comparison:
    """The areas of two kinds laid over each other on that day; four queries, whatever their number.

    Without `within` over the whole country. A municipality that one kind divides into its parts is
    seen in these parts on both sides. Residents are those of `population_year(on)`; of a part of a
    municipality they are not known.
    """
    land = Land.on([kind_a, kind_b], within=within, day=on)
    one, other = partition_of(land, kind_a), partition_of(land, kind_b)
    return Comparison(on, land.year, one, other, tuple(_pairs(land, one, other)))


def _pairs(land: Land, one: Partition, other: Partition) -> Iterator[Pair]:
    shared: dict[tuple[int, int], set[int]] = defaultdict(set)
    for number, homes in enumerate(zip(land.homes(one.kind), land.homes(other.kind), strict=True)):
        for pair in product(*homes):
            shared[pair].add(number)
    for first, second in product(one.areas, other.areas):
        numbers = shared.get((first.key, second.key))
        if numbers:
            yield Pair(first, second, land.in_order(numbers), land.residents(numbers))
