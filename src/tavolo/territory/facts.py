"""What territory announces."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tavolo.kernel.facts import Fact


@dataclass(frozen=True)
class TerritoryImported(Fact):
    """Municipalities, areas, population and drawings of that year are in place."""

    year: int


@dataclass(frozen=True)
class TerritoryChanged(Fact):
    """So many municipalities were made or have other days, names, codes or provinces."""

    municipalities: int


@dataclass(frozen=True)
class PopulationImported(Fact):
    """So many rows of population were entered."""

    rows: int


@dataclass(frozen=True)
class NetworkPlaced(Fact):
    """A network has one more piece of territory; `place` is the uid of the area or municipality."""

    network: UUID
    place: UUID


@dataclass(frozen=True)
class NetworkLeft(Fact):
    """A piece is a network's territory no more; `place` is the uid of the area or municipality."""

    network: UUID
    place: UUID


@dataclass(frozen=True)
class AreaCreated(Fact):
    area: UUID
    kind: str


@dataclass(frozen=True)
class AreaRenamed(Fact):
    """What an area is called, or the area that it lies in, was changed."""

    area: UUID


@dataclass(frozen=True)
class AreaMembersChanged(Fact):
    """Other municipalities belong to the area from `day`; without day: since before the data."""

    area: UUID
    day: date | None


@dataclass(frozen=True)
class AreaMembersCorrected(Fact):
    """The periods of an area's memberships were wrong and are put right."""

    area: UUID


@dataclass(frozen=True)
class AreaEnded(Fact):
    """From `day` on nobody belongs to the area."""

    area: UUID
    day: date


@dataclass(frozen=True)
class AreaChangeUndone(Fact):
    """The memberships are as they were before that change."""

    area: UUID
    change: UUID


@dataclass(frozen=True)
class UnitsEntered(Fact):
    """Parts of the municipality were entered or are described otherwise."""

    municipality: UUID


@dataclass(frozen=True)
class PatronEntered(Fact):
    """The day of a municipality's patron saint was entered, or put right."""

    municipality: UUID
