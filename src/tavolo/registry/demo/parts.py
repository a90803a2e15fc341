"""What a demonstration network is made of, as plain values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from tavolo.kernel.dates import PartialDate
from tavolo.registry.choices import OrganisationKind, ParticipationRole

Since = str  # a date in the form of `kernel.dates`, or "" where the source has none


@dataclass(frozen=True)
class Named:
    """An organisation as a source names it, and how it stands to the network there.

    `seat` is an ISTAT code where the name itself says the municipality. `until` is the last it is
    known to take part.
    """

    name: str
    kind: OrganisationKind
    role: ParticipationRole = ParticipationRole.PARTICIPANT
    since: Since = ""
    until: Since = ""
    seat: str = ""
    source: str = ""


@dataclass(frozen=True)
class SourceNetwork:
    """A network as its source states it. `place` is kind and code of an area, or an ISTAT code.

    `of_its_municipalities` are entered as organisations too, from that day on; `invented` makes
    what the source leaves open. `member` is the organisation for which the demonstration's member
    signs in.
    """

    slug: str
    name: str
    summary: str
    active_since: Since
    place: tuple[str, str]
    source: str
    named: tuple[Named, ...]
    member: str
    persons: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    of_its_municipalities: Since | None = None
    invented: Callable[[Random], list[Named]] = field(default=lambda _random: [])


def known(text: Since) -> PartialDate | date | None:
    return PartialDate.parse(text) if text else None
