"""Bodies, their seats and who is sent to them: all dated, in two times."""

from tavolo.tables.models.applications import (
    Application,
    ApplicationDeclaration,
    ApplicationDelegate,
    ApplicationGroup,
    ApplicationPaper,
)
from tavolo.tables.models.bodies import (
    Body,
    BodyLineage,
    BodyName,
    BodyPurpose,
    BodyTerritory,
    Sphere,
)
from tavolo.tables.models.notices import Notice, NoticeAsk, NoticeCorrection, NoticeGroup
from tavolo.tables.models.regulations import BodyRegulation
from tavolo.tables.models.seats import Delegate, Seat

__all__ = [
    "Application",
    "ApplicationDeclaration",
    "ApplicationDelegate",
    "ApplicationGroup",
    "ApplicationPaper",
    "Body",
    "BodyLineage",
    "BodyName",
    "BodyPurpose",
    "BodyRegulation",
    "BodyTerritory",
    "Delegate",
    "Notice",
    "NoticeAsk",
    "NoticeCorrection",
    "NoticeGroup",
    "Seat",
    "Sphere",
]
