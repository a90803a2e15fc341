"""Who may do what with bodies and seats, and what each role gives: pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tavolo.kernel.actor import Actor
from tavolo.registry import rules as registry
from tavolo.tables.choices import SeatRole

# The part of the work that can be given to a deputy by itself (`roles.py`).
TABLES = "tables"

# What addresses under /tavoli/ use beside a body's code; a test holds it to the URLs.
RESERVED_WORDS = frozenset({"api", "elenco", "modifica", "nuovo", "sfere", "tipi"})


class Word(StrEnum):
    """On what somebody may speak: on every item, on those that concern her, or when asked."""

    ALL = "all"
    SOME = "some"
    ASKED = "asked"


@dataclass(frozen=True)
class Rights:
    """What a role gives. `counts`: among the members in office, from whom a quorum is reckoned.

    `signs`: the minutes, beside who is named in the regulation.
    """

    presence: bool
    word: Word
    vote: bool
    counts: bool
    signs: bool
    has_delegates: bool = True


# The one table of truth for presence, word, vote and signature.
RIGHTS: Mapping[str, Rights] = {
    SeatRole.CHAIR: Rights(presence=True, word=Word.ALL, vote=True, counts=True, signs=True),
    SeatRole.COORDINATOR: Rights(presence=True, word=Word.ALL, vote=True, counts=True, signs=True),
    SeatRole.MEMBER: Rights(presence=True, word=Word.ALL, vote=True, counts=True, signs=False),
    SeatRole.SECRETARY: Rights(presence=True, word=Word.ALL, vote=False, counts=False, signs=True),
    SeatRole.PARTNER: Rights(presence=True, word=Word.SOME, vote=False, counts=False, signs=False),
    SeatRole.CONTRIBUTOR: Rights(
        presence=True, word=Word.ALL, vote=False, counts=False, signs=False
    ),
    SeatRole.OBSERVER: Rights(
        presence=True, word=Word.ASKED, vote=False, counts=False, signs=False
    ),
    SeatRole.GUEST: Rights(presence=True, word=Word.ASKED, vote=False, counts=False, signs=False),
}
# Those that make up the body: they are its adherents, and the quorum is reckoned from them.
ADHERENTS = frozenset(role for role, rights in RIGHTS.items() if rights.counts)


def may_run_bodies(actor: Actor, network: UUID) -> bool:
    """To found and change the bodies of a network, and to enter who sits in them."""
    return registry.runs_network(actor, network, TABLES)


def runs_some_bodies(actor: Actor) -> bool:
    return registry.runs_any(actor, TABLES)


def sits_somewhere(actor: Actor) -> bool:
    """Whether the page of her own tables can have something: she acts for an organisation, or for herself."""
    return bool(registry.organisations_of(actor)) or (
        actor.signed_in and registry.acts_in_person(actor)
    )


def may_see_delegate(
    actor: Actor,
    *,
    network: UUID,
    person: UUID,
    organisation: UUID | None,
    public: bool,
) -> bool:
    """`public`: the effective delegate of an administration, as in the register (decision 28).

    The others are seen by the person herself, by those who act for the organisation, by those who
    take part in the network and by its secretariat.
    """
    if public or may_run_bodies(actor, network):
        return True
    if actor.person == person and registry.acts_in_person(actor):
        return True
    near = organisation in registry.organisations_of(actor)
    return near or network in actor.networks("organisation_member")
