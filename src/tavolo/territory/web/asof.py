"""The day, and the figure, that a page is asked for: `?al=2016-02-23&mostra=densita`."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.errors import BadRequest
from tavolo.territory.plugs import Figure, figure_by_slug, figures

DAY, FIGURE = "al", "mostra"
_FORM = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `today` is the day it is, `on` the day that is shown."""

    on: date
    today: date
    figure: Figure | None = None

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_past(self) -> bool:
        return self.on < self.today

    @cached_property
    def day_query(self) -> dict[str, str]:
        """What an address needs to be of the same day; nothing for today."""
        return {} if self.is_today else {DAY: self.on.isoformat()}

    @cached_property
    def figure_query(self) -> dict[str, str]:
        return {FIGURE: self.figure.slug} if self.figure else {}

    def at(self, day: date) -> "Asked":
        """The same, asked for another day."""
        return replace(self, on=day)


def asked(request: HttpRequest) -> Asked:
    """What this request asks for. Refuses with BadRequest a day and a figure that do not exist."""
    today = clock.today()
    return Asked(_day(_one(request, DAY)) or today, today, _figure(_one(request, FIGURE)))


def _one(request: HttpRequest, name: str) -> str:
    """The parameter, "" where it is absent; said twice in two ways it says nothing."""
    given = set(request.GET.getlist(name))
    if len(given) > 1:
        raise BadRequest(_("The address asks for two things at once."), advice=_CHOOSE_ONE)
    return next(iter(given), "").strip()


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return _read(text)
    except ValueError as fault:
        raise BadRequest(
            _("The address names a day that does not exist."), advice=_WRITE
        ) from fault


def _read(text: str) -> date:
    # Python reads more forms than the one that stands in our addresses.
    if not _FORM.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _figure(slug: str) -> Figure | None:
    found = figure_by_slug(slug) if slug else None
    if slug and found is None:
        known = ", ".join(figure.slug for figure in figures)
        raise BadRequest(
            _("No map shows what the address asks for."),
            advice=_KNOWN % {"figures": known},
        )
    return found


_CHOOSE_ONE = _("Ask for one day and for one figure.")
_WRITE = _("Write year, month and day, for example 2016-02-23.")
_KNOWN = _("It can be: %(figures)s.")
