"""Examples of this room's addresses; its accounts are made with the networks, by registry and desk."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator

from tavolo.kernel.plugs import DemoContext, Example, demo_parts
from tavolo.people.models import Account
from tavolo.people.queries import demonstration_code, demonstration_token

FOR_EVERYBODY = (
    "account_login",
    "account_logout",
    "mfa_login_webauthn",
    "mfa_authenticate",
    "people:providers",
    "people:provider_answer",
    "account_reset_password",
    "account_reset_password_done",
)
FOR_WHO_IS_SIGNED_IN = (
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "people:account",
    "people:sessions",
    "people:tokens",
    "people:identities",
    "people:new_email",
    "people:own_data",
    "people:erase",
)


class Demonstration:
    key = "people"

    def load(self, context: DemoContext) -> None:
        """Nothing: whoever has an account belongs to a network, and those come later."""

    def examples(self) -> list[Example]:
        return [
            *(Example(name) for name in FOR_EVERYBODY),
            *(Example(name, who="stranger") for name in FOR_WHO_IS_SIGNED_IN),
            Example("people:invitation", {"token": demonstration_token()}),
            Example("people:own_data_file", {"format": "json"}, who="stranger"),
            Example("people:email_taken_up", {"token": demonstration_token()}, who="stranger"),
            Example("people:correction"),
            Example("people:correction", query="?pagina=/accessibilita/"),
            Example("people:correction_received", {"code": demonstration_code()}),
            *_reset(),
        ]


def _reset() -> list[Example]:
    # The last account: a link is valid until its account signs in, and the first ones are tried most.
    account = Account.objects.filter(demonstration=True, is_active=True).order_by("-id").first()
    if account is None:
        return []
    link = {
        "uidb36": user_pk_to_url_str(account),
        "key": default_token_generator.make_token(account),
    }
    return [Example("account_reset_password_from_key", link)]


demo_parts.add(Demonstration())
