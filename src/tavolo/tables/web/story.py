"""How a body came to be, was confirmed, went on in another, and ended."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from tavolo.kernel.dates import PartialDate
from tavolo.tables.choices import LineageManner
from tavolo.tables.models import Body
from tavolo.tables.queries import BodyAsOf
from tavolo.ui import words

Href = Callable[[Body], str]
Line = tuple[str, str, str, str]


def story_of(known: BodyAsOf, href: Href) -> list[Line]:
    """When, what, the name of the other body and its address; the oldest first."""
    told = [*_own(known), *_before(known, href), *_after(known, href)]
    ordered = sorted(told, key=lambda line: line[0].order_key() if line[0] else "")
    return [(when_words(when), *rest) for when, *rest in ordered]  # type: ignore[misc]


def _own(known: BodyAsOf) -> Iterator[tuple[PartialDate | None, str, str, str]]:
    row = known.body
    if row.established:
        yield (row.established, _("It was established."), "", "")
    if row.started:
        yield (row.started, _("Its works began."), "", "")
    if row.ended:
        yield (row.ended, _("It ended: %(act)s") % {"act": row.end_act}, "", "")


def _before(known: BodyAsOf, href: Href) -> Iterator[tuple[PartialDate | None, str, str, str]]:
    for row in known.before:
        yield (row.began, _("In it goes on:"), row.body.name, href(row.body))


def _after(known: BodyAsOf, href: Href) -> Iterator[tuple[PartialDate | None, str, str, str]]:
    for row in known.after:
        said = {"how": LineageManner(row.manner).label, "act": row.act}
        other = row.successor
        yield (
            row.began,
            _("It was %(how)s: %(act)s") % said,
            other.name if other else "",
            href(other) if other else "",
        )


def when_words(when: PartialDate | None) -> str:
    """A day without its weekday, or what is known of one; "" where nothing is."""
    if when is None:
        return ""
    if when.year and when.month and when.day and not when.bound:
        return words.day_words(date(when.year, when.month, when.day), weekday=False)
    return words.partial_words(when)
