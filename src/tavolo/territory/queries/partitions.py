"""How kinds of area divide a territory on a day: who is in none of their areas, who in two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tavolo.territory.plugs import area_kinds
from tavolo.territory.queries.land import AreaThere, Land, Place, Within


@dataclass(frozen=True)
class Overlap:
    """A place that lies in more than one area of a kind that partitions."""

    place: Place
    areas: tuple[AreaThere, ...]


@dataclass(frozen=True)
class Partition:
    """The areas of one kind by name, and what is wrong with them as a partition.

    `gaps` are the places in no area, whether or not the kind must cover (`must_cover` says);
    `overlaps` is empty for a kind that does not partition.
    """

    kind: str
    areas: tuple[AreaThere, ...]
    gaps: tuple[Place, ...]
    overlaps: tuple[Overlap, ...]
    municipalities: int

    @property
    def must_cover(self) -> bool:
        return area_kinds.get(self.kind).covers

    @property
    def is_sound(self) -> bool:
        """Nothing lies in two areas and, where it must, nothing in none."""
        return not self.overlaps and not (self.must_cover and self.gaps)


def partitions(kinds: Sequence[str], *, within: Within, on: date) -> dict[str, Partition]:
    """How each kind divides the territory on that day; four queries for all of them.

    Without `within` the territory is the whole country. Residents are those of
    `population_year(on)`.
    """
    land = Land.on(kinds, within=within, day=on)
    return {kind: partition_of(land.of_one_kind(kind), kind) for kind in kinds}


def partition_of(land: Land, kind: str) -> Partition:
    """What one of the kinds makes of a territory that was read."""
    areas = tuple(area for area in land.there.values() if area.kind == kind)
    homes = land.homes(kind)
    doubled = [number for number, found in enumerate(homes) if len(found) > 1]
    return Partition(
        kind,
        areas,
        gaps=land.in_order(number for number, found in enumerate(homes) if not found),
        overlaps=tuple(
            Overlap(land.places[number], tuple(land.there[key] for key in homes[number]))
            for number in doubled
        )
        if area_kinds.get(kind).partitions
        else (),
        municipalities=len(land.towns),
    )
