"""What somebody means who writes a name: organisations, areas."""

from django.db.models import Exists, OuterRef, Q

from tavolo.kernel.text import search_key
from tavolo.registry.models import Organisation, OrganisationName
from tavolo.territory.models import Area


def organisations_called(text: str) -> list[Organisation]:
    """Those that have or had this whole name, or whose address it is; none that was merged."""
    key = search_key(text)
    if not key:
        return []
    names = OrganisationName.objects.known().filter(search_key=key)
    standing = Organisation.objects.filter(merged_into__isnull=True).select_related("steward")
    rows = standing.filter(
        Q(code=text.strip()) | Q(search_key=key) | Exists(names.filter(organisation=OuterRef("pk")))
    )
    exact = [row for row in rows.order_by("sort_key", "id") if row.code == text.strip()]
    return exact or list(rows.order_by("sort_key", "id"))


def areas_called(text: str) -> list[Area]:
    """Those whose name, or whose name in full, it is."""
    key = search_key(text)
    rows = Area.objects.filter(Q(search_key=key) | Q(title__iexact=text.strip()))
    return list(rows.order_by("sort_key", "id")) if key else []
