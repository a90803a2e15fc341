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


class TooManyAttempts(Refusal):
    sentence = _("Too many attempts.")
    advice = _("Wait a quarter of an hour, then try again.")
    status = 429


class AnswerMissing(Refusal):
    sentence = _("Say what was done, or why it was not: the person reads it.")


class AlreadyAnswered(Refusal):
    sentence = _("This request has been answered already.")
