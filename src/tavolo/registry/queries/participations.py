"""Who takes part in which network."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from tavolo.kernel.models import Network
from tavolo.registry.models import Organisation, Participation


def participations_of(organisation: Organisation) -> QuerySet[Participation]:
    """In which networks it takes or took part: the present first, then the latest end."""
    return (
        Participation.objects.filter(organisation=organisation)
        .select_related("network", "organisation")
        .order_by(*("valid_until", "network__sort_key", "id"))
    )


def participants(network: Network, *, on: date) -> QuerySet[Participation]:
    """Who takes part in a network on that day, with the organisation and its seat; none that was merged."""
    return (
        Participation.objects.on(on)
        .filter(network=network, organisation__merged_into__isnull=True)
        .select_related("organisation__municipality")
    )


def networks_of(
    organisations: Iterable[Organisation], *, on: date
) -> dict[int, list[Participation]]:
    """For each of them, by primary key, where it takes part on that day; one query."""
    found: dict[int, list[Participation]] = {}
    rows = Participation.objects.on(on).filter(organisation__in=[o.pk for o in organisations])
    for row in rows.select_related("network").order_by("network__sort_key", "id"):
        found.setdefault(row.organisation_id, []).append(row)
    return found
