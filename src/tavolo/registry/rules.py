"""Who may do what with networks and organisations: pure functions on the actor and on uids."""

import re
from uuid import UUID

from tavolo.kernel.actor import Actor

# What addresses beside a network's slug or an organisation's code use; a test holds it to the URLs.
RESERVED_WORDS = frozenset(
    {
        "admin", "aggiungi", "api", "calendario", "cerca", "csv", "dati", "elenco", "en", "esporta",
        "grafo", "importa", "it", "mappa", "modifica", "nuova", "nuovo", "proponi", "registro",
        "tavolo",
    }
)  # fmt: skip

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTHS = range(2, 61)


def runs_network(actor: Actor, network: UUID, part: str = "") -> bool:
    """Whether the actor holds the network's secretariat, or the shell of the installation.

    A deputy may hold it for some parts of the work: with `part`, for that one (`roles.PARTS`).
    """
    return actor.has("operator") or actor.has("network_secretary", network=network, part=part)


def runs_any(actor: Actor) -> bool:
    """Whether there is some network that the actor runs."""
    return actor.has("operator") or actor.has("network_secretary")


def may_found_network(actor: Actor) -> bool:
    return actor.has("operator")


def may_edit_network(actor: Actor, network: UUID) -> bool:
    return runs_network(actor, network)


def may_add_organisation(actor: Actor, network: UUID) -> bool:
    """To enter it with that network as its steward."""
    return runs_network(actor, network)


def may_edit_organisation(actor: Actor, steward: UUID) -> bool:
    """The steward's secretariat alone (decision 12); the others propose."""
    return runs_network(actor, steward)


def may_admit(actor: Actor, network: UUID) -> bool:
    """To let organisations into that network, and to end their taking part."""
    return runs_network(actor, network)


def may_affiliate(actor: Actor, steward: UUID) -> bool:
    """To say who acts for an organisation whose steward that network is."""
    return runs_network(actor, steward)


def may_appoint(actor: Actor, network: UUID) -> bool:
    """To appoint and to end offices of that network."""
    return runs_network(actor, network)


def may_see_affiliation(actor: Actor, *, person: UUID, organisation: UUID, steward: UUID) -> bool:
    """Her own; those of an organisation for which she acts; those that her network stewards."""
    return (
        runs_network(actor, steward)
        or actor.person == person
        or actor.has("organisation_member", scope=("organisation", organisation))
    )


def is_slug(text: str) -> bool:
    return bool(_SLUG.fullmatch(text)) and len(text) in SLUG_LENGTHS
