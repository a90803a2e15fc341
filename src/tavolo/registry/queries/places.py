"""What people mean by a place, and which organisations sit there or work there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tavolo.kernel.text import search_key
from tavolo.registry.models import Organisation, Seat, ServedTerritory
from tavolo.registry.queries.organisations import municipalities_called
from tavolo.territory.models import Area, AreaMembership, Municipality

PROVINCES = ("province", "metropolitan_city")
PREFIXES = ("provincia di ", "citta metropolitana di ", "province of ", "metropolitan city of ")


@dataclass(frozen=True)
class Meant:
    """Municipalities, or provinces, of that name; neither where nothing is called so."""

    municipalities: Sequence[Municipality] = ()
    provinces: Sequence[Area] = ()

    def __bool__(self) -> bool:
        return bool(self.municipalities or self.provinces)


def place_meant(text: str) -> Meant:
    """A municipality by its whole name, else a province; a province first where the text says so."""
    key = search_key(text)
    if not key:
        return Meant()
    said = next((prefix for prefix in PREFIXES if key.startswith(prefix)), "")
    if not said and (towns := municipalities_called(text)):
        return Meant(municipalities=towns)
    rows = Area.objects.filter(kind__in=PROVINCES, search_key=key.removeprefix(said))
    return Meant(provinces=list(rows.order_by("id")))


def at_place(rows: QuerySet[Organisation], place: Meant, *, on: date) -> QuerySet[Organisation]:
    """Those with a public seat there on the day, and those that serve it, or an area that it lies in."""
    towns = [town.pk for town in place.municipalities]
    memberships = AreaMembership.objects.on(on)
    inside = memberships.filter(area__in=list(place.provinces)).values("municipality")
    around = memberships.filter(municipality__in=towns).values("area")
    here = Q(municipality__in=towns) | Q(municipality__in=inside)
    seats = Seat.objects.on(on).filter(here, public=True)
    areas = Q(area__in=list(place.provinces)) | Q(area__in=around)
    served = ServedTerritory.objects.on(on).filter(here | areas)
    known = Q(pk__in=seats.values("organisation")) | Q(pk__in=served.values("organisation"))
    return rows.filter(known)
