"""Of what a network's territory is made, and where in Italy somebody is looking to choose it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from tavolo.desk.queries import places_of
from tavolo.kernel.models import Network
from tavolo.kernel.network import setting_of
from tavolo.registry.queries import seat_town
from tavolo.registry.settings import SEAT
from tavolo.territory.models import Area, Municipality, NetworkArea
from tavolo.territory.queries import municipalities_of

ITALY, REGION, PROVINCE = "italia", "regione", "provincia"
# A metropolitan city stands where elsewhere there is a province.
KINDS = {REGION: ("region",), PROVINCE: ("province", "metropolitan_city")}


@dataclass(frozen=True)
class Standing:
    """The pieces of a territory on a day: areas, and municipalities one by one, by primary key."""

    network: Network
    day: date
    areas: Mapping[int, NetworkArea]
    singles: Mapping[int, NetworkArea]

    @classmethod
    def of(cls, network: Network, *, on: date) -> "Standing":
        """Two queries with what is shown of each."""
        pieces = places_of(network, on=on)
        return cls(
            network,
            on,
            {piece.area_id: piece for piece in pieces if piece.area_id},
            {piece.municipality_id: piece for piece in pieces if piece.municipality_id},
        )

    @property
    def pieces(self) -> tuple[NetworkArea, ...]:
        return (*self.areas.values(), *self.singles.values())

    @cached_property
    def towns(self) -> dict[int, tuple[int, int | None]]:
        """Every municipality of it with its province and region, by primary keys; one query."""
        rows = municipalities_of(self.network, on=self.day)
        found = rows.values_list("pk", "province_id", "region_id")
        return {town: (province, region) for town, province, region in found}

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of those that were chosen one by one."""
        named = (piece.municipality for piece in self.singles.values())
        return frozenset(town.istat_code for town in named if town)


@dataclass(frozen=True)
class Where:
    """Italy, a region, or a province."""

    area: Area | None = None

    @property
    def is_province(self) -> bool:
        return self.area is not None and self.area.kind in KINDS[PROVINCE]

    @property
    def word(self) -> str:
        """As it stands in the address."""
        if self.area is None:
            return ITALY
        return f"{PROVINCE if self.is_province else REGION}-{self.area.code}"

    def areas(self, on: date) -> QuerySet[Area]:
        """The regions of Italy, or the provinces of a region, by name."""
        if self.area is None:
            return Area.objects.filter(kind__in=KINDS[REGION]).order_by("sort_key", "id")
        towns = Municipality.objects.on(on).filter(region=self.area)
        return Area.objects.filter(pk__in=towns.values("province")).order_by("sort_key", "id")

    def towns(self, on: date) -> QuerySet[Municipality]:
        """The municipalities of a province, by name."""
        rows = Municipality.objects.on(on).filter(province=self.area)
        return rows.order_by("sort_key", "id")

    @cached_property
    def above(self) -> "Where":
        """From a province to its region, from a region to Italy."""
        return Where(_region_of(self.area) if self.is_province and self.area else None)


def where_called(word: str) -> Where | None:
    """What a word in the address means; None for anything that is not there."""
    kind, _hyphen, code = word.partition("-")
    if word == ITALY:
        return Where()
    area = Area.objects.filter(kind__in=KINDS.get(kind, ()), code=code).order_by("id").first()
    return Where(area) if area else None


def where_to_begin(standing: Standing) -> Where:
    """In the province of what was chosen already, else of the seat, else in Italy."""
    for piece in standing.singles.values():
        if piece.municipality:
            return Where(piece.municipality.province)
    for piece in standing.areas.values():
        if piece.area and piece.area.kind in (*KINDS[REGION], *KINDS[PROVINCE]):
            return Where(piece.area)
    seat = seat_town(setting_of(standing.network, SEAT, on=standing.day))
    return Where(seat.province if seat else None)


def towns_called(codes: Collection[str], *, on: date) -> list[Municipality]:
    """The municipalities of today with these codes, by name; one query, none for none."""
    if not codes:
        return []
    rows = Municipality.objects.on(on).filter(istat_code__in=codes)
    return list(rows.select_related("province").order_by("sort_key", "id"))


def singles_called(network: Network, codes: Collection[str], *, on: date) -> list[NetworkArea]:
    """Their pieces in the territory, as far as they were chosen one by one."""
    rows = NetworkArea.objects.on(on).filter(network=network)
    return list(rows.filter(municipality__istat_code__in=codes).select_related("network"))


def was_ever(network: Network, town: Municipality) -> bool:
    """Whether a municipality was a piece of the territory before."""
    return NetworkArea.objects.filter(network=network, municipality=town).exists()


def piece_of(network: Network, uid: UUID, *, on: date) -> NetworkArea | None:
    """A piece by the uid of its area or municipality."""
    which = Q(area__uid=uid) | Q(municipality__uid=uid)
    rows = NetworkArea.objects.on(on).filter(which, network=network)
    return rows.select_related("network").first()


def _region_of(province: Area) -> Area | None:
    towns = Municipality.objects.filter(province=province, valid_until=None)
    return Area.objects.filter(pk__in=towns.values("region")[:1]).first()
