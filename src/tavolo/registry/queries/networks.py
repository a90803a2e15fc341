"""Networks, who runs them, and how many take part."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.choices import Office, ParticipationRole
from tavolo.registry.models import NetworkOffice, Participation
from tavolo.registry.settings import Seat
from tavolo.territory.models import Municipality


@dataclass(frozen=True)
class TakingPart:
    """How many take part in a network: all, those that promote it, and how many of each kind."""

    organisations: int = 0
    promoters: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)


def networks() -> QuerySet[Network]:
    """All networks of the installation, in their order."""
    return Network.objects.order_by("id")


def network_by_slug(slug: str) -> Network:
    """Refuses with NotFound."""
    network = Network.objects.filter(slug=slug).first()
    if network is None:
        raise NotFound
    return network


def seat_town(seat: Seat) -> Municipality | None:
    """The municipality of a network's seat, its province with it; one query, none where none is said.

    A code that was given up leads to who bore it, under the name of today.
    """
    if not seat.municipality:
        return None
    rows = Municipality.objects.filter(versions__istat_code=seat.municipality)
    latest = F("valid_until").desc(nulls_first=True)
    return rows.select_related("province").order_by(latest, "id").first()


def seat_words(seat: Seat, *, among: Iterable[Municipality] = ()) -> str:
    """“via Roma 1, Cesano Boscone (MI)”, as far as it is known.

    One query at most, none where the municipality is `among` those that are known already.
    """
    known = (town for town in among if town.istat_code == seat.municipality)
    town = next(known, None) or seat_town(seat)
    return ", ".join(part for part in (seat.address, town_words(town) if town else "") if part)


def town_words(town: Municipality) -> str:
    """“Cesano Boscone (MI)”."""
    return f"{town.name} ({town.province.short})"


def taking_part(on: date) -> dict[int, TakingPart]:
    """The counts of every network, by primary key; one query."""
    kinds: dict[int, Counter[str]] = {}
    promoters: Counter[int] = Counter()
    rows = Participation.objects.on(on).filter(organisation__merged_into__isnull=True)
    for network_id, kind, role in rows.values_list("network", "organisation__kind", "role"):
        kinds.setdefault(network_id, Counter())[kind] += 1
        promoters[network_id] += role == ParticipationRole.PROMOTER
    return {
        network_id: TakingPart(count.total(), promoters[network_id], count)
        for network_id, count in kinds.items()
    }


def secretaries(network: Network, *, on: date) -> QuerySet[NetworkOffice]:
    """Who runs a network on that day, with the persons."""
    return (
        NetworkOffice.objects.on(on)
        .filter(network=network, office=Office.SECRETARY)
        .select_related("person")
        .order_by("person__sort_key", "id")
    )


def networks_run_by(actor: Actor, part: str = "") -> QuerySet[Network]:
    """Where the actor holds the secretariat; all for the operator (`rules.runs_network`)."""
    if actor.has("operator"):
        return networks()
    return networks().filter(uid__in=actor.networks("network_secretary", part=part))


def desks_of(actor: Actor) -> QuerySet[Network]:
    """Where the actor has some part of the secretariat (`rules.works_at`)."""
    if actor.has("operator"):
        return networks()
    return networks().filter(uid__in=rules.desks_of(actor))
