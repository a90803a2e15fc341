from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.search.batches import batches
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.search.queries import closest, matching
from tavolo.territory.models import Area
from tavolo.territory.plugs import area_kinds
from tavolo.territory.web import addresses

AREA = "territory.area"
WEIGHTS: Mapping[str, float] = {"region": 0.9, "metropolitan_city": 0.7, "province": 0.7}
WEIGHT = 0.5
PROVINCIAL = ("province", "metropolitan_city")


def listed() -> QuerySet[Area]:
    return Area.objects.select_related("parent")


class Areas:
    """Regions, provinces and every kind of district, under the names of today and former codes."""

    key = "area"
    slug = "aree"
    label: Sentence = _("Areas")
    order = 60
    subjects: Collection[str] = (AREA,)

    def entries(self, changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        rows = listed() if changed is None else listed().filter(uid__in=self.gone(changed))
        for batch in batches(rows.prefetch_related("aliases")):
            yield from map(entry_of, batch)

    def gone(self, changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        return changed.get(AREA, ())

    def found(self, _actor: Actor, words: str, *, limit: int) -> Sequence[Hit]:
        """By its name; one query."""
        rows = closest(listed().filter(matching(words, "search_key")), words)
        return [
            Hit(row.uid, row.title, addresses.area(row.kind, row.code), kind_and_place(row))
            for row in rows[:limit]
        ]

    def detail_words(self, detail: str) -> str:
        return str(area_kinds.get(detail).label)


def entry_of(row: Area) -> Entry:
    kind = str(area_kinds.get(row.kind).label)
    names = dict.fromkeys([row.title, row.name, f"{kind} {row.name}", *row.name.split("/")])
    return Entry(
        uid=row.uid,
        title=row.title,
        url=addresses.area(row.kind, row.code),
        names=list(names),
        text=" ".join([kind, row.short, row.code, *(alias.code for alias in row.aliases.all())]),
        place=row.parent.title if row.parent else "",
        detail=row.kind,
        province=row.title if row.kind in PROVINCIAL else "",
        weight=WEIGHTS.get(row.kind, WEIGHT),
    )


def kind_and_place(row: Area) -> str:
    kind = str(area_kinds.get(row.kind).label)
    return f"{kind}, {row.parent.title}" if row.parent else kind


searchables.add(Areas())
