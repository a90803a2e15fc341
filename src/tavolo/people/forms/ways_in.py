"""What is typed of a key for programs, and of another e-mail for signing in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tavolo.people.choices import TokenScope
from tavolo.people.errors import NameMissing, NothingAllowed
from tavolo.people.forms.signing_in import email_field
from tavolo.ui.forms import ActForm

MONTH, QUARTER, HALF, YEAR = 30, 90, 180, 365
FOR = (
    (MONTH, _("a month")),
    (QUARTER, _("three months")),
    (HALF, _("six months")),
    (YEAR, _("a year")),
)


class TokenForm(ActForm):
    fields_of = {NameMissing: ("name",), NothingAllowed: ("scopes",)}

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Which program will use it, and where it runs."),
        max_length=80,
        widget=forms.TextInput(attrs={"class": "tv-w-m", "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What the program may do in your name"),
        choices=TokenScope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing.")},
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"), choices=FOR, coerce=int, initial=QUARTER, widget=forms.RadioSelect
    )


class NewEmailForm(ActForm):
    """Where she signs in from then on; the present one stays until the new one has answered."""

    email = email_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail")
        self.fields["email"].widget.attrs["autocomplete"] = "email"
