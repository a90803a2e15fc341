"""Sentences of the public face that other rooms do not say."""

from datetime import timedelta

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.registry.queries import TakingPart
from tavolo.ui import words
from tavolo.ui.components.badge import Badge

SPELLED = 10


def state_of(network: Network, counts: TakingPart) -> Badge:
    """Since when it works, as far as anybody says; or that it is being set up."""
    if network.active_since:
        return Badge("on", _("At work"), active_words(network.active_since))
    if counts.organisations:
        return Badge("on", _("At work"), _("nobody has entered since when"))
    return Badge("draft", _("Being set up"))


def active_words(since: PartialDate) -> str:
    """Since a day, a month or a year; or since a day of which the source does not say the year."""
    if since.year is not None or since.month is None:
        return words.since_words(since)
    day = f"{since.day} {str(MONTHS[since.month]).lower()}"
    return _("since a %(day)s; the source does not say the year") % {"day": day}


def until_words(end: PartialDate) -> str:
    """Until a day, a month or a year, that one included."""
    last = end.last_day()
    if end.day is not None and last is not None:
        return words.until_words(last + timedelta(days=1))
    if end.month is not None:
        return pgettext("before a month", "until %(date)s") % {"date": words.partial_words(end)}
    return pgettext("before a year", "until %(date)s") % {"date": words.partial_words(end)}


def networks_title(number: int) -> str:
    """How many networks there are; small numbers are spelled: "Four networks …"."""
    return ngettext(
        "%(number)s network for equal opportunities",
        "%(number)s networks for equal opportunities",
        number,
    ) % {"number": spelled(number)}


def spelled(number: int) -> str:
    names = (
        "",
        pgettext("networks", "One"),
        pgettext("networks", "Two"),
        pgettext("networks", "Three"),
        pgettext("networks", "Four"),
        pgettext("networks", "Five"),
        pgettext("networks", "Six"),
        pgettext("networks", "Seven"),
        pgettext("networks", "Eight"),
        pgettext("networks", "Nine"),
        pgettext("networks", "Ten"),
    )
    return names[number] if 0 < number <= SPELLED else words.number(number)
