"""Bodies, their seats and who is sent to them: all dated, in two times."""

from tavolo.tables.models.admissions import AdmissionAct, Decision
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
from tavolo.tables.models.checks import (
    Check,
    CheckAnswer,
    ChecklistItem,
    CheckStep,
    Commissioner,
    Score,
    ScoringCriterion,
)
from tavolo.tables.models.notices import Notice, NoticeAsk, NoticeCorrection, NoticeGroup
from tavolo.tables.models.regulations import BodyRegulation
from tavolo.tables.models.seats import Delegate, Seat

__all__ = [
    "AdmissionAct",
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
    "Check",
    "CheckAnswer",
    "CheckStep",
    "ChecklistItem",
    "Commissioner",
    "Decision",
    "Delegate",
    "Notice",
    "NoticeAsk",
    "NoticeCorrection",
    "NoticeGroup",
    "Score",
    "ScoringCriterion",
    "Seat",
    "Sphere",
]
