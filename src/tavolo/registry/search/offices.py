from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.dated import valid_on
from tavolo.kernel.errors import Sentence
from tavolo.registry.models import Delegation, OfficeHolding, Organisation
from tavolo.registry.queries import InOffice, in_office_of, offices_visible_to
from tavolo.registry.queries.in_office import words_of
from tavolo.registry.search import organisations
from tavolo.registry.search.organisations import ORGANISATION, address_of
from tavolo.search.batches import batches
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.search.queries import closest, matching

PERSON = "people.person"
WEIGHT = 0.4


class Offices:
    """Who holds a public office today, and what is delegated to her; nobody whose data were erased."""

    key = "office"
    slug = "cariche"
    label: Sentence = _("In public office")
    order = 40
    subjects: Collection[str] = (ORGANISATION, PERSON)

    def entries(self, changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        rows = organisations.listed()
        if changed is not None:
            rows = rows.filter(pk__in=_organisations_touched(changed))
        for batch in batches(rows):
            held = in_office_of(batch, on=clock.today(), actor=ANONYMOUS)
            for organisation in batch:
                for one in held[organisation.pk]:
                    if one.person.erased_at is None:
                        yield entry_of(one, organisation)

    def gone(self, changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        """Rows of every time: which of them are in the index nobody else knows."""
        keys = _organisations_touched(changed)
        # Those that came by a merger go with it.
        of_touched = Q(organisation__in=keys) | Q(organisation__merged_into__in=keys)
        return {
            uid
            for model in (OfficeHolding, Delegation)
            for uid in model.objects.filter(of_touched).values_list("uid", flat=True)
        }

    def found(self, actor: Actor, words: str, *, limit: int) -> Sequence[Hit]:
        """By the name of the person, also where the office is not public and she may see it; one query."""
        rows = visible(actor).filter(matching(words, "person__search_key"))
        return [
            Hit(
                row.uid,
                row.person.name,
                address_of(row.organisation),
                f"{words_of(row)}, {row.organisation.name}",
            )
            for row in closest(rows, words, key="person__search_key")[:limit]
        ]

    def detail_words(self, _detail: str) -> str:
        return ""


def visible(actor: Actor) -> QuerySet[OfficeHolding]:
    rows = offices_visible_to(actor).filter(
        valid_on(clock.today()),
        superseded_at__isnull=True,
        organisation__merged_into__isnull=True,
        person__erased_at__isnull=True,
    )
    return rows.select_related("person", "organisation")


def _organisations_touched(changed: Mapping[str, Collection[UUID]]) -> set[int]:
    """Where something changed, what that was merged into, and where those persons hold or held something."""
    rows = Organisation.objects.filter(uid__in=changed.get(ORGANISATION, ()))
    pairs = rows.values_list("pk", "merged_into")
    found = {key for pair in pairs for key in pair if key is not None}
    persons = changed.get(PERSON, ())
    for model in (OfficeHolding, Delegation):
        held = model.objects.filter(person__uid__in=persons)
        found |= set(held.values_list("organisation", flat=True))
    return found


def entry_of(one: InOffice, organisation: Organisation) -> Entry:
    seat = organisation.municipality
    matters = [delegated.words for delegated in one.delegations]
    return Entry(
        uid=one.row.uid,
        title=one.person.name,
        url=address_of(organisation),
        names=(one.person.name,),
        text=" ".join([*matters, seat.name if seat else "", seat.province.name if seat else ""]),
        place=f"{one.words}, {organisation.name}",
        province=seat.province.title if seat else "",
        municipality=seat.name if seat else "",
        weight=WEIGHT,
    )


searchables.add(Offices())
