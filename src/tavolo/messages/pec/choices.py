"""What a PEC can be, what was found of its signature, and what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PecKind(TextChoices):
    """The messages of DM 2 November 2005; `PLAIN` is a message that no provider signed."""

    TRANSPORT = "transport", _("Transport envelope")
    ANOMALY = "anomaly", _("Anomaly envelope: ordinary mail")
    ACCEPTANCE = "acceptance", _("Receipt of acceptance")
    NON_ACCEPTANCE = "non_acceptance", _("Notice of non-acceptance")
    TAKING_CHARGE = "taking_charge", _("Receipt of taking in charge")
    DELIVERY = "delivery", _("Receipt of delivery")
    DELIVERY_FAILED = "delivery_failed", _("Notice of failed delivery")
    DELIVERY_DELAYED = "delivery_delayed", _("Early notice of failed delivery")
    VIRUS = "virus", _("Notice of a virus")
    PLAIN = "plain", _("Ordinary e-mail, no PEC")


class Integrity(TextChoices):
    WHOLE = "whole", _("intact")
    ALTERED = "altered", _("altered")
    UNREADABLE = "unreadable", _("signature that cannot be verified")
    UNSIGNED = "unsigned", _("not signed")


class Trust(TextChoices):
    TRUSTED = "trusted", _("a provider that this installation trusts")
    FOREIGN = "foreign", _("no provider that this installation trusts")
    OUT_OF_TIME = "out_of_time", _("certificate not valid at that time")
    NOT_CHECKED = "not_checked", _("trust not checked")


class Remark(TextChoices):
    """What the reader should know; the label is the sentence that says it."""

    CLAIMS = (
        "claims",
        _("It carries the headers of a PEC, but no provider signed it: it may be forged."),
    )
    ALTERED = (
        "altered",
        _("The content is not the one that the provider signed: nothing in it is certified."),
    )
    UNREADABLE = (
        "unreadable",
        _("The signature cannot be verified, so nothing in it is certified."),
    )
    DATICERT_MISSING = (
        "daticert_missing",
        _("The certification data (daticert.xml) are missing: no time is certified."),
    )
    DATICERT_UNREADABLE = (
        "daticert_unreadable",
        _("The certification data (daticert.xml) cannot be read: no time is certified."),
    )
    DATICERT_TWICE = (
        "daticert_twice",
        _("There are several certification data (daticert.xml): none of them is believed."),
    )
    TIME_UNREADABLE = "time_unreadable", _("The certification data tell no time that can be read.")
    TIME_DIFFERS = (
        "time_differs",
        _("The time of the message differs from the certified one: the certified one counts."),
    )
    KIND_DIFFERS = (
        "kind_differs",
        _("The headers name another kind than the certification data: the signed data count."),
    )
    SIGNER_DIFFERS = (
        "signer_differs",
        _("The certificate was issued for another address than the one that sent the message."),
    )
    SELF_SIGNED = "self_signed", _("The certificate vouches for itself: anybody can make one.")
    WEAK_DIGEST = "weak_digest", _("It is signed with SHA-1, as was done in the past.")
    ORIGINAL_MISSING = (
        "original_missing",
        _("The original message (postacert.eml), which should be inside, is missing."),
    )
    INSIDE_ANOTHER = (
        "inside_another",
        _("It came inside another message, which somebody forwarded: the one inside was read."),
    )
    SEVERAL_INSIDE = (
        "several_inside",
        _("Several PEC messages are inside this one: bring each of them by itself."),
    )
    TOO_DEEP = "too_deep", _("Not all parts were read: there are too many, or too many in others.")


class PecState(TextChoices):
    TO_BIND = "to_bind", _("to bind")
    BOUND = "bound", _("bound")
    SET_ASIDE = "set_aside", _("set aside")


class Way(TextChoices):
    UPLOAD = "upload", _("brought as a file")
    MAILBOX = "mailbox", _("fetched from the mailbox")


class NumberSource(TextChoices):
    TYPED = "typed", _("entered by hand")
    PASTED = "pasted", _("pasted from a list")
    SEGNATURA = "segnatura", _("read from a segnatura")


class Security(TextChoices):
    TLS = "tls", _("TLS from the start (usual port 993)")
    STARTTLS = "starttls", _("STARTTLS (usual port 143)")


class MailFault(TextChoices):
    """Why a mailbox could not be read; what the other side answered is never shown, it may be anything."""

    HOST = "host", _("The server is not on the public network, or its name leads nowhere.")
    UNREACHABLE = "unreachable", _("The server does not answer, or its certificate is not valid.")
    LOGIN = "login", _("The server refuses user and password.")
    FOLDER = "folder", _("The folder is not there.")
    LATE = "late", _("The server was too slow; the rest is fetched next time.")
    GARBAGE = "garbage", _("The server answered something that cannot be understood.")
