"""What the command box finds beside things: the pages of the work area, by name."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tavolo.desk.places import places_of
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.text import search_key
from tavolo.registry.queries import networks
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.ui.plugs import Door, nav_entries


class Pages:
    """The sections of the work area and the pages of the desks that she may open; public is none."""

    key = "page"
    slug = "pagine"
    label: Sentence = _("Pages")
    order = 5
    subjects: Collection[str] = ()

    def entries(self, _changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        return iter(())

    def gone(self, _changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        return ()

    def found(self, actor: Actor, words: str, /, *, limit: int) -> Sequence[Hit]:
        """Where each typed word begins one of the page's name or of its network's; one query."""
        if not actor.signed_in:
            return []
        return [hit for hit in _pages(actor) if _fits(f"{hit.title} {hit.note}", words)][:limit]

    def detail_words(self, _detail: str, /) -> str:
        return ""


def _pages(actor: Actor) -> Iterator[Hit]:
    entries = [e for e in nav_entries if e.door is Door.WORK and e.visible(actor)]
    for entry in sorted(entries, key=lambda entry: entry.order):
        yield _hit(str(entry.label), reverse(entry.url_name))
    for network in networks():
        for label, href in places_of(network, actor):
            yield _hit(str(label), href, network.name)


def _hit(title: str, href: str, note: str = "") -> Hit:
    # A page is no row: its address stands for it.
    return Hit(uuid5(NAMESPACE_URL, href), title, href, note)


def _fits(name: str, words: str) -> bool:
    own = search_key(name).split()
    return all(any(each.startswith(word) for each in own) for word in search_key(words).split())


searchables.add(Pages())
