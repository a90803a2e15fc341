"""What the pages share: the frame around what each of them shows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.asof import Asked
from tavolo.territory.web.parts.story import Event, timeline
from tavolo.ui.components.timeline import Timeline

Context = dict[str, Any]
RECENT = 8  # moments of a story that are shown at once


@dataclass(frozen=True)
class Request:
    """What a page is made from: the request, what it asks for, and its addresses."""

    http: HttpRequest
    asked: Asked

    @property
    def to(self) -> Addresses:
        return Addresses(self.asked)

    @property
    def actor(self) -> Actor:
        return getattr(self.http, "actor", ANONYMOUS)


def told(events: list[Event], asked: Asked) -> dict[str, Timeline | None]:
    """The story as a timeline; of a long one the older part is folded away."""
    older, recent = events[:-RECENT], events[-RECENT:]
    if len(older) < RECENT // 2:
        older, recent = [], events
    return {
        "story": timeline(recent, asked),
        "older_story": timeline(older, asked) if older else None,
    }
