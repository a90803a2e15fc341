"""How allauth behaves here: no sign-up, attempts limited, letters in our words, secrets encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.people import attempts, passkeys, sealing
from tavolo.people.devices import device_words
from tavolo.people.errors import TooManyAttempts
from tavolo.people.letters import send_letter
from tavolo.people.models import Account
from tavolo.people.sessions import BEGAN_KEY, DEVICE_KEY
from tavolo.ui.words import instant_words

# What allauth tells a person about, by the name of its template, and the letter in which we do.
LETTERS = {
    "mfa/email/totp_activated": "second_factor_on",
    "mfa/email/totp_deactivated": "second_factor_off",
    "mfa/email/recovery_codes_generated": "recovery_codes_renewed",
    "mfa/email/webauthn_added": "passkey_added",
    "mfa/email/webauthn_removed": "passkey_removed",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _(
            "Too many attempts: wait a quarter of an hour, then try again."
        ),
        "rate_limited": _("Too many attempts: wait a quarter of an hour, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Accounts are made by invitation only."""
        return False

    def get_login_stages(self) -> list[str]:
        """The second factor, and nothing about e-mail: an invitation has proved the address."""
        return ["tavolo.people.stages.SecondFactor"]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account that may sign in, or None with the same work and no word why."""
        places = self._places(request, credentials.get("email", ""))
        account = authenticate(request, **credentials)
        # allauth remembers an inactive account whose password was right, to say so; we do not say it.
        AuthenticationBackend.unstash_authenticated_user()
        if account is not None:
            attempts.give_back(*places)
        return account

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in under a new session key, and note by what device."""
        super().login(request, user)
        request.session[DEVICE_KEY] = device_words(request.headers.get("User-Agent", ""))
        request.session[BEGAN_KEY] = clock.now().isoformat()

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:  # noqa: ARG002
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:  # noqa: ARG002
        """Whether who is signed in has to prove it again: a quarter of an hour after the last proof."""
        proofs = get_authentication_records(self.request, self.request.user)
        latest = max((float(proof["at"]) for proof in proofs), default=0.0)
        return clock.now().timestamp() - latest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Tell a person what was done to her account; never from which address."""
        if template_prefix in LETTERS:
            send_letter(LETTERS[template_prefix], user.email, at=instant_words(clock.now()))

    def _places(self, request: HttpRequest, email: str) -> list[str]:
        address = attempts.address_of(request)
        try:
            return [
                attempts.take(attempts.SIGN_IN_PAIR, email.strip().lower(), address),
                attempts.take(attempts.SIGN_IN_ADDRESS, address),
            ]
        except TooManyAttempts as fault:
            raise self.too_many() from fault

    def too_many(self) -> ValidationError:
        fault: ValidationError = self.validation_error("too_many_login_attempts")
        return fault


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right, or it has been used already."),
        "wrong_passkey": _("The passkey was not recognised. Try again, or choose another way."),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What an authenticator app shows above the e-mail: the product and where it runs."""
        return f"Tavolo {passkeys.site()}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site for which passkeys are made: never what a request says of itself."""
        return {"id": passkeys.site(), "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.person.name or user.email}
