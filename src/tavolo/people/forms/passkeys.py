"""What a browser says of a passkey, made or shown. Read by a library, and trusted in nothing before."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm as ShowWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

from tavolo.people import passkeys
from tavolo.people.queries import may_sign_in

T = TypeVar("T")
LONGEST = 20_000


class Credential(forms.JSONField):
    """JSON of a sensible size; what Python itself will not read is a fault of the form too."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value if len(value or "") <= LONGEST else "-")
        except (ValueError, RecursionError) as fault:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from fault

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002
        """What was sent serves once: it is not shown again, nor read for that."""
        return None

    def prepare_value(self, value: Any) -> str:  # noqa: ARG002
        return ""


def credential_field() -> forms.JSONField:
    return Credential(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Your browser showed no passkey. Try again, or choose another way."),
            "invalid": _("The passkey was not recognised. Try again, or choose another way."),
        },
    )


def _wrong() -> ValidationError:
    fault: ValidationError = get_adapter().validation_error("wrong_passkey")
    return fault


def _read(credential: Any, reading: Callable[[], T]) -> T:
    """What `reading` finds; the fault of a form for whatever was made by hand or for another site."""
    try:
        _require_this_site(credential)
        return reading()
    except Exception as fault:  # the library raises whatever it stumbles over
        raise _wrong() from fault


def _require_this_site(credential: Any) -> None:
    """The library takes any host beneath the site's; ours is one, with its port."""
    client = CollectedClientData(websafe_decode(credential["response"]["clientDataJSON"]))
    if client.origin.lower() != passkeys.origin() or client.cross_origin:
        raise _wrong()


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey signs in by itself: it is kept on the device and asks who holds it."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("By which you know the device again: office computer, phone, blue key."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "tv-w-m", "autocomplete": "off"}),
    )
    passwordless = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = credential_field()
        self.initial["name"] = ""

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split()) or str(_("Passkey"))

    def clean(self) -> dict[str, Any]:
        credential = self.cleaned_data.get("credential")
        if credential is None:
            return dict(self.cleaned_data)
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = _read(credential, super().clean)
        return cleaned


class _Shown(ShowWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = credential_field()

    def clean_credential(self) -> Authenticator:
        return _read(self.cleaned_data["credential"], super().clean_credential)

    def take_up(self) -> None:
        """Let allauth note that the passkey was right (decision 18)."""
        self.save()


class PasskeyForm(_Shown):
    """As the second factor, after the password."""


class PasskeyAgainForm(_Shown, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """In the place of the password, by who is signed in."""


class PasskeySignInForm(_Shown, LoginWebAuthnForm):  # type: ignore[misc]
    """In the place of e-mail, password and second factor."""

    def clean_credential(self) -> Authenticator:
        found: Authenticator = super().clean_credential()
        if not may_sign_in(found.user):
            raise _wrong()
        return found
