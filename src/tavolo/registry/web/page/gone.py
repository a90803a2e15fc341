"""What is said of an organisation on a day when it was not there, and where one can go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tavolo.registry.models import OrganisationName
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
    if before:
        return _no_more(page, max(before, key=lambda row: row.valid_until or date.min))
    after = [row for row in names if row.valid_from and row.valid_from > page.on]
    return _not_yet(page, min(after, key=lambda row: row.valid_from or date.max))


def _not_yet(page: Page, name: OrganisationName) -> Gone:
    first = name.valid_from or page.on
    since = words.since_words(name.began if name.began and not name.began.bound else first)
    said = {"then": words.on_words(page.on), "name": page.as_of.name, "date": since}
    sentence = _("%(then)s %(name)s did not exist yet, as far as is known: it is known %(date)s.")
    kin = [(row.organisation.name, page.href(row.organisation)) for row in page.as_of.predecessors]
    label = _("%(name)s on its first day") % {"name": page.as_of.name}
    links = (*_to(kin), CardLink(label, _at(page, first)))
    return Gone(
        Badge("off", _("Not there yet"), since),
        capital(sentence % said),
        tuple(links),
    )


def _no_more(page: Page, name: OrganisationName) -> Gone:
    end, until = name.valid_until or page.on, _until(name)
    heirs = [(row.successor.name, page.href(row.successor)) for row in page.as_of.successors]
    said = {
        "name": page.as_of.name,
        "date": until,
        "names": listed([name for name, _href in heirs]),
    }
    sentence = _("%(name)s was there %(date)s; its place was taken by %(names)s.")
    if not heirs:
        sentence = _("%(name)s was there %(date)s; nobody has said what came in its place.")
    label = _("%(name)s on its last day") % {"name": page.as_of.name}
    links = (*_to(heirs), CardLink(label, _at(page, end - timedelta(days=1))))
    return Gone(Badge("over", _("No longer there"), until), sentence % said, tuple(links))


def _until(name: OrganisationName) -> str:
    """What is known of its end, and no more than that."""
    known = name.ended
    if known is not None and (known.precision != "day" or known.bound):
        return _("until: %(date)s") % {"date": words.partial_words(known)}
    return words.until_words(name.valid_until) if name.valid_until else ""


def _to(kin: list[tuple[str, str]]) -> Iterator[CardLink]:
    for name, href in kin:
        yield CardLink(name, href)


def _at(page: Page, day: date) -> str:
    return organisation_href(page.organisation.code, {DAY: day.isoformat()})
