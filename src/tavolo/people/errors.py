"""What people refuses, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal
from tavolo.people.models import Invitation


class UnusableAddress(Refusal):
    sentence = _("This is not an e-mail address.")
    advice = _("Write it in full, as in name@example.org.")


class NameMissing(Refusal):
    sentence = _("Given name and family name are needed.")


class AlreadyInvited(Refusal):
    """`invitation` is the open one."""

    sentence = _("There is already an open invitation for this person in this network.")
    advice = _("Send it again, or revoke it first.")

    def __init__(self, invitation: Invitation) -> None:
        super().__init__()
        self.invitation = invitation


class InvitationClosed(Refusal):
    """Unknown, expired, revoked or used: the answer is the same."""

    sentence = _("This invitation cannot be used.")
    advice = _(
        "It may have expired, or have been used or revoked. Ask the secretariat that invited you"
        " for a new one; if you have already chosen a password, sign in."
    )
    status = 404


class InvitationOver(Refusal):
    sentence = _("This invitation has already been used or revoked.")


class InvitationOfAnother(Refusal):
    sentence = _("This invitation is for another person.")
    advice = _("Sign out, then open the link again.")


class AccountExists(Refusal):
    sentence = _("There is already an account with this e-mail.")


class NoSuchAccount(Refusal):
    sentence = _("Nobody signs in with this address.")


class DemonstrationOnly(Refusal):
    sentence = _("Demonstration accounts exist in a demonstration only.")


class TokenTooLong(Refusal):
    sentence = _("A key for programs is valid for at most a year.")


class TooManyTokens(Refusal):
    sentence = _("You have twenty keys for programs already.")
    advice = _("Revoke those that no program uses any more.")


class NothingAllowed(Refusal):
    sentence = _("Say what the key is for: choose at least one thing.")


class TokenRefused(Refusal):
    """Missing, unknown, expired or revoked: the answer is the same."""

    sentence = _("A valid key for programs is needed here.")
    advice = _("Send it as “Authorization: Bearer” and then the key; you make one in your account.")
    status = 401


class TokenNotForThis(Refusal):
    sentence = _("This key for programs does not allow it.")
    advice = _("Make one that does, in your account.")
    status = 403


class KeyUsedOtherwise(Refusal):
    sentence = _("This Idempotency-Key was sent with something else.")
    advice = _("Make a new one for each act.")


class EmailChangeClosed(Refusal):
    """Expired, of another account, used, or never written by us: the answer is the same."""

    sentence = _("This link does not change your e-mail any more.")
    advice = _(
        "It is valid for two days and serves once. Ask for another on the page of your account."
    )
    status = 404


class IdentityOfAnother(Refusal):
    sentence = _("With this identity another account signs in.")
    advice = _("Take the link away there first, or write to the secretariat of your network.")


class AlreadyLinked(Refusal):
    sentence = _("Your account is linked with an identity of this provider already.")
    advice = _("Take that link away first.")


class ProviderFailed(Refusal):
    """What came back cannot be trusted, or nothing did; why stands in the log, not on the page."""

    sentence = _("The provider’s answer could not be used.")
    advice = _("Begin again; if it happens once more, sign in with e-mail and password.")
    status = 502


class SignInNotBegun(Refusal):
    """Nothing of it is known: begun elsewhere, long ago, or come back from already."""

    sentence = _("This sign-in was not begun here, or it took too long.")
    advice = _("Begin again from the sign-in page.")
    status = 400


class ProviderSaidNo(Refusal):
    sentence = _("The provider did not let you in, or you turned back.")
    advice = _("Begin again, or sign in with e-mail and password.")
    status = 403


class LevelTooLow(Refusal):
    sentence = _("The provider recognised you at a lower level than is needed here.")
    advice = _("Begin again and choose the second level: password and one-time code.")
    status = 403


class IdentityUnknown(Refusal):
    """Nobody linked it, or her account is closed: the answer is the same."""

    sentence = _("No account is linked with this identity.")
    advice = _(
        "Sign in with e-mail and password, and link it on the page of your account. Accounts are made"
        " by invitation: if you have none, ask the secretariat of your network."
    )
    status = 403


class TooManyAttempts(Refusal):
    sentence = _("Too many attempts.")
    advice = _("Wait a quarter of an hour, then try again.")
    status = 429


class AnswerMissing(Refusal):
    sentence = _("Say what was done, or why it was not: the person reads it.")


class ExtensionReasonMissing(Refusal):
    sentence = _("Say why it takes longer: the person reads it.")


class AlreadyExtended(Refusal):
    sentence = _("The term of this request was extended already; it cannot be extended again.")


class TooLateToExtend(Refusal):
    """GDPR art. 12(3): she is told within the first month."""

    sentence = _("The month within which she could be told is over. Answer the request.")


class AlreadyAnswered(Refusal):
    sentence = _("This request has been answered already.")
