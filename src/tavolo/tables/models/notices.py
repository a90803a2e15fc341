"""Public notices: by which act, for whom, until which second, and what they ask."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Keyed, Network, Versioned
from tavolo.registry.models import Organisation
from tavolo.tables.choices import ActKind, AskKind, CountingTime
from tavolo.tables.models.bodies import Body


class Notice(Keyed, Versioned):
    """A public notice for a body; `name` is its title, verbatim. Whoever is admitted gets a seat in `body`.

    While `published_at` is null it is a draft. Once published its words and `closes_at` stay as they
    were: a `NoticeCorrection` stands beside them, and `ends_at` is the end in force. Without an end it is
    open-ended, unless it is `over`: an old one of whose days nobody knows. It is open from `opens_at`
    through `ends_at`, that second included. `ways` are keys of `ApplicationWay`, `pec_counts` says which
    time counts by PEC; by the others our receipt does.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("body"))
    code = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    issuer = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    act_kind = models.CharField(
        _("kind of the act"), max_length=20, choices=ActKind.choices, blank=True
    )
    act = models.CharField(_("act"), max_length=300, blank=True)
    premises = models.TextField(_("premises and legal references"), blank=True)
    purpose = models.TextField(_("object and purposes"), blank=True)
    addressed = models.TextField(_("to whom it is addressed"), blank=True)
    requirements = models.TextField(_("requirements"), blank=True)
    commitments = models.TextField(_("what whoever joins takes on"), blank=True)
    seats = models.PositiveSmallIntegerField(_("number of seats"), null=True, blank=True)
    competitive = models.BooleanField(_("competitive"), default=False)
    evaluation = models.TextField(_("how and by whom it is evaluated"), blank=True)
    list_lasts = models.CharField(_("how long the list is valid"), max_length=300, blank=True)
    publication = models.TextField(_("where it is published"), blank=True)
    responsible = models.CharField(_("who is responsible"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    privacy = models.TextField(_("privacy notice"), blank=True)
    appeal = models.TextField(_("how to appeal"), blank=True)
    cup = models.CharField(_("CUP"), max_length=15, blank=True)
    cig = models.CharField(_("CIG"), max_length=10, blank=True)
    ways = models.JSONField(_("ways in which an application is valid"), default=list)
    pec_counts = models.CharField(
        _("time that counts by PEC"),
        max_length=20,
        choices=CountingTime.choices,
        default=CountingTime.ACCEPTANCE,
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    ends_at = models.DateTimeField(_("closes, as corrected"), null=True, blank=True)
    over = models.BooleanField(_("over, on days that nobody knows"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        indexes = [
            models.Index("network", "published_at", "id", name="notice_by_publication"),
            models.Index("body", name="notice_by_body"),
        ]
        constraints = [
            models.CheckConstraint(name="notice_has_a_title", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="notice_is_published_by_an_act_with_its_opening",
                condition=models.Q(published_at__isnull=True)
                | ~models.Q(act="") & models.Q(opens_at__isnull=False, over=False)
                | ~models.Q(act="")
                & models.Q(opens_at__isnull=True, closes_at__isnull=True, ends_at__isnull=True)
                & models.Q(over=True),
            ),
            models.CheckConstraint(
                name="notice_closes_after_it_opens",
                condition=models.Q(closes_at__isnull=True)
                | models.Q(opens_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="notice_draft_is_not_corrected",
                condition=models.Q(published_at__isnull=False) | models.Q(ends_at__isnull=True),
            ),
        ]


class NoticeGroup(models.Model):
    """A group of the body that whoever answers the notice may choose."""

    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="groups", verbose_name=_("public notice")
    )
    group = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("group"))

    class Meta:
        verbose_name = _("group of a notice")
        verbose_name_plural = _("groups of a notice")
        constraints = [
            models.UniqueConstraint(fields=["notice", "group"], name="notice_group_once"),
        ]


class NoticeAsk(models.Model):
    """A declaration or a document that a notice asks for; `needed`: without it an application is not complete."""

    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="asks", verbose_name=_("public notice")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AskKind.choices)
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.CharField(_("in words"), max_length=500)
    needed = models.BooleanField(_("needed"), default=True)

    class Meta:
        verbose_name = _("what a notice asks")
        verbose_name_plural = _("what notices ask")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "kind", "number"], name="notice_ask_is_numbered_once"
            ),
            models.CheckConstraint(name="notice_ask_is_in_words", condition=~models.Q(words="")),
        ]


class NoticeCorrection(models.Model):
    """What an act changed of a published notice: it stands beside the original, which stays.

    `changes` is what it says now by name of the field; instants in ISO 8601.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="corrections", verbose_name=_("public notice")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    act = models.CharField(_("act"), max_length=300)
    reason = models.CharField(_("reason"), max_length=500)
    changes = models.JSONField(_("what it says now"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.UUIDField(_("made by"), null=True)

    class Meta:
        verbose_name = _("correction of a notice")
        verbose_name_plural = _("corrections of notices")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "number"], name="notice_correction_is_numbered_once"
            ),
            models.CheckConstraint(
                name="notice_correction_rests_on_an_act",
                condition=~models.Q(act="") & ~models.Q(reason=""),
            ),
        ]
