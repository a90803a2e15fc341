"""What members of a network share beside it: other networks, a municipality they work in, a past."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tavolo.kernel.models import Network
from tavolo.registry.models import (
    Organisation,
    OrganisationSuccession,
    Participation,
    ServedTerritory,
)

Pair = tuple[int, int]


@dataclass(frozen=True)
class Ties:
    """Between members, by primary key.

    `elsewhere`: another network with those of them, two or more, that take part in it too.
    `serving`: who works in the municipality of which other. `succeeding`: who took whose place.
    """

    elsewhere: tuple[tuple[Network, tuple[int, ...]], ...] = ()
    serving: tuple[Pair, ...] = ()
    succeeding: tuple[Pair, ...] = ()


def members_on(network: Network, *, on: date) -> QuerySet[Organisation]:
    """Who takes part in a network on a day; who turned out to be another is that one, and there once."""
    taking = Participation.objects.on(on).filter(network=network).values("organisation")
    others = Organisation.objects.filter(merged_into__isnull=False, pk__in=taking)
    heirs = {_end(row) for row in others.select_related("merged_into__merged_into")}
    return Organisation.objects.filter(Q(pk__in=taking) | Q(pk__in=heirs), merged_into__isnull=True)


def ties_of(
    network: Network, members: Collection[int], *, towns: Mapping[int, int], on: date
) -> Ties:
    """What ties these members of a network on a day; three queries.

    `towns` says for a municipality, by primary key, which member is its administration.
    """
    return Ties(_elsewhere(network, members, on), _serving(members, towns, on), _past(members, on))


def _elsewhere(
    network: Network, members: Collection[int], on: date
) -> tuple[tuple[Network, tuple[int, ...]], ...]:
    rows = (
        Participation.objects.on(on)
        .filter(organisation__in=members)
        .exclude(network=network)
        .select_related("network")
        .order_by("network__sort_key", "network", "id")
    )
    found: dict[Network, dict[int, None]] = {}
    for row in rows:
        found.setdefault(row.network, {})[row.organisation_id] = None
    return tuple((other, tuple(those)) for other, those in found.items() if len(those) > 1)


def _serving(members: Collection[int], towns: Mapping[int, int], on: date) -> tuple[Pair, ...]:
    rows = ServedTerritory.objects.on(on).filter(organisation__in=members, municipality__in=towns)
    pairs = rows.order_by("id").values_list("organisation", "municipality")
    return _once((one, towns[town]) for one, town in pairs if town and one != towns[town])


def _past(members: Collection[int], on: date) -> tuple[Pair, ...]:
    rows = OrganisationSuccession.objects.on(on).filter(
        organisation__in=members, successor__in=members
    )
    return _once(rows.order_by("id").values_list("successor", "organisation"))


def _end(row: Organisation) -> int:
    """The end of the pointers; each one that was not fetched is one query more."""
    while row.merged_into is not None:
        row = row.merged_into
    return row.pk


def _once(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(dict.fromkeys(pairs))
