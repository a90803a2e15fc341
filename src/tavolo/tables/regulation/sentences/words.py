"""Numbers, parts and terms of rules, as a regulation writes them."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tavolo.kernel.terms import Count, Rule, Unit
from tavolo.tables.regulation.choices import Reach
from tavolo.tables.regulation.rules import Majority, Part
from tavolo.ui.words import percent

HUNDREDTH = 100


def share(value: Fraction) -> str:
    """A part of a whole: "one third", "40 %", "3/7"."""
    named = {
        Fraction(1, 2): pgettext("part of a whole", "half"),
        Fraction(1, 3): pgettext("part of a whole", "one third"),
        Fraction(2, 3): pgettext("part of a whole", "two thirds"),
        Fraction(1, 4): pgettext("part of a whole", "one quarter"),
        Fraction(3, 4): pgettext("part of a whole", "three quarters"),
        Fraction(1, 5): pgettext("part of a whole", "one fifth"),
        Fraction(1): pgettext("part of a whole", "the whole"),
    }
    if value in named:
        return named[value]
    whole = (value * HUNDREDTH).denominator == 1
    return percent(float(value)) if whole else f"{value.numerator}/{value.denominator}"


def part(value: Part) -> str:
    """How much of a number is wanted: "more than half", "half rounded up, plus one"."""
    named = {"share": share(value.share)}
    match value.reach:
        case Reach.MORE_THAN:
            return _("more than %(share)s") % named
        case Reach.AT_LEAST:
            return _("at least %(share)s") % named
    return _("%(share)s rounded up, plus one,") % named


def majority(value: Majority) -> str:
    """As in: more than half of those who vote."""
    return f"{part(value.part)} {value.among.label}"


def length(rule: Rule) -> str:
    """How long a term is: "5 days", "3 working days", "24 hours"."""
    number = rule.length or 0
    told = {"number": number}
    match rule.unit, rule.count:
        case Unit.HOURS, _any:
            return ngettext("%(number)d hour", "%(number)d hours", number) % told
        case Unit.MONTHS, _any:
            return ngettext("%(number)d month", "%(number)d months", number) % told
        case Unit.YEARS, _any:
            return ngettext("%(number)d year", "%(number)d years", number) % told
        case _days, Count.WORKING:
            return ngettext("%(number)d working day", "%(number)d working days", number) % told
        case _days, Count.CLEAR:
            return ngettext("%(number)d clear day", "%(number)d clear days", number) % told
    return ngettext("%(number)d day", "%(number)d days", number) % told


def listed(words: Iterable[object], *, last: str = "") -> str:
    """As in: one, two and three; `last` is the word before the last, "and" without it."""
    told = [str(each) for each in words]
    *before, end = told
    return f" {last or _('and')} ".join(filter(None, [", ".join(before), end]))


def either(words: Iterable[object]) -> str:
    return listed(words, last=_("or"))
