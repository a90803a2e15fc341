"""What every form of the desk shares: it does nothing twice, and says a refusal where it belongs."""

from typing import Any
from uuid import uuid4

from django import forms

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

FIELD_OF: dict[type[Refusal], str] = {
    UnusableAddress: "email",
    AlreadyInOffice: "email",
    AlreadyAffiliated: "email",
    AlreadyDeputy: "deputy",
    DeputyOfHerself: "deputy",
    NothingToGive: "given",
    ActMissing: "act",
    EndsBeforeItBegan: "last_day",
    NameMissing: "name",
    AlreadyItsTerritory: "name",
    AreaNameMissing: "name",
    AreaCodeTaken: "code",
    AreaCodeUnusable: "code",
    ParentElsewhere: "parent",
    NotThereThen: "day",
}


class ActForm(forms.Form):
    """A form that does nothing twice; a refusal of its action is said beside the field it is about."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    refusal: Refusal | None = None

    def take(self, refusal: Refusal) -> None:
        self.refusal = refusal
        name = FIELD_OF.get(type(refusal))
        self.add_error(name if name in self.fields else None, str(refusal))


class ConfirmForm(ActForm):
    """Nothing to fill in: the button alone."""
