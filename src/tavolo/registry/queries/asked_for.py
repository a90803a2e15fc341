"""Which organisation an address means, also where what it names turned out to be another."""

from tavolo.registry.models import Organisation
from tavolo.registry.queries.as_of import followed


def name_asked_for(code: str, organisation: Organisation) -> str:
    """The name of what that address named, if it turned out to be this organisation; else ""."""
    rows = Organisation.objects.filter(code=code, merged_into__isnull=False)
    row = rows.select_related("merged_into__merged_into").first()
    return row.name if row is not None and followed(row) == organisation else ""
