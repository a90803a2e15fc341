"""The story of a letter: one line for whatever happens to it."""

from tavolo.kernel import clock
from tavolo.messages.choices import EventKind
from tavolo.messages.models import Message, MessageEvent


def note(message: Message, kind: EventKind, detail: str = "") -> MessageEvent:
    """Add a line; `detail` is a number that a machine gave, and never its words."""
    return MessageEvent.objects.create(
        message=message, kind=kind, at=clock.now(), detail=detail[:300]
    )
