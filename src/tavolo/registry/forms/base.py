"""What every form of the register shares: it does nothing twice, and says a refusal where it belongs."""

from typing import Any
from uuid import uuid4

from django import forms

from tavolo.kernel.errors import Refusal
from tavolo.registry.errors import (
    AlreadyEnded,
    AlreadyTakesPart,
    EndNotKnown,
    EndsBeforeItBegan,
    NameMissing,
    TaxCodeTaken,
    TaxCodeWrong,
    UnknownKind,
)

# The fields that a refusal can be about; it is said beside the first that the form has.
FIELDS_OF: dict[type[Refusal], tuple[str, ...]] = {
    NameMissing: ("name",),
    UnknownKind: ("kind",),
    TaxCodeWrong: ("tax_code", "value"),
    TaxCodeTaken: ("tax_code", "value"),
    EndsBeforeItBegan: ("last", "ended", "since", "began"),
    EndNotKnown: ("last", "ended"),
    AlreadyEnded: ("last",),
    AlreadyTakesPart: ("network",),
}


class ActForm(forms.Form):
    """A form that does nothing twice; a refusal of its action is said beside the field it is about."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def take(self, refusal: Refusal) -> None:
        """Say a refusal of the action beside the field that it is about."""
        about = FIELDS_OF.get(type(refusal), ())
        self.add_error(next((name for name in about if name in self.fields), None), str(refusal))

    def again(self, **values: str) -> None:
        """What was typed stays; `values` and the key are new, because this is another sending."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name, value in {**values, "form_key": str(uuid4())}.items():
            self.data[name] = value  # type: ignore[index]


class ConfirmForm(ActForm):
    """Nothing to fill in: the button alone."""
