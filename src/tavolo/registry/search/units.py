from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import valid_on
from tavolo.kernel.errors import Sentence
from tavolo.registry.choices import UnitKind
from tavolo.registry.models import OrganisationUnit
from tavolo.registry.search.organisations import ORGANISATION, address_of
from tavolo.search.batches import batches
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.search.queries import closest, matching

UNIT = "registry.organisationunit"
WEIGHT = 0.45


def listed() -> QuerySet[OrganisationUnit]:
    """Those that there are today, of organisations that have a page."""
    rows = OrganisationUnit.objects.filter(
        valid_on(clock.today()), organisation__merged_into__isnull=True
    )
    return rows.select_related("municipality__province", "organisation__municipality__province")


class Units:
    """Parts of organisations that stand for themselves: Polizia Locale, a committee, a service."""

    key = "unit"
    slug = "uffici"
    label: Sentence = _("Offices and services")
    order = 30
    subjects: Collection[str] = (ORGANISATION, UNIT)

    def entries(self, changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        rows = listed() if changed is None else listed().filter(uid__in=self.gone(changed))
        for batch in batches(rows):
            yield from map(entry_of, batch)

    def gone(self, changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        of_changed = OrganisationUnit.objects.filter(
            organisation__uid__in=changed.get(ORGANISATION, ())
        )
        return {*changed.get(UNIT, ()), *of_changed.values_list("uid", flat=True)}

    def found(self, _actor: Actor, words: str, *, limit: int) -> Sequence[Hit]:
        """By its own name and that of its organisation; one query."""
        rows = listed().filter(matching(words, "search_key", "organisation__search_key"))
        return [
            Hit(row.uid, row.name, address_of(row.organisation), row.organisation.name)
            for row in closest(rows, words)[:limit]
        ]

    def detail_words(self, detail: str) -> str:
        return str(UnitKind(detail).label)


def entry_of(row: OrganisationUnit) -> Entry:
    seat = row.municipality or row.organisation.municipality
    return Entry(
        uid=row.uid,
        title=row.name,
        url=address_of(row.organisation),
        names=(row.name,),
        text=f"{seat.name} {seat.province.name}" if seat else "",
        place=row.organisation.name,
        detail=row.kind,
        province=seat.province.title if seat else "",
        municipality=seat.name if seat else "",
        weight=WEIGHT,
    )


searchables.add(Units())
