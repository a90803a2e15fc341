"""What somebody named on a public page asks for: a form without cookie, account or third party."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.people import attempts
from tavolo.people.choices import RequestWish
from tavolo.people.errors import TooManyAttempts
from tavolo.people.pages import path_of

# Whoever fills in a form by program does it at once; whoever reads it needs longer.
QUICKEST = timedelta(seconds=3)
LONGEST = timedelta(hours=24)
SIGNER = Signer(salt="tavolo.people.correction")


class Trap(forms.TextInput):
    """A field that nobody sees: what is written in it was written by a program."""

    @property
    def is_hidden(self) -> bool:
        return True


class CorrectionForm(forms.Form):
    """`client` is the address from which it is sent, for the limit alone: it is not kept."""

    page = forms.CharField(
        label=_("Page on which you are named"),
        max_length=300,
        required=False,
        help_text=_("Its address on this site, as your browser shows it."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    wish = forms.ChoiceField(
        label=_("What do you ask for?"), choices=RequestWish.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What is wrong, or what is to go"),
        max_length=4000,
        help_text=_("Do not write more about yourself than is needed to find it."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "tv-w-m"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("The receipt and the answer go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "tv-w-m"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        required=False,
        widget=Trap(
            attrs={"hidden": True, "autocomplete": "off", "tabindex": "-1", "aria-hidden": "true"}
        ),
    )

    def __init__(self, data: Any = None, *, client: str = "", **kwargs: Any) -> None:
        self.client = client
        self.stale = data is not None and age_of(data.get("stamp", "")) is None
        if self.stale:
            # The page was open for a day: what was typed is kept and can be sent again.
            data = data.copy()
            data["stamp"] = a_stamp()
        given = {"form_key": uuid4(), "stamp": a_stamp(), **(kwargs.pop("initial", None) or {})}
        super().__init__(data, initial=given, **kwargs)

    def clean_page(self) -> str:
        typed = str(self.cleaned_data["page"]).strip()
        path = path_of(typed)
        if typed and not path:
            raise ValidationError(_("This is not the address of a page of this site."))
        return path

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.stale:
            raise ValidationError(_("The page was open for too long. Send it again."))
        age = age_of(str(told.get("stamp", "")))
        if told.get("website") or age is None or age < QUICKEST:
            raise ValidationError(
                _("This was too quick for a person. Wait a moment and send again.")
            )
        if not self.errors:
            self._count(str(told["email"]).lower())
        return told

    def _count(self, email: str) -> None:
        try:
            attempts.take(attempts.CORRECTION_ADDRESS, self.client)
            attempts.take(attempts.CORRECTION_EMAIL, email)
        except TooManyAttempts as fault:
            raise ValidationError(str(fault), code="too_many_login_attempts") from fault


def a_stamp() -> str:
    """When the form was shown, signed; nobody is known by it."""
    return SIGNER.sign(clock.now().isoformat())


def age_of(stamp: str) -> timedelta | None:
    """How long ago the form was shown; None for a stamp that is not ours, or older than a day."""
    try:
        shown = datetime.fromisoformat(SIGNER.unsign(stamp))
    except BadSignature:
        return None
    age = clock.now() - shown
    return age if age <= LONGEST else None
