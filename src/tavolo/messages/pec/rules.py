"""Who may do what with PEC: pure functions on the actor."""

from uuid import UUID

from tavolo.kernel.actor import Actor

# The part of a network's work that is PEC and registry numbers (`roles.py`).
PEC = "pec"


def may_keep_pec(actor: Actor, network: UUID) -> bool:
    """To see what came by PEC, bring it, bind it and set it aside; and to enter numbers."""
    return actor.has("operator") or actor.has("network_secretary", network=network, part=PEC)


def may_set_mailbox(actor: Actor, network: UUID) -> bool:
    """To enter a mailbox and its password: whoever holds the office whole, in person."""
    return actor.has("operator") or (
        actor.acting_for is None and actor.has("network_secretary", network=network)
    )
