from tavolo.kernel.actor import Actor


def may_erase(actor: Actor) -> bool:
    """Whoever is somebody; which values, and whether, is the rule of the calling room."""
    return actor.signed_in or actor.has("operator")
