"""Who may import what: whoever may, by the word of the kind, also sees what others imported there."""

from tavolo.imports.plugs import ImportKind
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network


def may_import(actor: Actor, kind: ImportKind, network: Network | None) -> bool:
    """Whether the actor may import and export that kind in the network, or for the installation."""
    return kind.may(actor, network)


def may_see(actor: Actor, kind: ImportKind | None, network: Network | None) -> bool:
    """Whether the actor sees imports of that kind there. A kind that is no more: the operator alone."""
    return actor.has("operator") or (kind is not None and may_import(actor, kind, network))
