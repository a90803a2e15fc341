"""What is typed to sign in, and to be sure that it is you."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tavolo.people import attempts
from tavolo.people.errors import TooManyAttempts
from tavolo.people.models import Account, Person

# A code is accepted for three stretches of thirty seconds (MFA_TOTP_TOLERANCE): longer than that is enough.
CODE_REMEMBERED = 180


def email_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "class": "tv-w-m"}),
    )


def password_field(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "tv-w-m"})
    return forms.CharField(label=label, strip=False, max_length=500, widget=widget, **kwargs)


def code_field(label: Any, **kwargs: Any) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "class": "tv-w-s", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(attrs), **kwargs)


def taken(limit: attempts.Limit, *who: str) -> str:
    """A place of that limit, or the fault of a form where none is left."""
    try:
        return attempts.take(limit, *who)
    except TooManyAttempts as fault:
        raise get_adapter().too_many() from fault


class AccountName(forms.TextInput):
    """The e-mail, for the keeper of passwords in the browser alone: it is neither seen nor read back."""

    @property
    def is_hidden(self) -> bool:
        return True


def account_name(email: str) -> forms.CharField:
    attrs = {"autocomplete": "username", "hidden": True}
    return forms.CharField(required=False, initial=email, widget=AccountName(attrs))


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field()
        self.fields["password"] = password_field(_("Password"), "current-password")


class ConfirmPasswordForm(PasswordAgainForm):  # type: ignore[misc]
    password = password_field(_("Password"), "current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = account_name(self.user.email)


class CodeOnceForm(forms.Form):
    """Mixed into allauth's forms: a code counts once, and few wrong ones may be tried for an account."""

    user: Account

    def clean_code(self) -> str:
        places = self._places()
        code: str = super().clean_code()  # type: ignore[misc]
        typed = "".join(sign for sign in code if sign.isalnum())
        if not attempts.first_use("code", str(self.user.pk), typed, seconds=CODE_REMEMBERED):
            raise ValidationError(_("The code is not right, or it has been used already."))
        attempts.give_back(*places)
        return code

    def _places(self) -> list[str]:
        limits = (attempts.SECOND_FACTOR, attempts.SECOND_FACTOR_DAY)
        return [taken(limit, str(self.user.pk)) for limit in limits]


class SecondFactorForm(CodeOnceForm, AuthenticateForm):  # type: ignore[misc]
    code = code_field(
        _("Code"),
        help_text=_("The six digits that your app shows now, or one of your recovery codes."),
    )

    def take_up(self) -> None:
        """Let allauth note that the code was right (decision 18)."""
        self.save()


class ActivateForm(CodeOnceForm, ActivateTOTPForm):  # type: ignore[misc]
    code = code_field(_("Code"), help_text=_("The six digits that your app shows now."))


class NewPasswordForm(forms.Form):
    """A password typed twice, strong enough for whoever `account` is."""

    password1 = password_field(
        _("New password"),
        "new-password",
        help_text=_(
            "At least 10 characters; not only digits, not a common password, not like your name or"
            " e-mail. Three or four words in a row are easy to remember and hard to guess."
        ),
    )
    password2 = password_field(_("New password, again"), "new-password")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)
        self.fields["account"] = account_name(account.email)

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("It is not the same as the first."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    present = password_field(_("Present password"), "current-password")
    field_order = ("present", "password1", "password2")

    def clean_present(self) -> str:
        password = str(self.cleaned_data["present"])
        place = taken(attempts.SIGN_IN_PAIR, self.account.email, "present password")
        if not self.account.check_password(password):
            raise get_adapter().validation_error("enter_current_password")
        attempts.give_back(place)
        return password


class AcceptForm(NewPasswordForm):
    """Names and a password, with which an invitation is taken up."""

    given_name = forms.CharField(
        label=_("Given name"),
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "class": "tv-w-m"}),
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=140,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "class": "tv-w-m"}),
    )
    field_order = ("given_name", "family_name", "password1", "password2")

    def clean_password1(self) -> str:
        # The names that are being typed count as hers, so that they are no password.
        person = self.account.person
        person.given_name = self.cleaned_data.get("given_name", "")
        person.family_name = self.cleaned_data.get("family_name", "")
        return super().clean_password1()


class AskResetForm(forms.Form):
    email = email_field()


class NamesForm(forms.ModelForm[Person]):
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = ("given_name", "family_name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = True
