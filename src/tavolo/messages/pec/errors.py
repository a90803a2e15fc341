"""What is refused about PEC, registry numbers and mailboxes."""

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Refusal


class EmptyFile(Refusal):
    sentence = _("The file is empty. Save it again, then choose it here.")
    status = 422


class FileTooLarge(Refusal):
    sentence = _("This file is larger than a PEC can be.")
    advice = _("Save the message alone, as a file .eml, and choose that.")
    status = 422


class NoMessage(Refusal):
    """A spreadsheet, an image: nothing of it is a message."""

    sentence = _("This is no e-mail message.")
    advice = _("In the mail program choose “Save as” and the type .eml, then bring that file.")
    status = 422


class UnknownThing(Refusal):
    sentence = _("What you chose is not there. Choose it again from the list.")
    status = 422


class ReasonMissing(Refusal):
    sentence = _("Say why, in a few words.")
    status = 422


class NumberUnusable(Refusal):
    sentence = _("Write the number as the register gave it, at most 60 signs.")
    status = 422


class DayUnusable(Refusal):
    sentence = _("The date of registration cannot lie in the future, nor before 1900.")
    status = 422


class AlreadyNumbered(Refusal):
    sentence = _("This has a number already. To change it, correct it and say why.")


class NothingToCorrect(Refusal):
    sentence = _("There is no number here that could be corrected.")


class NoSegnatura(Refusal):
    sentence = _("This file is no segnatura that can be read.")
    advice = _("Choose the file Segnatura.xml that the protocol system made.")
    status = 422


class CodesMissing(Refusal):
    sentence = _("To write a segnatura, the codes of administration, AOO and register are needed.")
    advice = _("Correct the number and enter them, as they stand in the index IPA.")


class HostRefused(Refusal):
    sentence = _("This server is not on the public network, or its port is not one of IMAP.")
    advice = _("Whoever runs the installation can allow it (TAVOLO_IMAP_PRIVATE).")
    status = 422


class MailboxRefused(Refusal):
    """What the other side answered is never shown: it may be anything."""

    sentence = _("The mailbox could not be opened.")
    status = 422


class PasswordMissing(Refusal):
    """A password goes to the server for which it was entered, and to no other."""

    sentence = _("Enter the password of the mailbox.")
    advice = _("Where server or user change, it is asked for anew.")
    status = 422
