"""What is said of an organisation on a day when it was not there, and where one can go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tavolo.registry.web.page.parts import Page, capital, organisation_href
from tavolo.territory.web.asof import DAY
from tavolo.territory.web.parts.wording import listed
from tavolo.ui import words
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.card import CardLink


@dataclass(frozen=True)
class Gone:
    """The state, one clear sentence, and links; the first is the main one."""

    state: Badge
    sentence: str
    links: tuple[CardLink, ...]


def gone(page: Page) -> Gone:
    """On a day before its first name, after its last, or between two."""
    names = page.as_of.other_names
    before = [row for row in names if row.valid_until and row.valid_until <= page.on]
    after = [row.valid_from for row in names if row.valid_from and row.valid_from > page.on]
    if not before:
        return _not_yet(page, min(after))
    last = max(row.valid_until for row in before if row.valid_until)
    return _no_more(page, last)


def _not_yet(page: Page, first: date) -> Gone:
    said = {
        "then": words.on_words(page.on),
        "name": page.as_of.name,
        "date": words.since_words(first),
    }
    sentence = _("%(then)s %(name)s did not exist yet, as far as is known: it is known %(date)s.")
    kin = [(row.organisation.name, page.href(row.organisation)) for row in page.as_of.predecessors]
    label = _("%(name)s on its first day") % {"name": page.as_of.name}
    links = (*_to(kin), CardLink(label, _at(page, first)))
    return Gone(
        Badge("off", _("Not there yet"), words.since_words(first)),
        capital(sentence % said),
        tuple(links),
    )


def _no_more(page: Page, end: date) -> Gone:
    heirs = [(row.successor.name, page.href(row.successor)) for row in page.as_of.successors]
    said = {
        "name": page.as_of.name,
        "date": words.until_words(end),
        "names": listed([name for name, _href in heirs]),
    }
    sentence = _("%(name)s was there %(date)s; its place was taken by %(names)s.")
    if not heirs:
        sentence = _("%(name)s was there %(date)s; nobody has said what came in its place.")
    label = _("%(name)s on its last day") % {"name": page.as_of.name}
    links = (*_to(heirs), CardLink(label, _at(page, end - timedelta(days=1))))
    return Gone(
        Badge("over", _("No longer there"), words.until_words(end)), sentence % said, tuple(links)
    )


def _to(kin: list[tuple[str, str]]) -> Iterator[CardLink]:
    for name, href in kin:
        yield CardLink(name, href)


def _at(page: Page, day: date) -> str:
    return organisation_href(page.organisation.code, {DAY: day.isoformat()})
