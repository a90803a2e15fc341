"""Who may do what with persons, invitations and sessions: pure functions on the actor and on uids."""

from uuid import UUID

from tavolo.kernel.actor import Actor


def may_invite(actor: Actor, network: UUID) -> bool:
    """To invite into that network, send an invitation again, and revoke it."""
    return actor.has("operator") or actor.has("network_secretary", network=network)


def may_create_account(actor: Actor) -> bool:
    return actor.has("operator")


def may_change_names(actor: Actor, person: UUID) -> bool:
    """One's own names; another's by the shell of the installation alone."""
    return actor.has("operator") or actor.person == person


def may_end_sessions(actor: Actor, person: UUID) -> bool:
    return actor.has("operator") or actor.person == person


def may_take_off_second_factor(actor: Actor) -> bool:
    """Another's: by the shell of the installation alone. A secretary of one network could enter others by it."""
    return actor.has("operator")


def may_erase(actor: Actor) -> bool:
    return actor.has("operator")
