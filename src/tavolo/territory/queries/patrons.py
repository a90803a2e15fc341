"""The patron saints of municipalities, and which days are holidays there."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet

from tavolo.kernel.models import Network
from tavolo.kernel.terms import ITALY, Holidays
from tavolo.territory.models import Municipality, PatronSaint
from tavolo.territory.queries.networks import municipalities_of


def holidays_of(municipality: Municipality, years: Iterable[int]) -> Holidays:
    """The holidays of Italy, and of this municipality as far as its patron saint is known; one query.

    `years` are those for which it is asked: patron saints of other times are left out.
    """
    asked = sorted(years)
    found = ITALY
    rows = PatronSaint.objects.filter(municipality=municipality).order_by("id")
    for row in rows if asked else ():
        period = row.period
        if (period.valid_from is None or period.valid_from.year <= asked[-1]) and (
            period.valid_until is None or period.valid_until.year >= asked[0]
        ):
            found = found.and_patron(
                *(row.month, row.day),
                source=row.source,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
    return found


def patrons_in(network: Network, *, on: date) -> QuerySet[PatronSaint]:
    """What is known in the network's territory on that day, by municipality, each with `sort_key`."""
    here = municipalities_of(network, on=on)
    rows = PatronSaint.objects.on(on).filter(municipality__in=here.values("pk"))
    named = rows.annotate(sort_key=F("municipality__sort_key"))
    return named.select_related("municipality__province").order_by("sort_key", "id")
