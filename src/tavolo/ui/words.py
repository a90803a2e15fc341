"""Dates, numbers and what is not known, as people say them; used by filters, components and letters."""

from datetime import date, datetime, timedelta
from enum import Enum

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate

Dated = date | datetime | PartialDate
Number = int | float

ELIDED_DAYS = {8, 11}  # in Italian: dall’8, dall’11
METRES_IN_KILOMETRE = 1000
NEAR = 10  # kilometres under which a tenth still matters


class Missing(Enum):
    """Why there is no number: each is said in its own words, and none of them is zero."""

    UNKNOWN = "unknown"
    PROTECTED = "protected"
    NOT_FORESEEN = "not foreseen"


def say_missing(why: Missing) -> SafeString:
    """The words "not determinable", "protected" or a dash that a screen reader reads as words."""
    if why is Missing.PROTECTED:
        return format_html('<span class="tv-kept">{}</span>', _("protected"))
    if why is Missing.NOT_FORESEEN:
        return format_html(
            '<span class="tv-none"><span aria-hidden="true">–</span>'
            '<span class="visually-hidden">{}</span></span>',
            _("not foreseen"),
        )
    return format_html('<span class="tv-unknown">{}</span>', _("not determinable"))


def number(value: Number, decimals: int = 0) -> str:
    """With the thousands apart: 6.025 in Italian, 6,025 in English."""
    return str(number_format(round(value, decimals), decimals, force_grouping=True, use_l10n=True))


def percent(share: Number, decimals: int = 0) -> str:
    """A share of one as a percentage: 0.38 is "38 %"."""
    return _("%(number)s%%") % {"number": number(share * 100, decimals)}


def kilometres(metres: Number) -> str:
    """A distance in metres: "850 m", "3,4 km", "42 km"."""
    if metres < METRES_IN_KILOMETRE:
        return f"{number(metres)}\N{NO-BREAK SPACE}m"
    away = metres / METRES_IN_KILOMETRE
    return f"{number(away, 1 if away < NEAR else 0)}\N{NO-BREAK SPACE}km"


def day_words(day: date, *, weekday: bool = True) -> str:
    """In words, "lunedì 24 novembre 2025"; the first of a month is 1° in Italian."""
    spoken = f"{_day_number(day.day)} {_month(day.month)} {day.year}"
    return f"{_lowered(WEEKDAYS[day.weekday()])} {spoken}" if weekday else spoken


def instant_words(instant: datetime) -> str:
    """In words, "lunedì 24 novembre 2025, ore 15": in Italy, whatever zone it is kept in; ore 15.30 with minutes."""
    there = clock.in_rome(instant)
    return _("%(day)s, %(hour)s") % {"day": day_words(there.date()), "hour": hour_words(there)}


def hour_words(instant: datetime) -> str:
    there = clock.in_rome(instant)
    whole = _("%(hour)s:00") if there.minute == 0 else _("%(hour)s:%(minute)s")
    return whole % {"hour": there.hour, "minute": f"{there.minute:02}"}


def partial_words(when: PartialDate) -> str:
    """A date as far as it is known: "2007", "giugno 2015", "un 9 marzo, anno non noto", "dal 2006"."""
    core = _known(when)
    if when.bound == "since":
        return _since(core, when)
    if when.bound == "before":
        return _before(core, when)
    if when.year is None:
        return _("a %(day)s, year not known") % {"day": core}
    return day_words(date(when.year, when.month or 1, when.day)) if when.day else core


def date_words(when: Dated) -> str:
    """Whatever is known of it, in words."""
    if isinstance(when, PartialDate):
        return partial_words(when)
    return instant_words(when) if isinstance(when, datetime) else day_words(when)


def machine_words(when: Dated) -> str:
    """The same for machines (`<time datetime>`); nothing for what begins or ends there."""
    if isinstance(when, PartialDate):
        return "" if when.bound else str(when).removeprefix("XXXX-")
    if isinstance(when, datetime):
        return clock.in_rome(when).isoformat(timespec="minutes")
    return when.isoformat()


def say_date(when: Dated | None) -> SafeString:
    """The words inside `<time>`; "not determinable" for None."""
    if when is None:
        return say_missing(Missing.UNKNOWN)
    machine = machine_words(when)
    if not machine:
        return format_html("{}", date_words(when))
    return format_html('<time datetime="{}">{}</time>', machine, date_words(when))


def since_words(when: date | PartialDate) -> str:
    """In words, "dal 30 giugno 2015", "dall’8 marzo 2016", "da giugno 2015", "dal 2006"."""
    known = when if isinstance(when, PartialDate) else PartialDate.of(when)
    return _since(_known(known), known)


def on_words(day: date) -> str:
    """In words, "il 1° gennaio 2014", "l’8 marzo 2016": the day on which something happened."""
    elided = pgettext("something happened, before 8 and 11", "on %(date)s")
    plain = pgettext("something happened", "on %(date)s")
    return _bound(day.day, elided=elided, plain=plain) % {"date": day_words(day, weekday=False)}


def until_words(valid_until: date) -> str:
    """The end of a half-open period, spoken inclusively: 2015-01-01 is "fino al 31 dicembre 2014"."""
    last = valid_until - timedelta(days=1)
    return _bound(
        last.day, elided=pgettext("before 8 and 11", "until %(date)s"), plain=_("until %(date)s")
    ) % {"date": day_words(last, weekday=False)}


def _known(when: PartialDate) -> str:
    parts = [
        _day_number(when.day) if when.day else "",
        _month(when.month) if when.month else "",
        str(when.year) if when.year else "",
    ]
    return " ".join(part for part in parts if part)


def _since(core: str, when: PartialDate) -> str:
    if when.month and not when.day:
        return pgettext("before a month", "since %(date)s") % {"date": core}
    elided = pgettext("before 8 and 11", "since %(date)s")
    return _bound(when.day, elided=elided, plain=_("since %(date)s")) % {"date": core}


def _before(core: str, when: PartialDate) -> str:
    if when.month and not when.day:
        return pgettext("before a month", "before %(date)s") % {"date": core}
    elided = pgettext("before 8 and 11", "before %(date)s")
    return _bound(when.day, elided=elided, plain=_("before %(date)s")) % {"date": core}


def _bound(day: int | None, *, elided: str, plain: str) -> str:
    return elided if day in ELIDED_DAYS else plain


def _day_number(day: int) -> str:
    return pgettext("first of the month", "1") if day == 1 else str(day)


def _month(month: int) -> str:
    return _lowered(MONTHS[month])


def _lowered(name: str | Promise) -> str:
    # Italian writes weekdays and months small; Django's catalogue begins some of them with a capital.
    return str(name).lower() if (get_language() or "it").startswith("it") else str(name)
