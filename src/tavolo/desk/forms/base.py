"""Beside which fields the forms of the desk say what was refused."""

from tavolo.kernel.errors import Refusal
from tavolo.people.errors import UnusableAddress
from tavolo.registry.errors import (
    ActMissing,
    AlreadyAffiliated,
    AlreadyDeputy,
    AlreadyInOffice,
    DeputyOfHerself,
    EndsBeforeItBegan,
    NameMissing,
    NothingToGive,
)
from tavolo.territory.errors import (
    AlreadyItsTerritory,
    AreaCodeTaken,
    AreaCodeUnusable,
    AreaNameMissing,
    NotThereThen,
    ParentElsewhere,
)
from tavolo.ui import forms

FIELDS_OF: dict[type[Refusal], tuple[str, ...]] = {
    UnusableAddress: ("email",),
    AlreadyInOffice: ("email",),
    AlreadyAffiliated: ("email",),
    AlreadyDeputy: ("deputy",),
    DeputyOfHerself: ("deputy",),
    NothingToGive: ("given",),
    ActMissing: ("act",),
    EndsBeforeItBegan: ("last_day",),
    NameMissing: ("name",),
    AlreadyItsTerritory: ("name",),
    AreaNameMissing: ("name",),
    AreaCodeTaken: ("code",),
    AreaCodeUnusable: ("code",),
    ParentElsewhere: ("parent",),
    NotThereThen: ("day",),
}


class ActForm(forms.ActForm):
    fields_of = FIELDS_OF


class ConfirmForm(ActForm):
    """Nothing to fill in: the button alone."""
