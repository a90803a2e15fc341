"""The territory of networks: which municipalities, and how it looks on a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tavolo.kernel.dated import valid_on
from tavolo.kernel.models import Network
from tavolo.territory.choices import Level
from tavolo.territory.geometry import Point
from tavolo.territory.models import Area, AreaMembership, Municipality, NetworkArea
from tavolo.territory.queries.drawings import (
    Bounds,
    Drawing,
    Drawn,
    areas_drawn,
    around,
    municipalities_drawn,
)


@dataclass(frozen=True)
class NetworkOutline:
    """A network's territory for a drawing: its pieces, and the ground that small ones stand on.

    The ground is the province of each piece that is a single municipality. Both are empty where
    no territory was named.
    """

    level: Level
    pieces: tuple[Drawn, ...]
    ground: tuple[Drawn, ...]

    @property
    def bounds(self) -> Bounds:
        """Around pieces and ground. Ask only where there are some."""
        return around(shape.bounds for shape in (*self.ground, *self.pieces))

    @property
    def place(self) -> Point | None:
        """Where a pin may point at: inside the largest piece."""
        return max(self.pieces, key=_extent).place if self.pieces else None


@dataclass(frozen=True)
class CountryMap:
    """The regions at the coarse level, and each network's territory on them, by primary key."""

    regions: Drawing
    networks: dict[int, NetworkOutline]


def municipalities_of(network: Network, *, on: date) -> QuerySet[Municipality]:
    """The municipalities of a network's territory on that day, each once.

    Of an area that took the place of another, on days before, those of that other.
    """
    pieces = NetworkArea.objects.on(on).filter(network=network)
    named = pieces.values("area")
    # Asked of the few areas first: asked of the memberships, the choice would be a scan of all.
    areas = Area.objects.filter(Q(pk__in=named) | Q(successor__in=named))
    in_areas = AreaMembership.objects.on(on).filter(area__in=areas.values("pk"))
    return Municipality.objects.filter(
        Q(pk__in=in_areas.values("municipality")) | Q(pk__in=pieces.values("municipality"))
    )


def outline_of(network: Network, *, on: date) -> NetworkOutline:
    """The network's territory for a small drawing."""
    return outlines_of([network], on=on)[network.pk]


def outlines_of(networks: Sequence[Network], *, on: date) -> dict[int, NetworkOutline]:
    """The territory of each network at the middle level, by primary key; three queries for all."""
    return _outlines(networks, Level.MIDDLE, on)


def italy_map(networks: Sequence[Network], *, on: date) -> CountryMap:
    """Italy by regions with the territory of the networks on it; four queries for all."""
    return CountryMap(
        regions=areas_drawn(Area.objects.filter(kind="region"), Level.COARSE),
        networks=_outlines(networks, Level.COARSE, on),
    )


def _extent(shape: Drawn) -> int:
    left, top, right, bottom = shape.bounds
    return (right - left) * (bottom - top)


def _outlines(networks: Sequence[Network], level: Level, on: date) -> dict[int, NetworkOutline]:
    pieces = list(
        NetworkArea.objects.filter(valid_on(on), network__in=[n.pk for n in networks])
        .select_related("municipality")
        .order_by("id")
    )
    areas, towns = _drawn_pieces(pieces, level)
    outlines = {}
    for network in networks:
        mine = [piece for piece in pieces if piece.network_id == network.pk]
        alone = [piece.municipality for piece in mine if piece.municipality]
        outlines[network.pk] = NetworkOutline(
            level,
            pieces=_present(
                areas.get(piece.area_id) if piece.area_id else towns.get(piece.municipality_id or 0)
                for piece in mine
            ),
            ground=_present(areas.get(town.province_id) for town in alone),
        )
    return outlines


def _drawn_pieces(
    pieces: Iterable[NetworkArea], level: Level
) -> tuple[dict[int, Drawn], dict[int, Drawn]]:
    """Areas and municipalities by primary key, the provinces of single municipalities included."""
    areas = {piece.area_id for piece in pieces if piece.area_id}
    alone = [piece.municipality for piece in pieces if piece.municipality]
    areas |= {town.province_id for town in alone}
    towns = Municipality.objects.filter(pk__in=[town.pk for town in alone])
    return (
        _by_key(areas_drawn(Area.objects.filter(pk__in=areas), level)),
        _by_key(municipalities_drawn(towns, level)),
    )


def _by_key(drawing: Drawing) -> dict[int, Drawn]:
    return {shape.key: shape for shape in drawing.shapes}


def _present(shapes: Iterable[Drawn | None]) -> tuple[Drawn, ...]:
    """Those that were drawn, each once, in their order."""
    return tuple({(s.kind, s.key): s for s in shapes if s is not None}.values())
