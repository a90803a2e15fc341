"""Bodies, under every name that they bear and bore."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.search.batches import batches
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.search.queries import closest, matching
from tavolo.tables.models import Body, BodyName
from tavolo.tables.plugs import body_kinds

BODY = "tables.body"
WEIGHT = 0.6


class Bodies:
    """Tables, coordinations, groups: by names, theme and network; nothing of who sits there."""

    key = "body"
    slug = "tavoli"
    label: Sentence = _("Tables and groups")
    order = 15
    subjects: Collection[str] = (BODY,)

    def entries(self, changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        rows = _listed() if changed is None else _listed().filter(uid__in=self.gone(changed))
        for batch in batches(rows):
            names = _names(batch)
            for row in batch:
                yield _entry(row, names.get(row.pk, []))

    def gone(self, changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        return changed.get(BODY, ())

    def found(self, actor: Actor, words: str, *, limit: int) -> Sequence[Hit]:  # noqa: ARG002  # the contract's
        """By every name that it has or had; everybody sees them. One query."""
        named = BodyName.objects.known().filter(matching(words, "search_key"))
        found = matching(words, "search_key") | Exists(named.filter(body=OuterRef("pk")))
        rows = closest(_listed().filter(found), words)[:limit]
        return [Hit(row.uid, row.name, _address(row), _kind(row)) for row in rows]

    def detail_words(self, detail: str) -> str:
        return str(body_kinds.get(detail).label)


def _listed() -> QuerySet[Body]:
    return Body.objects.select_related("network", "parent")


def _names(batch: Sequence[Body]) -> dict[int, list[BodyName]]:
    found: dict[int, list[BodyName]] = {}
    for row in BodyName.objects.known().filter(body__in=batch).order_by("pk"):
        found.setdefault(row.body_id, []).append(row)
    return found


def _entry(row: Body, names: Sequence[BodyName]) -> Entry:
    today = clock.today()
    now = list(dict.fromkeys([row.name, *(n.name for n in names if not _is_over(n, today))]))
    before = [name.name for name in names if name.name not in now]
    ended = row.valid_until - timedelta(days=1) if row.valid_until else None
    return Entry(
        uid=row.uid,
        title=row.name,
        url=_address(row),
        names=now,
        before=list(dict.fromkeys(before)),
        text=" ".join(word for word in (row.theme, str(body_kinds.get(row.kind).label)) if word),
        place=row.network.name,
        detail=row.kind,
        ended=ended if ended and ended < today else None,
        weight=WEIGHT,
    )


def _is_over(name: BodyName, today: date) -> bool:
    return name.valid_until is not None and name.valid_until <= today


def _address(row: Body) -> str:
    return reverse("tables:body", args=[row.code])


def _kind(row: Body) -> str:
    return f"{body_kinds.get(row.kind).label}, {row.network.name}"


searchables.add(Bodies())
