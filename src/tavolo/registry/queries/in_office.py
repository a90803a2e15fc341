"""Who holds which office of an organisation on a day, with what is delegated to them; and the story of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.dated import RecordedQuerySet
from tavolo.kernel.dates import PartialDate
from tavolo.people.models import Person
from tavolo.registry.choices import OfficeTitle
from tavolo.registry.models import Delegation, OfficeHolding, Organisation
from tavolo.registry.queries.merged import bearers, known_as
from tavolo.registry.queries.visible import delegations_visible_to, offices_visible_to
from tavolo.registry.titles import matter_words, office_words

RANK = {title: place for place, title in enumerate(OfficeTitle)}


@dataclass(frozen=True)
class Delegated:
    """A matter that is delegated, in words."""

    row: Delegation
    words: str


@dataclass(frozen=True)
class InOffice:
    """A person and what she holds, in words: an office with what is delegated with it.

    `row` is a Delegation where the source names that alone; `words` are then its matter.
    """

    row: OfficeHolding | Delegation
    person: Person
    words: str
    delegations: tuple[Delegated, ...] = ()

    @property
    def is_delegation(self) -> bool:
        """Whether it is a delegated matter without an office on which it rests."""
        return isinstance(self.row, Delegation)

    @property
    def began(self) -> PartialDate | None:
        began: PartialDate | None = self.row.began
        return began

    @property
    def ended(self) -> PartialDate | None:
        ended: PartialDate | None = self.row.ended
        return ended


def in_office(
    organisation: Organisation,
    *,
    on: date,
    known_at: datetime | None = None,
    actor: Actor = ANONYMOUS,
) -> list[InOffice]:
    """Who is in office on a day, as it is known now or was known on that instant.

    By rank of the office, then by name; delegations without an office come last. What is not
    public is left out unless the actor may see it (`rules.may_see_office`). Three queries.
    """
    return in_office_of([organisation], on=on, known_at=known_at, actor=actor)[organisation.pk]


def in_office_of(
    organisations: Iterable[Organisation],
    *,
    on: date,
    known_at: datetime | None = None,
    actor: Actor = ANONYMOUS,
) -> dict[int, list[InOffice]]:
    """The same for many, by primary key; three queries for one and for 5,000."""
    known = known_as(organisations, known_at=known_at)
    offices = offices_visible_to(actor).on(on, known_at=known_at)
    delegations = delegations_visible_to(actor).on(on, known_at=known_at)
    return _by_organisation(known, offices, delegations)


def offices_story(
    organisation: Organisation, *, known_at: datetime | None = None, actor: Actor = ANONYMOUS
) -> list[InOffice]:
    """Every office and delegation that was ever held there, the last to begin first; three queries.

    What is known of no beginning stands last. Delegations stand with the office on which they rest.
    """
    known = known_as([organisation], known_at=known_at)
    offices = offices_visible_to(actor).known(known_at)
    delegations = delegations_visible_to(actor).known(known_at)
    found = _by_organisation(known, offices, delegations)[organisation.pk]
    return sorted(found, key=lambda one: one.row.valid_from or date.min, reverse=True)


def _by_organisation(
    known: dict[int, frozenset[int]],
    offices: RecordedQuerySet[OfficeHolding],
    delegations: RecordedQuerySet[Delegation],
) -> dict[int, list[InOffice]]:
    rows = {row for keys in known.values() for row in keys}
    held = offices.filter(organisation__in=rows).select_related("person", "unit")
    delegated = delegations.filter(organisation__in=rows).select_related("person", "unit")
    found: dict[int, list[InOffice]] = {asked: [] for asked in known}
    asked_by = bearers(known)
    for one in assembled(held, delegated):
        for asked in asked_by[one.row.organisation_id]:
            found[asked].append(one)
    return found


def assembled(
    offices: Iterable[OfficeHolding], delegations: Iterable[Delegation]
) -> Iterator[InOffice]:
    """Each office with the delegations that rest on it, in order; then those that rest on none."""
    held = sorted(offices, key=_place)
    resting: dict[object, list[Delegated]] = {row.uid: [] for row in held}
    alone = []
    for row in sorted(delegations, key=lambda row: (row.person.sort_key, row.theme, row.pk)):
        beside = resting.get(row.holding)
        if beside is None:
            alone.append(row)
        else:
            beside.append(Delegated(row, matter_words(row.theme, row.words)))
    for office in held:
        yield InOffice(office, office.person, words_of(office), tuple(resting[office.uid]))
    for row in alone:
        yield InOffice(row, row.person, matter_words(row.theme, row.words))


def words_of(office: OfficeHolding) -> str:
    """The office as it is called of who holds it."""
    return office_words(office.title, office.form, office.title_feminine, office.title_masculine)


def _place(row: OfficeHolding) -> tuple[int, str, int]:
    return (RANK[OfficeTitle(row.title)], row.person.sort_key, row.pk)
