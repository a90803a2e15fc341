"""Who may change the territory: pure functions on the actor."""

from collections.abc import Collection
from uuid import UUID

from tavolo.kernel.actor import Actor
from tavolo.territory.plugs import AreaKind

# The part of a network's work that is about its territory (`roles.py`).
TERRITORY = "territory"


def may_import_territory(actor: Actor) -> bool:
    """Municipalities and population belong to the installation: whoever runs it."""
    return actor.has("operator")


def may_place_network(actor: Actor, network: UUID) -> bool:
    """To say which territory is that network's: its secretariat, or whoever runs the installation."""
    return actor.has("operator") or actor.has("network_secretary", network=network, part=TERRITORY)


def may_edit_areas(actor: Actor, kind: AreaKind, network: UUID | None) -> bool:
    """To enter and change areas of that kind in the network's name.

    Official ones and those without a network: whoever runs the installation alone.
    """
    if actor.has("operator"):
        return True
    return (
        not kind.official
        and network is not None
        and actor.has("network_secretary", network=network, part=TERRITORY)
    )


def may_edit_districts(actor: Actor, network: UUID | None) -> bool:
    """To enter and import districts at all, in the network's name."""
    return actor.has("operator") or (
        network is not None and actor.has("network_secretary", network=network, part=TERRITORY)
    )


def may_move(
    actor: Actor,
    kind: AreaKind,
    network: UUID | None,
    *,
    moved: Collection[int],
    territory: Collection[int],
) -> bool:
    """Whether those municipalities (primary keys) may be put into such areas, or taken out.

    A secretariat moves what lies in its network's `territory`, and nothing else.
    """
    if actor.has("operator"):
        return True
    return may_edit_areas(actor, kind, network) and set(moved) <= set(territory)
