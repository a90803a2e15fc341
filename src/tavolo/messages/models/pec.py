"""PEC as it came, what was found of it, what it was bound to; numbers given by registers outside."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Blob, Network, Versioned
from tavolo.messages.pec.choices import (
    Integrity,
    NumberSource,
    PecKind,
    PecState,
    Remark,
    Security,
    Trust,
    Way,
)


class PecMessage(models.Model):
    """A message byte for byte (`content`), and what it says; it is never dropped.

    `year` and `number` make its provisional receipt, ours and no official number. `told_at` is the time
    in the certification data, certified where `integrity` is whole. `recipients` are pairs of address
    and whether it is a PEC; `addresses` are all of them in lower case between blanks, to be looked for.
    `twin_of` is the first that came where it is the same receipt in another file.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("provisional number"))
    content = models.ForeignKey(
        Blob, models.PROTECT, related_name="+", verbose_name=_("the message as it came")
    )
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    way = models.CharField(_("how it came"), max_length=10, choices=Way.choices)
    received_at = models.DateTimeField(_("received at"))
    received_by = models.UUIDField(_("brought by"), null=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PecKind.choices)
    integrity = models.CharField(_("integrity"), max_length=12, choices=Integrity.choices)
    trust = models.CharField(_("trust"), max_length=12, choices=Trust.choices)
    remarks = models.JSONField(_("remarks"), default=list)
    signer = models.CharField(_("signed by"), max_length=300, blank=True)
    signer_issuer = models.CharField(_("certificate issued by"), max_length=300, blank=True)
    signer_serial = models.CharField(_("serial number"), max_length=80, blank=True)
    told_at = models.DateTimeField(_("time in the certification data"), null=True)
    zone = models.CharField(_("time zone"), max_length=10, blank=True)
    header_at = models.DateTimeField(_("time in the header"), null=True)
    sender = models.CharField(_("from"), max_length=320, blank=True)
    recipients = models.JSONField(_("recipients"), default=list)
    replies_to = models.CharField(_("replies to"), max_length=320, blank=True)
    delivered_to = models.CharField(_("delivered to"), max_length=320, blank=True)
    addresses = models.TextField(blank=True)
    subject = models.CharField(_("subject"), max_length=1000, blank=True)
    provider = models.CharField(_("provider"), max_length=300, blank=True)
    identifier = models.CharField(_("identifier"), max_length=500, blank=True)
    msgid = models.CharField(_("identifier of the original"), max_length=500, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=500, blank=True)
    receipt_type = models.CharField(_("type of receipt"), max_length=20, blank=True)
    error = models.CharField(_("error"), max_length=40, blank=True)
    error_words = models.CharField(_("error in words"), max_length=2000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PecState.choices, default=PecState.TO_BIND
    )
    twin_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("the same as")
    )

    class Meta:
        verbose_name = _("PEC message")
        verbose_name_plural = _("PEC messages")
        constraints = [
            models.UniqueConstraint("network", "content", name="pec_is_kept_once"),
            models.UniqueConstraint("network", "year", "number", name="pec_receipt_is_its_own"),
        ]
        indexes = [
            models.Index("network", "state", "id", name="pec_by_state"),
            models.Index("network", "msgid", name="pec_by_original"),
            models.Index("network", "identifier", name="pec_by_identifier"),
        ]

    @property
    def code(self) -> str:
        """Our provisional receipt; no official number looks like this."""
        return f"R-{self.year}-{self.number:05}"

    @property
    def certified_at(self) -> object:
        """The provider's time, where its signature holds; an instant or None."""
        return self.told_at if self.integrity == Integrity.WHOLE else None

    @property
    def remark_sentences(self) -> list[str]:
        return [str(Remark(each).label) for each in self.remarks]


class PecBinding(models.Model):
    """One decision on a PEC: to what it was bound, or with `kind` "" why it was set aside. The last counts."""

    message = models.ForeignKey(
        PecMessage, models.PROTECT, related_name="bindings", verbose_name=_("PEC message")
    )
    kind = models.CharField(_("kind of thing"), max_length=80, blank=True)
    subject = models.UUIDField(_("thing"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.UUIDField(_("decided by"), null=True)

    class Meta:
        verbose_name = _("binding of a PEC")
        verbose_name_plural = _("bindings of PEC")
        indexes = [models.Index("kind", "subject", name="pec_binding_subject")]
        constraints = [
            models.CheckConstraint(
                name="pec_binding_has_a_thing_or_a_reason",
                condition=Q(subject__isnull=False) & ~Q(kind="")
                | Q(subject__isnull=True, kind="") & ~Q(reason=""),
            ),
        ]


class ExternalNumber(models.Model):
    """The number that a register outside gave to a thing (`kind` of `numbered`, `subject` its uid).

    Another row corrects one that was wrong, with its reason; `superseded_by` leads to it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    kind = models.CharField(_("kind of thing"), max_length=80)
    subject = models.UUIDField(_("thing"))
    number = models.CharField(_("number"), max_length=60)
    day = models.DateField(_("date of registration"))
    register = models.CharField(_("register"), max_length=60, blank=True)
    administration = models.CharField(_("code of the administration"), max_length=60, blank=True)
    office = models.CharField(_("code of the AOO"), max_length=60, blank=True)
    source = models.CharField(_("how it came"), max_length=10, choices=NumberSource.choices)
    reason = models.CharField(_("why it was corrected"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(_("entered at"))
    recorded_by = models.UUIDField(_("entered by"), null=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("corrected by")
    )

    class Meta:
        verbose_name = _("external number")
        verbose_name_plural = _("external numbers")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "subject"],
                condition=Q(superseded_by__isnull=True),
                name="external_number_stands_once",
            ),
        ]
        indexes = [models.Index("network", "register", "day", name="external_number_by_day")]


class PecMailbox(Versioned):
    """Where the PEC of a network is fetched. `password` is sealed (people.sealing).

    `uid_validity` and `last_uid` say how far it was read, `left` the messages that were not taken.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.OneToOneField(
        Network, models.CASCADE, related_name="+", verbose_name=_("network")
    )
    host = models.CharField(_("server"), max_length=253)
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(_("encryption"), max_length=10, choices=Security.choices)
    folder = models.CharField(_("folder"), max_length=200, default="INBOX")
    user = models.CharField(_("user"), max_length=254)
    password = models.TextField(_("password"))
    mark_seen = models.BooleanField(_("mark what was fetched as read"), default=False)
    active = models.BooleanField(_("fetch by itself"), default=True)
    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    left = models.JSONField(_("not taken"), default=list)
    checked_at = models.DateTimeField(_("last looked at"), null=True)
    fault = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("PEC mailbox")
        verbose_name_plural = _("PEC mailboxes")
