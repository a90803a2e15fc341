"""An area on a day on which nobody belongs to it: when somebody does, and what was there instead."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tavolo.territory.models import Area
from tavolo.territory.queries.members import Member
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.asof import Asked
from tavolo.ui import words
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState


def nobody(
    found: Area, everybody: Sequence[Member], before: Iterable[Area], asked: Asked
) -> EmptyState:
    """`everybody` who ever belonged to it, `before` the areas in whose place it came."""
    links = [*_when(found, everybody, asked)]
    links += [CardLink(each.title, Addresses(asked).area(each.kind, each.code)) for each in before]
    return EmptyState(
        _("No municipalities"),
        _("On this day no municipality belongs to this area."),
        links=tuple(links),
    )


def _when(found: Area, everybody: Sequence[Member], asked: Asked) -> Iterable[CardLink]:
    """The nearest day after, and the nearest before, on which it has members."""
    begins = [m.period.valid_from for m in everybody if m.period.valid_from]
    ends = [m.period.valid_until for m in everybody if m.period.valid_until]
    after = min((day for day in begins if day > asked.on), default=None)
    before = max((day for day in ends if day <= asked.on), default=None)
    if after is not None:
        yield _link(found, after, asked)
    if before is not None:
        yield _link(found, before - timedelta(days=1), asked)


def _link(found: Area, day: date, asked: Asked) -> CardLink:
    label = _("%(area)s on %(date)s") % {
        "area": found.title,
        "date": words.day_words(day, weekday=False),
    }
    return CardLink(label, Addresses(asked.at(day)).area(found.kind, found.code))
