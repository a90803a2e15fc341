"""Which organisation an address means, also where what it names turned out to be another."""

from uuid import UUID

from tavolo.kernel.errors import NotFound
from tavolo.registry.models import Organisation
from tavolo.registry.queries.as_of import followed


def name_asked_for(code: str, organisation: Organisation) -> str:
    """The name of what that address named, if it turned out to be this organisation; else ""."""
    rows = Organisation.objects.filter(code=code, merged_into__isnull=False)
    row = rows.select_related("merged_into__merged_into").first()
    return row.name if row is not None and followed(row) == organisation else ""


def organisation_by_uid(uid: UUID) -> Organisation:
    """With its steward and what it turned out to be. Refuses with NotFound."""
    rows = Organisation.objects.select_related("steward", "merged_into__merged_into")
    organisation = rows.filter(uid=uid).first()
    if organisation is None:
        raise NotFound
    return organisation
