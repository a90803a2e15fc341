from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import valid_on
from tavolo.kernel.errors import Sentence
from tavolo.registry.queries import affiliations_visible_to
from tavolo.registry.search.organisations import work_address_of
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.search.queries import closest, matching


class Members:
    """Who acts for an organisation: for the command box of those who may see it, and in no index."""

    key = "member"
    slug = "persone"
    label: Sentence = _("People who act for an organisation")
    order = 45
    subjects: Collection[str] = ()

    def entries(self, _changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        return iter(())

    def gone(self, _changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        return ()

    def found(self, actor: Actor, words: str, /, *, limit: int) -> Sequence[Hit]:
        """By the name of the person; one query."""
        if not actor.signed_in:
            return []
        rows = affiliations_visible_to(actor).filter(
            matching(words, "person__search_key"), valid_on(clock.today())
        )
        rows = rows.select_related("person", "organisation__steward")
        return [
            Hit(
                row.uid,
                row.person.name,
                work_address_of(row.organisation, actor),
                ", ".join(part for part in (row.function, row.organisation.name) if part),
            )
            for row in closest(rows, words, key="person__search_key")[:limit]
        ]

    def detail_words(self, _detail: str, /) -> str:
        return ""


searchables.add(Members())
