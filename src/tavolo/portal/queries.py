"""What the public face counts and finds: always from the rows as they stand on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
)

from tavolo.kernel.dated import valid_on
from tavolo.kernel.models import Network, NetworkSetting
from tavolo.kernel.network import Setting
from tavolo.portal.settings import STATEMENTS
from tavolo.registry import queries as registry
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.models import Participation
from tavolo.registry.settings import CONTACT, Seat
from tavolo.territory import queries as territory
from tavolo.territory.models import AreaMembership, Municipality, NetworkArea


def municipality_counts(networks: Iterable[Network], *, on: date) -> dict[int, int]:
    """How many municipalities each network's territory has, by primary key; two queries for all."""
    pieces = NetworkArea.objects.filter(valid_on(on), network__in=[n.pk for n in networks])
    found: dict[int, set[int]] = {}
    areas: dict[int, list[int]] = {}
    for network, area, municipality in pieces.values_list("network", "area", "municipality"):
        found.setdefault(network, set())
        if municipality:
            found[network].add(municipality)
        else:
            areas.setdefault(area, []).append(network)
    members = AreaMembership.objects.filter(valid_on(on), area__in=areas)
    for area, municipality in members.values_list("area", "municipality"):
        # Areas may overlap: a municipality counts once.
        for network in areas[area]:
            found[network].add(municipality)
    return {network: len(municipalities) for network, municipalities in found.items()}


def settings_of(
    network: Network, settings: Sequence[Setting[Any]], *, on: date
) -> Mapping[str, Any]:
    """The values in force on that day by key, or their defaults; one query for all."""
    rows = NetworkSetting.objects.on(on).filter(network=network, key__in=[s.key for s in settings])
    values = dict(rows.order_by("valid_from").values_list("key", "value"))
    return {
        setting.key: setting.read(values[setting.key]) if setting.key in values else setting.default
        for setting in settings
    }


@dataclass(frozen=True)
class Statement:
    """A network and what it says of itself in the statements at the foot of the pages."""

    network: Network
    controller: str
    data_protection: str
    accessibility_statement: str
    accessibility_contact: str
    contact: str


def statements(*, on: date) -> list[Statement]:
    """Those of all networks; "" where a network has said nothing yet. Two queries."""
    wanted = (*STATEMENTS, CONTACT)
    rows = NetworkSetting.objects.on(on).filter(key__in=[setting.key for setting in wanted])
    said = {(row.network_id, row.key): row.value for row in rows.order_by("valid_from")}
    return [
        Statement(
            network,
            *(
                setting.read(said.get((network.pk, setting.key), setting.default))
                for setting in wanted
            ),
        )
        for network in registry.networks()
    ]


def towns_of(network: Network, seat: Seat, *, on: date) -> QuerySet[Municipality]:
    """The municipalities of a network, and that of its seat, each with its province.

    `inside` says whether it lies in the territory, which the seat may not.
    """
    within = territory.municipalities_of(network, on=on)
    at_seat = Municipality.objects.filter(istat_code=seat.municipality)
    # Asked for that one alone: the others are there because they lie in it.
    inside = Case(
        When(istat_code=seat.municipality, then=Exists(within.filter(pk=OuterRef("pk")))),
        default=Value(True),
        output_field=BooleanField(),
    )
    wanted = within | at_seat if seat.municipality else within
    return wanted.annotate(inside=inside).select_related("province")


def participants_in_groups(network: Network, *, on: date) -> QuerySet[Participation]:
    """Who takes part on that day; in the order ("rank", "sort_key", "id") kind after kind.

    `rank` is that of the kind in its vocabulary: institutions come before associations.
    """
    kinds = [
        When(organisation__kind=kind, then=Value(i)) for i, kind in enumerate(OrganisationKind)
    ]
    return registry.participants(network, on=on).annotate(
        rank=Case(*kinds, default=Value(len(kinds)), output_field=IntegerField()),
        sort_key=F("organisation__sort_key"),
    )


def municipalities_taking_part(network: Network, *, on: date) -> set[int]:
    """The municipalities, by primary key, whose own organisation takes part on that day."""
    rows = registry.participants(network, on=on).filter(
        organisation__kind=OrganisationKind.MUNICIPALITY, organisation__municipality__isnull=False
    )
    return set(rows.values_list("organisation__municipality", flat=True))


def past_participants(network: Network, *, on: date, most: int) -> list[Participation]:
    """Who took part and no longer does, the latest first; at most so many."""
    rows = Participation.objects.filter(network=network, valid_until__lte=on)
    return list(
        rows.select_related("organisation").order_by(
            "-valid_until", "organisation__sort_key", "id"
        )[:most]
    )
