"""What one reads wherever an address is about to be used from which letters came back."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from tavolo.kernel.clock import in_rome
from tavolo.messages.models import BadAddress
from tavolo.messages.queries import bad_addresses
from tavolo.ui.words import day_words


def came_back(bad: BadAddress) -> str:
    """Since when, and what to do."""
    day = day_words(in_rome(bad.since).date(), weekday=False)
    said = _("Letters to this address have come back since %(day)s: write to another address.")
    return said % {"day": day}


def in_short(bad: BadAddress) -> str:
    """The same for the cell of a table, where there is little room."""
    day = day_words(in_rome(bad.since).date(), weekday=False)
    return _("letters come back since %(day)s") % {"day": day}


def short_warnings_on(addresses: Iterable[str]) -> Mapping[str, str]:
    """As `warnings_on`, in short; one query."""
    return {address: in_short(bad) for address, bad in bad_addresses(addresses).items()}


def warnings_on(addresses: Iterable[str]) -> Mapping[str, str]:
    """By address, of those alone from which letters came back, what is said beside it; one query."""
    return {address: came_back(bad) for address, bad in bad_addresses(addresses).items()}
