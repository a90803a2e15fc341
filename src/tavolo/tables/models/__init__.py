"""Bodies, their seats and who is sent to them: all dated, in two times."""

from tavolo.tables.models.bodies import (
    Body,
    BodyLineage,
    BodyName,
    BodyPurpose,
    BodyTerritory,
    Sphere,
)
from tavolo.tables.models.regulations import BodyRegulation
from tavolo.tables.models.seats import Delegate, Seat

__all__ = [
    "Body",
    "BodyLineage",
    "BodyName",
    "BodyPurpose",
    "BodyRegulation",
    "BodyTerritory",
    "Delegate",
    "Seat",
    "Sphere",
]
