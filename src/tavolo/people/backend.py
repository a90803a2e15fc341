from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from tavolo.people.models import Account
from tavolo.people.queries import account_in_session, may_sign_in


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """Who may sign in: active accounts; those of the demonstration in a demonstration only.

    An unknown e-mail costs a password hash too, as allauth sees to.
    """

    def user_can_authenticate(self, user: Account | None) -> bool:
        return user is not None and may_sign_in(user)

    def get_user(self, user_id: Any) -> Account | None:
        account = account_in_session(user_id)
        return account if self.user_can_authenticate(account) else None
