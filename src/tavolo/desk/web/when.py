"""When something is due, in words and with a shape."""

from datetime import date, datetime

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from tavolo.desk.today import group_of
from tavolo.kernel.clock import in_rome
from tavolo.kernel.plugs import Due
from tavolo.ui.components.badge import Badge, State
from tavolo.ui.words import day_words, hour_words

SHAPES: dict[str, State] = {
    "overdue": "late",
    "today": "on",
    "week": "off",
    "later": "off",
    "open": "draft",
}


def badge(due: Due, *, on: date) -> Badge:
    """Since when it is overdue, until when there is time; today also until which hour."""
    group = group_of(due, on=on)
    return Badge(SHAPES[group], when_words(due, on=on))


def when_words(due: Due, *, on: date) -> str:
    group, last = group_of(due, on=on), due.last_day
    if last is None:
        return pgettext("term", "without a term")
    if group == "overdue":
        return _overdue((on - last).days)
    if group == "today":
        if due.at is None:
            return _("today")
        return _("by %(hour)s") % {"hour": hour_words(in_rome(due.at))}
    if group == "week":
        return f"{_weekday(last)} {last.day}"
    return _day(last, on)


def moment_words(at: datetime, *, on: date) -> str:
    """When something happened: today the hour, before that the day."""
    there = in_rome(at)
    return hour_words(there) if there.date() == on else _day(there.date(), on)


def _day(day: date, on: date) -> str:
    """The year falls away where it is this one."""
    words = day_words(day, weekday=False)
    return words.removesuffix(f" {day.year}") if day.year == on.year else words


def _overdue(days: int) -> str:
    if days == 1:
        return pgettext("overdue", "since yesterday")
    words = ngettext("for %(number)s day", "for %(number)s days", days)
    return words % {"number": days}


def _weekday(day: date) -> str:
    name = str(WEEKDAYS[day.weekday()])
    return name.lower() if (get_language() or "it").startswith("it") else name
