"""What a demonstration network is made of, as plain values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Literal

from tavolo.kernel.dates import PartialDate
from tavolo.registry.choices import (
    GrammaticalForm,
    LegalForm,
    NameKind,
    OfficeTitle,
    OrganisationKind,
    ParticipationRole,
    UnitKind,
)

Since = str  # a date in the form of `kernel.dates`, or "" where the source has none


@dataclass(frozen=True)
class AlsoCalled:
    """Another name, as it stands in a source, slips included."""

    name: str
    kind: NameKind = NameKind.SHORT
    source: str = ""


@dataclass(frozen=True)
class Part:
    """A unit of an organisation, under its right name; `source` has the words where they differ."""

    name: str
    kind: UnitKind
    source: str = ""


@dataclass(frozen=True)
class Named:
    """An organisation as a source names it, and how it stands to the network there.

    `seat` is an ISTAT code where the name itself says the municipality. `until` is the last it is
    known to take part; with `role` None it takes no part. `ended` is when it ceased to be, `into`
    the name of the one that took its place then.
    """

    name: str
    kind: OrganisationKind
    role: ParticipationRole | None = ParticipationRole.PARTICIPANT
    since: Since = ""
    until: Since = ""
    seat: str = ""
    source: str = ""
    legal_form: LegalForm | Literal[""] = ""
    names: tuple[AlsoCalled, ...] = ()
    parts: tuple[Part, ...] = ()
    ended: Since = ""
    into: str = ""


@dataclass(frozen=True)
class Holder:
    """Somebody whom a source names in an office: she is entered with that, and with nothing else.

    `matter` is what is delegated to her, in the words of the source. `speaks`: the source says that
    the organisation takes part in the network through her.
    """

    given_name: str
    family_name: str
    organisation: str
    title: OfficeTitle
    form: GrammaticalForm
    source: str
    matter: str = ""
    began: Since = ""
    speaks: bool = False


@dataclass(frozen=True)
class SourceNetwork:
    """A network as its source states it. `place` is kind and code of an area, or an ISTAT code.

    `holders` are whom it names in office. `of_its_municipalities` are entered as organisations too,
    from that day on; `invented` makes what the source leaves open, each with a delegate that is
    invented as well. `member` is the organisation for which the demonstration's member
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
    holders: tuple[Holder, ...] = ()
    of_its_municipalities: Since | None = None
    invented: Callable[[Random], list[Named]] = field(default=lambda _random: [])


def known(text: Since) -> PartialDate | date | None:
    return PartialDate.parse(text) if text else None
