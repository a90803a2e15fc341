"""What messages refuses, and how a letter can fail."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class UnusableRecipient(Refusal):
    sentence = _("A letter cannot be sent to this address.")


class NoAddressKnown(Refusal):
    sentence = _("No e-mail is known for this person.")
    advice = _("Enter one, or ask her by another way.")


class UnusableHeader(Refusal):
    """A line break or another control character where one line is meant: it could become a header."""

    sentence = _("A subject, a name or a place is one line, without control characters.")


class NobodySends(Refusal):
    """Nothing leaves before a person sends it, but what a rule of its kind sends."""

    sentence = _("A letter of this kind is sent by a person.")
    status = 403


class NotToBeResent(Refusal):
    sentence = _("This letter cannot be sent again.")
    advice = _("It still waits for its turn, or its link is closed. Write a new one.")


class LinkOver(Refusal):
    """A link that was used, has expired or was revoked. `why` is one of these words."""

    sentence = _("This link is closed.")
    status = 410

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class NotAReport(Refusal):
    sentence = _("This is not the report of a mail server about a letter that came back.")
    advice = _("Save the message as it arrived, as an .eml file, and choose that file.")
    status = 422


class UnknownLetter(Refusal):
    sentence = _("The report is about no letter of ours. Nothing was changed.")
    status = 422


class NotTakenError(Exception):
    """A letter was not taken. `final` where trying again would not help.

    `code` is the number that the other side gave, or the name of the fault. `away`: the server did not
    answer at all. `uncertain`: it may have taken the letter without saying so.
    """

    def __init__(
        self,
        reason: str,
        *,
        final: bool,
        code: str = "",
        away: bool = False,
        uncertain: bool = False,
    ) -> None:
        super().__init__(reason)
        self.final, self.away, self.uncertain = final, away, uncertain
        self.code = code or reason.partition(" ")[0]


class UnknownTransportError(Exception):
    """TAVOLO_EMAIL_URL begins with a word that we do not know."""
