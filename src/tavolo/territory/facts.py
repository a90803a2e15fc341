"""What territory announces."""

from dataclasses import dataclass
from uuid import UUID

from tavolo.kernel.facts import Fact


@dataclass(frozen=True)
class TerritoryImported(Fact):
    """Municipalities, areas, population and drawings of that year are in place."""

    year: int


@dataclass(frozen=True)
class NetworkPlaced(Fact):
    """A network has one more piece of territory; `place` is the uid of the area or municipality."""

    network: UUID
    place: UUID
