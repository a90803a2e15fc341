"""Who may do what with persons, invitations and sessions: pure functions on the actor and on uids."""

from dataclasses import dataclass
from uuid import UUID

from tavolo.kernel.actor import Actor

# The part of a network's work that is about people (`roles.py`).
PEOPLE = "people"


def is_plain_address(email: str) -> bool:
    """Whether an e-mail means the same to every program: nothing quoted, nothing that looks encoded."""
    return '"' not in email and "=?" not in email


def may_invite(actor: Actor, network: UUID) -> bool:
    """To invite into that network, send an invitation again, and revoke it."""
    return actor.has("operator") or actor.has("network_secretary", network=network, part=PEOPLE)


def may_create_account(actor: Actor) -> bool:
    return actor.has("operator")


def may_add_person(actor: Actor) -> bool:
    """To enter somebody without an account: whoever enters for some network who is in office."""
    return actor.has("operator") or actor.has("network_secretary", part=PEOPLE)


def may_change_names(actor: Actor, person: UUID) -> bool:
    """One's own names; another's by the shell of the installation alone."""
    return actor.has("operator") or actor.person == person


def may_end_sessions(actor: Actor, person: UUID) -> bool:
    return actor.has("operator") or actor.person == person


def may_keep_ways_in(actor: Actor, person: UUID) -> bool:
    """Keys for programs, linked identities, the e-mail of sign-in: her own, whoever she acts for just now."""
    return actor.person == person


def may_take_off_second_factor(actor: Actor) -> bool:
    """Another's: by the shell of the installation alone. A secretary of one network could enter others by it."""
    return actor.has("operator")


@dataclass(frozen=True)
class Knowledge:
    """Whom it is about, and who knows her: what the rules on her data need.

    `networks` are those in which some room knows her; `signs_in` says that she has an account.
    """

    person: UUID
    networks: frozenset[UUID]
    signs_in: bool


def may_see_data(actor: Actor, about: Knowledge) -> bool:
    """Her own. Of somebody without account, whoever runs every network that knows her."""
    return _is_herself(actor, about) or _answers_for(actor, about, part="people")


def may_erase(actor: Actor, about: Knowledge) -> bool:
    """As for seeing; a deputy who has a part of the work alone does not erase."""
    return _is_herself(actor, about) or _answers_for(actor, about, part="")


def may_answer_requests(actor: Actor, network: UUID | None) -> bool:
    """Of a network its secretariat; what concerns none, the operator."""
    if network is None:
        return actor.has("operator")
    return actor.has("operator") or actor.has("network_secretary", network=network, part="people")


def _is_herself(actor: Actor, about: Knowledge) -> bool:
    return actor.person == about.person and actor.acting_for is None


def _answers_for(actor: Actor, about: Knowledge, *, part: str) -> bool:
    if actor.has("operator"):
        return True
    run = actor.networks("network_secretary", part=part)
    return not about.signs_in and bool(about.networks) and about.networks <= run
