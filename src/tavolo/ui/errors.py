"""What the pieces of a page refuse: faults of whoever writes a page, never of whoever reads it."""


class ComponentError(Exception):
    """A component was given something that it cannot show."""


class UnknownComponent(ComponentError):  # noqa: N818  # named like a refusal, in words
    """A template names a component that does not exist, or passes a thing that is none."""
