"""Bodies, their seats and delegates go with their network."""

from tavolo.kernel.plugs import Goes, Travel
from tavolo.people.sealing import seal, unseal

Travel("tables.Body", Goes.WITH_NETWORK, path="network")
Travel("tables.Sphere", Goes.WITH_NETWORK, path="network")
for name in (
    "BodyName",
    "BodyTerritory",
    "BodyPurpose",
    "BodyLineage",
    "BodyRegulation",
    "Delegate",
):
    Travel(f"tables.{name}", Goes.WITH_NETWORK, path="body__network")
Travel("tables.Seat", Goes.WITH_NETWORK, path="network", of_organisation=("organisation",))
Travel("tables.Notice", Goes.WITH_NETWORK, path="network")
for name in ("NoticeGroup", "NoticeAsk", "NoticeCorrection"):
    Travel(f"tables.{name}", Goes.WITH_NETWORK, path="notice__network")
Travel("tables.Application", Goes.WITH_NETWORK, path="network")
for name in ("ApplicationGroup", "ApplicationDelegate", "ApplicationDeclaration"):
    Travel(f"tables.{name}", Goes.WITH_NETWORK, path="application__network")


def opened(key: str) -> str:
    """The key of a paper, which this installation sealed; "" of one that was emptied."""
    return unseal(key) if key else ""


def closed(key: str) -> str:
    return seal(key) if key else ""


# What was attached goes sealed as it lies here; the key that opens it is sealed anew there.
Travel(
    "tables.ApplicationPaper",
    Goes.WITH_NETWORK,
    path="application__network",
    opened={"sealed_key": (opened, closed)},
)
for name in ("ChecklistItem", "ScoringCriterion", "Commissioner"):
    Travel(f"tables.{name}", Goes.WITH_NETWORK, path="notice__network")
for name in ("Check", "AdmissionAct"):
    Travel(f"tables.{name}", Goes.WITH_NETWORK, path="network")
for name in ("CheckAnswer", "CheckStep", "Score", "Decision"):
    Travel(f"tables.{name}", Goes.WITH_NETWORK, path="check_made__network")
