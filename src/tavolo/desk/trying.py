"""What to do when a letter that was tried did not leave: one sentence for each way in which it can fail."""

from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tavolo.messages.choices import MessageState
from tavolo.messages.models import Message

# So long the worker may take without anything being wrong.
PATIENCE = timedelta(minutes=2)

NOBODY_SENDS = _(
    "The letter still waits because nothing sends it: whoever runs the installation starts the worker"
    " (“tavolo serve --with-worker”, or “tavolo worker”)."
)
NOT_LET_IN = _(
    "The mail server does not accept our name or password: whoever runs the installation puts them right"
    " in TAVOLO_EMAIL_URL and starts the program again."
)
NOT_TRUSTED = _(
    "The mail server cannot prove that it is the one that is named: whoever runs the installation writes"
    " into TAVOLO_EMAIL_URL the name that stands in its certificate."
)
NO_ANSWER = _(
    "The mail server does not answer: whoever runs the installation checks its name and its port in"
    " TAVOLO_EMAIL_URL, and that the machine may reach it."
)
NO_FOLDER = _(
    "The folder for letters cannot be written: whoever runs the installation gives the program the right"
    " to write there, or names a mail server in TAVOLO_EMAIL_URL."
)
NOT_WANTED = _(
    "The mail server refuses the letter: whoever runs the installation checks that it may send as the"
    " address in TAVOLO_EMAIL_FROM, and you that yours, above, is written right."
)
LATER = _(
    "The mail server asks us to try later: the letter leaves by itself, look again in half an hour."
)
NO_SUCH_ADDRESS = _(
    "The letter left and came back: change your e-mail in your account if the one above is not right."
)

# Answers about our name and password (RFC 4954).
OUR_NAME = ("530", "534", "535", "538")
FOLDER_FAULTS = ("PermissionError", "FileNotFoundError", "NotADirectoryError", "FileExistsError")
CERTIFICATE_FAULTS = ("SSLCertVerificationError", "SSLError", "CertificateError")


def what_to_do(letter: Message, *, now: datetime) -> Promise | None:
    """None while nothing is wrong: it left, or it has waited only a little."""
    if letter.state in {MessageState.SENT, MessageState.GATHERED}:
        return None
    if letter.state == MessageState.BOUNCED:
        return NO_SUCH_ADDRESS
    if not letter.fault:
        return NOBODY_SENDS if now - letter.queued_at > PATIENCE else None
    return _about(letter.fault.partition(" ")[0])


def _about(code: str) -> Promise:
    """By the number that the server gave, or the name of the fault."""
    if code in OUR_NAME:
        return NOT_LET_IN
    if code in FOLDER_FAULTS:
        return NO_FOLDER
    if code in CERTIFICATE_FAULTS:
        return NOT_TRUSTED
    if code.isdecimal():
        return NOT_WANTED if code.startswith("5") else LATER
    return NO_ANSWER
