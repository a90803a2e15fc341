from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.registry.choices import OrganisationKind, SuccessionManner
from tavolo.registry.models import (
    Identifier,
    Organisation,
    OrganisationName,
    OrganisationSuccession,
)
from tavolo.registry.rules import may_edit_organisation
from tavolo.search.batches import batches
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.search.queries import closest, matching

ORGANISATION = "registry.organisation"
# A municipality as an administration comes before others that are called like its place.
WEIGHTS: Mapping[str, float] = {
    OrganisationKind.MUNICIPALITY: 0.6,
    OrganisationKind.PROVINCE: 0.6,
    OrganisationKind.METROPOLITAN_CITY: 0.6,
    OrganisationKind.REGION: 0.6,
}
WEIGHT = 0.5
# Whoever went on by a part of itself is still there.
ENDING = (SuccessionManner.MERGER, SuccessionManner.TRANSFORMATION)


@dataclass
class Known:
    """What is read of each organisation beside its own row."""

    names: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    ended: date | None = None


def listed() -> QuerySet[Organisation]:
    """Those that have a page of their own: who was merged is found as what it is."""
    rows = Organisation.objects.filter(merged_into__isnull=True)
    return rows.select_related("municipality__province")


class Organisations:
    """Every organisation under the names that it has and had; nothing of its contacts."""

    key = "organisation"
    slug = "organizzazioni"
    label: Sentence = _("Organisations")
    order = 20
    subjects: Collection[str] = (ORGANISATION,)

    def entries(self, changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        rows = listed() if changed is None else listed().filter(uid__in=self.gone(changed))
        for batch in batches(rows):
            known = known_of(batch, on=clock.today())
            for row in batch:
                yield entry_of(row, known[row.pk])

    def gone(self, changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        return changed.get(ORGANISATION, ())

    def found(self, actor: Actor, words: str, *, limit: int) -> Sequence[Hit]:
        """By every name that it has or had; who may edit one is led to its work page. One query."""
        named = OrganisationName.objects.known().filter(matching(words, "search_key"))
        rows = (
            listed()
            .select_related("steward")
            .filter(
                matching(words, "search_key") | Exists(named.filter(organisation=OuterRef("pk")))
            )
        )
        return [
            Hit(row.uid, row.name, work_address_of(row, actor), kind_and_place(row))
            for row in closest(rows, words)[:limit]
        ]

    def detail_words(self, detail: str) -> str:
        return str(OrganisationKind(detail).label)


def known_of(organisations: Sequence[Organisation], *, on: date) -> Mapping[int, Known]:
    """Names, numbers and predecessors of each, by primary key; four queries however many they are."""
    keys = [organisation.pk for organisation in organisations]
    found: dict[int, Known] = defaultdict(Known)
    for name in OrganisationName.objects.known().filter(organisation__in=keys).order_by("pk"):
        if name.valid_until is not None and name.valid_until <= on:
            found[name.organisation_id].before.append(name.name)
        elif name.valid_from is None or name.valid_from <= on:
            found[name.organisation_id].names.append(name.name)
    for number in Identifier.objects.on(on).filter(organisation__in=keys):
        found[number.organisation_id].words.append(number.value)
    _succeeded(keys, found, on)
    return found


def _succeeded(keys: Sequence[int], found: Mapping[int, Known], on: date) -> None:
    """Who took the place of another is found by its name too; who was replaced is no more."""
    rows = OrganisationSuccession.objects.known().filter(
        Q(organisation__in=keys) | Q(successor__in=keys)
    )
    for row in rows.select_related("organisation"):
        if row.valid_from and row.valid_from > on:
            continue
        if row.organisation_id in keys and row.manner in ENDING and row.valid_from:
            found[row.organisation_id].ended = row.valid_from - timedelta(days=1)
        if row.successor_id in keys:
            found[row.successor_id].words.append(row.organisation.name)


def entry_of(row: Organisation, known: Known) -> Entry:
    seat = row.municipality
    now = [row.name, *(name for name in known.names if name != row.name)]
    return Entry(
        uid=row.uid,
        title=row.name,
        url=address_of(row),
        names=now,
        before=[name for name in dict.fromkeys(known.before) if name not in now],
        text=" ".join(
            [
                str(OrganisationKind(row.kind).label),
                seat.province.name if seat else "",
                *known.words,
            ]
        ),
        place=seat.name if seat else "",
        detail=row.kind,
        ended=known.ended,
        province=seat.province.title if seat else "",
        municipality=seat.name if seat else "",
        weight=WEIGHTS.get(row.kind, WEIGHT),
    )


def kind_and_place(row: Organisation) -> str:
    kind = str(OrganisationKind(row.kind).label)
    return f"{kind}, {row.municipality.name}" if row.municipality else kind


def work_address_of(row: Organisation, actor: Actor) -> str:
    """Where it is edited, for whoever may; its public page for others."""
    name = "work_organisation" if may_edit_organisation(actor, row.steward.uid) else "organisation"
    return reverse(f"registry:{name}", args=[row.code])


def address_of(row: Organisation) -> str:
    return reverse("registry:organisation", args=[row.code])


searchables.add(Organisations())
