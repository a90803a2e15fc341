"""Areas and municipalities of a body: which there are, and which administrations stand for them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tavolo.kernel import clock
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.models import Organisation
from tavolo.territory.models import Area, AreaMembership, Municipality
from tavolo.territory.queries.areas import municipalities_in


def areas_within(kind: str, within: Area, *, on: date | None) -> list[Area]:
    """The areas of a kind that have municipalities of `within` on a day, by name; None: today."""
    day = on or clock.today()
    towns = municipalities_in(within, on=day)
    members = AreaMembership.objects.on(day).filter(area=OuterRef("pk"), municipality__in=towns)
    return list(Area.objects.filter(Exists(members), kind=kind).order_by("sort_key", "id"))


def municipalities_of(area: Area, on: date | None) -> QuerySet[Municipality]:
    """The municipalities of an area on a day; None: today."""
    return municipalities_in(area, on=on or clock.today())


def administrations_of(towns: QuerySet[Municipality]) -> list[Organisation]:
    """The municipalities as organisations, as far as the register has them; by name, each once."""
    rows = Organisation.objects.filter(
        kind=OrganisationKind.MUNICIPALITY, municipality__in=towns, merged_into__isnull=True
    )
    return first_of_each(rows.order_by("sort_key", "id"))


def first_of_each(rows: Iterable[Organisation]) -> list[Organisation]:
    """One organisation a municipality: the first entered is the administration itself."""
    found: dict[int | None, Organisation] = {}
    for row in rows:
        before = found.get(row.municipality_id)
        if before is None or row.pk < before.pk:
            found[row.municipality_id] = row
    return sorted(found.values(), key=lambda row: (row.sort_key, row.pk))
