from tavolo.kernel.errors import NotAllowed


def require(allowed: bool) -> None:  # noqa: FBT001  # the answer of a rule
    """Refuses with NotAllowed."""
    if not allowed:
        raise NotAllowed
