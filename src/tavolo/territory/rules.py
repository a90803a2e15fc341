"""Who may change the territory: pure functions on the actor."""

from uuid import UUID

from tavolo.kernel.actor import Actor


def may_import_territory(actor: Actor) -> bool:
    """Municipalities and population belong to the installation: whoever runs it."""
    return actor.has("operator")


def may_place_network(actor: Actor, network: UUID) -> bool:
    """To say which territory is that network's: its secretariat, or whoever runs the installation."""
    return actor.has("operator") or actor.has("network_secretary", network=network)
