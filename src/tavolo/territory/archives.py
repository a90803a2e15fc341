"""Districts and patron saints of a network's territory go along; municipalities do not: each installation has them."""

from collections.abc import Iterable

from django.db.models import Q

from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Goes, Travel
from tavolo.territory.models import Area, AreaMembership, NetworkArea, PatronSaint
from tavolo.territory.plugs import area_kinds


def official() -> Q:
    """What the law makes and the extract lays: the other installation has it too."""
    return Q(kind__in=[kind.key for kind in area_kinds if kind.official])


def every() -> Q:
    return Q(pk__isnull=False)


def in_territory(network: Network) -> Q:
    """What is of a municipality that is or was of the network's territory, itself or in an area."""
    places = NetworkArea.objects.filter(network=network)
    members = AreaMembership.objects.filter(area__in=places.values("area"))
    return Q(municipality__in=members.values("municipality")) | Q(
        municipality__in=places.values("municipality")
    )


def districts_of(network: Network) -> Iterable[int]:
    """Every district that has or had a municipality of the network's territory in it."""
    found = AreaMembership.objects.filter(in_territory(network))
    areas = Area.objects.filter(pk__in=found.values("area")).exclude(official())
    return areas.values_list("pk", flat=True)


def saints_of(network: Network) -> Iterable[int]:
    """Terms are counted by them: without them another day would be the last."""
    return PatronSaint.objects.filter(in_territory(network)).values_list("pk", flat=True)


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
# A municipality has one at a time: who is there already, is meant.
Travel(
    "territory.PatronSaint",
    Goes.SHARED,
    known_by=("municipality", "valid_until"),
    also=saints_of,
)
Travel("territory.Shape", Goes.OF_SHARED, path="area", only=not_official)
Travel("territory.NetworkArea", Goes.WITH_NETWORK, path="network")
MADE = "Each installation has the municipalities of Italy."
Travel("territory.MunicipalityVersion", Goes.STAYS, why=MADE)
Travel("territory.Succession", Goes.STAYS, why=MADE)
Travel("territory.Population", Goes.STAYS, why=MADE)
