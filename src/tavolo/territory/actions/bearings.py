"""Who bears which code, as the database knows it."""

from collections.abc import Iterable, Iterator

from tavolo.territory.lives import Bearing
from tavolo.territory.models import MunicipalityVersion


def bearings(codes: Iterable[str] | None = None) -> Iterator[Bearing]:
    """Who is known to have borne which code until when, of those codes or of all."""
    versions = MunicipalityVersion.objects.order_by("id")
    if codes is not None:
        versions = versions.filter(istat_code__in=set(codes))
    for owner, code, until in versions.values_list("municipality", "istat_code", "valid_until"):
        yield Bearing(owner, code, until)
