"""The districts of a network's territory go along; municipalities do not: each installation has them."""

from collections.abc import Iterable

from django.db.models import Q

from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Goes, Travel
from tavolo.territory.models import Area, AreaMembership, NetworkArea
from tavolo.territory.plugs import area_kinds


def official() -> Q:
    """What the law makes and the extract lays: the other installation has it too."""
    return Q(kind__in=[kind.key for kind in area_kinds if kind.official])


def every() -> Q:
    return Q(pk__isnull=False)


def districts_of(network: Network) -> Iterable[int]:
    """Every district that has or had a municipality of the network's territory in it."""
    places = NetworkArea.objects.filter(network=network)
    members = AreaMembership.objects.filter(area__in=places.values("area"))
    found = AreaMembership.objects.filter(
        Q(municipality__in=members.values("municipality"))
        | Q(municipality__in=places.values("municipality"))
    )
    areas = Area.objects.filter(pk__in=found.values("area")).exclude(official())
    return areas.values_list("pk", flat=True)


def not_official(_network: Network) -> Q:
    """Who is in a province is known there; only what people enter goes along."""
    return ~Q(area__kind__in=[kind.key for kind in area_kinds if kind.official])


Travel(
    "territory.Area",
    Goes.SHARED,
    known_by=("kind", "code"),
    fixed=official,
    also=districts_of,
)
Travel("territory.Municipality", Goes.SHARED, known_by=("istat_code", "valid_until"), fixed=every)
Travel("territory.SubMunicipalUnit", Goes.SHARED, known_by=("municipality", "code", "valid_from"))
Travel("territory.AreaAlias", Goes.OF_SHARED, path="area", only=not_official)
Travel("territory.AreaMembership", Goes.OF_SHARED, path="area", only=not_official)
Travel(
    "territory.AreaChange",
    Goes.OF_SHARED,
    path="area",
    only=not_official,
    loose=("network",),
    soft={"by": "people.Person"},
    mentions=("before", "after"),
)
Travel(
    "territory.PatronSaint",
    Goes.STAYS,
    why="what is known of a municipality belongs to the installation",
)
Travel("territory.Shape", Goes.OF_SHARED, path="area", only=not_official)
Travel("territory.NetworkArea", Goes.WITH_NETWORK, path="network")
MADE = "Each installation has the municipalities of Italy."
Travel("territory.MunicipalityVersion", Goes.STAYS, why=MADE)
Travel("territory.Succession", Goes.STAYS, why=MADE)
Travel("territory.Population", Goes.STAYS, why=MADE)
