"""Who speaks for an organisation: towards a network, in a matter, on a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import Capacity, OfficeTitle
from tavolo.registry.models import (
    Delegation,
    OfficeHolding,
    Organisation,
    OrganisationUnit,
    Representation,
)
from tavolo.registry.queries.in_office import words_of
from tavolo.registry.queries.merged import bearers, known_as
from tavolo.registry.queries.visible import (
    delegations_visible_to,
    offices_visible_to,
    representations_visible_to,
)
from tavolo.registry.titles import HEADS, matter_words

# A contact person answers letters and speaks for nobody.
SENT = (Capacity.DELEGATE, Capacity.SUBSTITUTE)
CAPACITIES = (*SENT, Capacity.LEGAL_REPRESENTATIVE)


class Ground(StrEnum):
    """On what it rests that somebody speaks, in the order in which it counts."""

    REPRESENTATION = "representation"
    DELEGATION = "delegation"
    LEGAL_REPRESENTATIVE = "legal_representative"
    HEAD = "head"


GROUNDS = tuple(Ground)


@dataclass(frozen=True)
class Speaker:
    """Who speaks, in words what as, on what ground, since when (None: nobody has said).

    `network` and `matter`: towards whom and for what, where it was said.
    """

    person: Person
    words: str
    ground: Ground
    since: PartialDate | None
    row: Representation | Delegation | OfficeHolding
    network: Network | None = None
    matter: str = ""


def who_speaks(
    organisation: Organisation,
    *,
    on: date,
    network: Network | None = None,
    theme: str = "",
    known_at: datetime | None = None,
    unit: OrganisationUnit | None = None,
    actor: Actor = ANONYMOUS,
) -> list[Speaker]:
    """Who speaks for it on a day, who counts first in front; see `who_speaks_for`."""
    found = who_speaks_for(
        [organisation],
        on=on,
        network=network,
        theme=theme,
        known_at=known_at,
        unit=unit,
        actor=actor,
    )
    return found[organisation.pk]


def who_speaks_for(
    organisations: Iterable[Organisation],
    *,
    on: date,
    network: Network | None = None,
    theme: str = "",
    known_at: datetime | None = None,
    unit: OrganisationUnit | None = None,
    actor: Actor = ANONYMOUS,
) -> dict[int, list[Speaker]]:
    """For each of them, by primary key, who speaks for it on a day; four queries for one and for 5,000.

    In order: who was sent to that network (delegates before substitutes, named for that network
    before those sent to all), who has the delegation of that `theme`, the legal representative, the
    head by office (the first of `titles.HEADS` that is held). Without `network` those sent to any;
    without `theme` no delegation. With `unit`, who speaks for that unit of it. As it was known at
    `known_at`. What is not public is left out unless the actor may see it (`rules`).
    """
    known = known_as(organisations, known_at=known_at)
    rows = {row for keys in known.values() for row in keys}
    here = Q(organisation__in=rows, unit=unit)
    sent = representations_visible_to(actor).on(on, known_at=known_at)
    sent = sent.filter(here, capacity__in=CAPACITIES).select_related("person", "network")
    if network is not None:
        sent = sent.filter(Q(network=network) | Q(network=None))
    offices = offices_visible_to(actor).on(on, known_at=known_at)
    held = list(offices.filter(here).select_related("person"))
    delegated = _delegated(actor, theme, on, known_at, here)
    return speakers_among(known, sent, held, delegated)


def speakers_among(
    known: dict[int, frozenset[int]],
    sent: Iterable[Representation],
    held: Sequence[OfficeHolding],
    delegated: Iterable[Delegation] = (),
) -> dict[int, list[Speaker]]:
    """The same from rows of the day that were read already (`known`: see `known_as`)."""
    return _in_order(known, [*_sent(sent), *_delegates(delegated, held), *_heads(held)])


def _delegated(
    actor: Actor, theme: str, on: date, known_at: datetime | None, here: Q
) -> list[Delegation]:
    if not theme:
        return []
    rows = delegations_visible_to(actor).on(on, known_at=known_at)
    return list(rows.filter(here, theme=theme).select_related("person"))


def _sent(rows: Iterable[Representation]) -> Iterator[Speaker]:
    for row in rows:
        capacity = Capacity(row.capacity)
        ground = Ground.REPRESENTATION if capacity in SENT else Ground.LEGAL_REPRESENTATIVE
        words = str(capacity.label)
        yield Speaker(row.person, words, ground, row.began, row, row.network, row.matter)


def _delegates(rows: Iterable[Delegation], held: Iterable[OfficeHolding]) -> Iterator[Speaker]:
    offices = {office.uid: words_of(office) for office in held}
    for row in rows:
        matter = matter_words(row.theme, row.words)
        office = offices.get(row.holding) if row.holding else None
        words = _("%(office)s, delegated: %(matter)s") if office else _("delegated: %(matter)s")
        told = words % {"office": office, "matter": matter}
        yield Speaker(row.person, told, Ground.DELEGATION, row.began, row, matter=matter)


def _heads(held: Iterable[OfficeHolding]) -> Iterator[Speaker]:
    """Of each organisation those who hold the first of the heads that is held there."""
    by_organisation: dict[int, list[OfficeHolding]] = {}
    for row in held:
        if row.title in HEADS:
            by_organisation.setdefault(row.organisation_id, []).append(row)
    for rows in by_organisation.values():
        first = min(rows, key=_rank).title
        for row in rows:
            if row.title == first:
                yield Speaker(row.person, words_of(row), _ground(row), row.began, row)


def _ground(row: OfficeHolding) -> Ground:
    legal = row.title == OfficeTitle.LEGAL_REPRESENTATIVE
    return Ground.LEGAL_REPRESENTATIVE if legal else Ground.HEAD


def _rank(row: OfficeHolding) -> int:
    return HEADS.index(OfficeTitle(row.title))


def _in_order(
    known: dict[int, frozenset[int]], speakers: Iterable[Speaker]
) -> dict[int, list[Speaker]]:
    found: dict[int, list[Speaker]] = {asked: [] for asked in known}
    asked_by = bearers(known)
    for one in sorted(speakers, key=_place):
        for asked in asked_by[one.row.organisation_id]:
            found[asked].append(one)
    return found


def _place(one: Speaker) -> tuple[int, bool, int, str, int]:
    row = one.row
    capacity = CAPACITIES.index(Capacity(row.capacity)) if isinstance(row, Representation) else 0
    place = GROUNDS.index(one.ground)
    return (place, one.network is None, capacity, one.person.sort_key, row.pk)
