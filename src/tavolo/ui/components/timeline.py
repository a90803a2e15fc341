"""A story: moments in order, each with its date as far as it is known."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tavolo.kernel.dates import PartialDate
from tavolo.ui import words
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.base import Component, Part
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.checks import Words, require


@dataclass(frozen=True)
class Moment(Part):
    """`when` is a date, one known in part, or words ("today"); `doubt` says what the source leaves open.

    `links` lead to the other things that it happened to.
    """

    when: date | PartialDate | Words
    title: Words
    text: Words = ""
    href: str = ""
    doubt: Words = ""
    badge: Badge | None = None
    now: bool = False
    links: tuple[CardLink, ...] = ()

    def check(self) -> None:
        require(self.when and self.title, "A moment has a date, or words for it, and a title.")

    @property
    def said(self) -> SafeString:
        if isinstance(self.when, date | PartialDate):
            return words.say_date(self.when)
        return format_html("{}", self.when)


@dataclass(frozen=True)
class Timeline(Component, template="ui/components/timeline.html"):
    """Moments, the oldest first; at most one is now."""

    moments: tuple[Moment, ...]

    def check(self) -> None:
        require(self.moments, "A story without moments is an empty state.")
        require(sum(moment.now for moment in self.moments) <= 1, "There is one now.")
