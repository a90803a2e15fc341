"""What messages refuses, and how a letter can fail."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class UnusableRecipient(Refusal):
    sentence = _("A letter cannot be sent to this address.")


class NotTakenError(Exception):
    """A letter was not taken. `final` where trying again would not help."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


class UnknownTransportError(Exception):
    """TAVOLO_EMAIL_URL begins with a word that we do not know."""
