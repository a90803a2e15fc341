"""What forms of every room share: they do nothing twice, and say a refusal where it belongs."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal

LAST = date(2999, 12, 31)


class Day(forms.DateField):
    """A day; browsers that know it show a calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "max": LAST.isoformat()}, format="%Y-%m-%d")
        super().__init__(
            widget=widget,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            error_messages={"invalid": _("Write a day that exists, as in 2026-01-31.")},
            **kwargs,
        )

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day > LAST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class ActForm(forms.Form):
    """A form that does its act once; a refusal of the action is said beside the field it is about.

    `fields_of` is the room's: the fields that a refusal can be about. It is said beside the first of
    them that the form has, and above the form where it has none.
    """

    fields_of: ClassVar[Mapping[type[Refusal], tuple[str, ...]]] = {}
    refusal: Refusal | None = None

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def take(self, refusal: Refusal) -> None:
        """Say a refusal of the action; what was typed stays."""
        self.refusal = refusal
        kinds = [kind for kind in type(refusal).mro() if kind in self.fields_of]
        about = self.fields_of[kinds[0]] if kinds else ()
        self.add_error(next((name for name in about if name in self.fields), None), str(refusal))

    def again(self, **values: str) -> None:
        """What was typed stays; `values` and the key are new, because this is another sending."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        for name, value in {**values, "form_key": str(uuid4())}.items():
            self.data[name] = value  # type: ignore[index]
