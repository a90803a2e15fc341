"""Whom to invite of those who can be."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.desk.inviting import Invitee, Standing


class InviteAllForm(ActForm):
    """Each choice says which invitation it means to send again, so that nobody gets two letters."""

    persons = forms.MultipleChoiceField(
        label=_("Whom to invite"), widget=forms.CheckboxSelectMultiple
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: Sequence[tuple[Invitee, str]], **kwargs: Any) -> None:
        chosen = [
            value_of(one)
            for one, _words in offered
            if one.standing in {Standing.NEW, Standing.EXPIRED}
        ]
        kwargs["initial"] = {"persons": chosen, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        field = self.fields["persons"]
        field.choices = [(value_of(one), words) for one, words in offered]  # type: ignore[attr-defined]
        field.error_messages["required"] = _("Choose at least one person.")
        field.error_messages["invalid_choice"] = _(
            "Something has changed meanwhile. Look again at who can be invited."
        )

    def hide(self) -> None:
        """The choice is made; the page asks once more."""
        self.fields["persons"].widget = forms.MultipleHiddenInput()
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["confirmed"] = "on"
        self.data = data

    @property
    def wanted(self) -> dict[UUID, datetime | None]:
        return dict(_wanted(value) for value in self.cleaned_data["persons"])


def value_of(one: Invitee) -> str:
    return f"{one.person.uid}~{one.ends.isoformat() if one.ends else ''}"


def _wanted(value: str) -> tuple[UUID, datetime | None]:
    uid, _sign, ends = value.partition("~")
    return UUID(uid), datetime.fromisoformat(ends) if ends else None
