from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.registry.queries import networks
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.search.queries import closest, matching
from tavolo.ui.address import address

NETWORK = "kernel.network"
WEIGHT = 1.0


class Networks:
    """Every network; its page is in a room above."""

    key = "network"
    slug = "reti"
    label: Sentence = _("Networks")
    order = 10
    subjects: Collection[str] = (NETWORK,)

    def entries(self, changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        rows = networks() if changed is None else networks().filter(uid__in=self.gone(changed))
        for row in rows:
            yield Entry(
                uid=row.uid,
                title=row.name,
                url=address_of(row),
                names=(row.name,),
                text=row.summary,
                place=row.summary,
                weight=WEIGHT,
            )

    def gone(self, changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        return changed.get(NETWORK, ())

    def found(self, actor: Actor, words: str, *, limit: int) -> Sequence[Hit]:
        """Those she runs lead to their desk."""
        run = actor.networks("network_secretary")
        rows = closest(networks().filter(matching(words, "search_key")), words)
        return [
            Hit(row.uid, row.name, desk_of(row) if row.uid in run else address_of(row), row.summary)
            for row in rows[:limit]
        ]

    def detail_words(self, _detail: str) -> str:
        return gettext("Network")


def address_of(network: Network) -> str:
    return address(f"/reti/{network.slug}/")


def desk_of(network: Network) -> str:
    return address(f"/lavoro/reti/{network.slug}/") or address_of(network)


searchables.add(Networks())
