"""What every page of territory has: where it lies, the day, the choice of a figure."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from tavolo.territory.plugs import Figure, figures
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.asof import DAY, FIGURE, Asked
from tavolo.ui import words
from tavolo.ui.address import query_with
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.tabs import Tab, Tabs

PARTS = "parti"  # the section with the map
# What belongs to one day, or to one page of a list, is not taken to another day.
PASSING = (DAY, "da", "after", "before")


@dataclass(frozen=True)
class Day:
    """The day that a page shows, and the form that asks for another.

    `kept` are the other parameters of the page.
    """

    asked: Asked
    kept: tuple[tuple[str, str], ...] = ()
    today_href: str = ""

    @classmethod
    def of(cls, asked: Asked, query: QueryDict) -> "Day":
        kept = tuple(
            (name, str(value)) for name, value in query.items() if name not in PASSING and value
        )
        return cls(asked, kept, query_with(query, **dict.fromkeys(PASSING)))

    @property
    def name(self) -> str:
        return DAY

    @property
    def value(self) -> str:
        return self.asked.on.isoformat()

    @property
    def as_it_was(self) -> str:
        """The state under the title: "Com’era martedì 23 febbraio 2016"."""
        said = {"date": words.day_words(self.asked.on)}
        if self.asked.is_past:
            return _("As it was on %(date)s") % said
        return _("As it will be on %(date)s, as far as is known") % said

    @property
    def in_title(self) -> str:
        """What the title of the window adds: nothing for today."""
        if self.asked.is_today:
            return ""
        return f", {words.day_words(self.asked.on, weekday=False)}"


def breadcrumbs(to: Addresses, here: str, *above: Crumb) -> Breadcrumbs:
    """From Italy down to this page."""
    return Breadcrumbs((Crumb(_("The territory"), to.country()), *above), here)


def figure_tabs(
    asked: Asked, query: QueryDict, *, plain: str = "", default: Figure | None = None
) -> Tabs:
    """By which figure the map is shaded. Without one it shows `plain`, or else the `default`."""
    ordered = sorted(figures, key=lambda figure: figure.order)
    shown = asked.figure or default

    def href(slug: str | None) -> str:
        changed = {FIGURE: slug, "after": None, "before": None, "ordina": None}
        return f"{query_with(query, **changed)}#{PARTS}"

    first = [Tab(plain, href(None), current=shown is None)] if plain else []
    return Tabs(
        _("What the map shows"),
        (*first, *(Tab(each.label, href(each.slug), current=each is shown) for each in ordered)),
    )
