"""The outbox: a letter is written in the transaction of its act and sent afterwards by the worker."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Network
from tavolo.messages.choices import EventKind, MessageState
from tavolo.people.models import Person


class Message(models.Model):
    """One letter to one address.

    `kind` is the key of its kind (`plugs.LetterKind`), `about` the uid of what it speaks of. It was let
    out by `sent_by` (uid of a person) or by the `rule` of its kind. A personal link stands in `text` as a
    mark that only the letter that leaves fills (`links.marked`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.CASCADE, null=True, related_name="+", verbose_name=_("network")
    )
    kind = models.CharField(_("kind"), max_length=80, default="account")
    about = models.UUIDField(_("about"), null=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    without_content = models.BooleanField(_("without content"), default=False)
    recipient = models.EmailField(_("to"))
    sender = models.CharField(_("from"), max_length=254)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    calendar = models.TextField(_("calendar file"), blank=True)
    sent_by = models.UUIDField(_("sent by"), null=True)
    rule = models.CharField(_("sent by a rule"), max_length=80, blank=True)
    resend_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name=_("sent again for")
    )
    gathering = models.BooleanField(_("waits to be gathered"), default=False)
    gathered_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name=_("gathered into")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MessageState, default=MessageState.QUEUED
    )
    queued_at = models.DateTimeField(_("queued at"))
    not_before = models.DateTimeField(_("not before"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt at"))
    fault = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(
                "next_attempt_at",
                name="message_waiting",
                condition=models.Q(state=MessageState.QUEUED),
            ),
            models.Index("network", "state", "id", name="message_by_state"),
            models.Index("about", "id", name="message_about"),
        ]


class MessageEvent(models.Model):
    """One line of a letter's story. `detail` is what a machine said, without anything personal."""

    message = models.ForeignKey(
        Message, models.CASCADE, related_name="events", verbose_name=_("message")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=EventKind)
    at = models.DateTimeField(_("at"))
    detail = models.CharField(_("detail"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("event of a message")
        verbose_name_plural = _("events of messages")
        indexes = [models.Index("message", "id", name="message_event_in_order")]


class BadAddress(models.Model):
    """An address from which a letter came back for good: kept as a digest, until somebody trusts it anew."""

    digest = models.CharField(_("digest of the address"), max_length=64)
    since = models.DateTimeField(_("since"))
    why = models.CharField(_("why"), max_length=80, blank=True)
    trusted_at = models.DateTimeField(_("trusted again at"), null=True)

    class Meta:
        verbose_name = _("bad address")
        verbose_name_plural = _("bad addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=models.Q(trusted_at__isnull=True),
                name="address_is_bad_once",
            ),
        ]


class Gathering(models.Model):
    """The wish of a person to get what can wait in one letter a day, at that hour of Rome."""

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    hour = models.PositiveSmallIntegerField(_("hour"))

    class Meta:
        verbose_name = _("wish for one letter a day")
        verbose_name_plural = _("wishes for one letter a day")
        constraints = [
            models.CheckConstraint(name="gathering_hour_exists", condition=models.Q(hour__lte=23)),
        ]
