"""Who may import what: whoever may, by the word of the kind, also sees what others imported there."""

from tavolo.imports.plugs import ImportKind
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network

# The part of a network's work that is about lists of others (`roles.py`).
IMPORTS = "imports"


def may_import(actor: Actor, kind: ImportKind, network: Network | None) -> bool:
    """Whether the actor may import and export that kind in the network, or for the installation.

    Who acts for another needs the part of the work that the list is about, and this one beside it.
    """
    return kind.may(actor, network) and (
        actor.acting_for is None or _may_import_for(actor, network)
    )


def may_see(actor: Actor, kind: ImportKind | None, network: Network | None) -> bool:
    """Whether the actor sees imports of that kind there. A kind that is no more: the operator alone."""
    return actor.has("operator") or (kind is not None and may_import(actor, kind, network))


def _may_import_for(actor: Actor, network: Network | None) -> bool:
    return network is not None and actor.has("network_secretary", network=network.uid, part=IMPORTS)
