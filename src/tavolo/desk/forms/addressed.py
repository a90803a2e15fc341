"""A form by which a letter goes to an address that is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.desk.forms.base import ActForm
from tavolo.messages.returned import warnings_on


class AddressedForm(ActForm):
    """Where letters to `email` came back it says so first, and takes the address once that is confirmed."""

    all_the_same = forms.BooleanField(
        label=_("Write to this address all the same"),
        help_text=_("Where you know that the mailbox works again."),
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        email = told.get("email") or ""
        warning = warnings_on([email]).get(email) if email else None
        if warning and not told.get("all_the_same"):
            self.add_error("email", warning)
            self.fields["all_the_same"].widget = forms.CheckboxInput()
        return told
