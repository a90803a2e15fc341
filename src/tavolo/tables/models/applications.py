"""Expressions of interest in a public notice: who, by which way, when; what they attach, sealed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dates import PartialDateField
from tavolo.kernel.models import Blob, Keyed, Network, Versioned
from tavolo.messages.models import PecMessage
from tavolo.registry.models import Organisation
from tavolo.tables.choices import (
    ApplicationState,
    ApplicationWay,
    Category,
    DelegateKind,
    PaperKind,
    PaperSignature,
    Timing,
)
from tavolo.tables.models.bodies import Body
from tavolo.tables.models.notices import Notice, NoticeAsk

DRAFT = models.Q(state=ApplicationState.DRAFT)


class Application(Keyed, Versioned):
    """An answer to a public notice; `name` is the legal name of who applies, as she wrote it.

    `organisation` is she in the register, where that is known. A draft has no number and no time; whatever
    was received keeps both for ever: `counts_at` is the instant that counts by the notice's rule, `timing`
    what follows from it, `received_at` our own receipt, `accepted_at` and `delivered_at` those that a
    provider certified. `year` and `number` make the provisional receipt, ours and no official number.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="+", verbose_name=_("public notice")
    )
    state = models.CharField(
        _("state"),
        max_length=30,
        choices=ApplicationState.choices,
        default=ApplicationState.DRAFT,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    category = models.CharField(_("category"), max_length=30, choices=Category.choices, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=100, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=16, blank=True)
    seat = models.CharField(_("registered office"), max_length=300, blank=True)
    local_seat = models.CharField(_("office in the territory"), max_length=300, blank=True)
    runts = models.CharField(_("number and section in the RUNTS"), max_length=100, blank=True)
    constituted = PartialDateField(_("constituted"), blank=True)
    representative = models.CharField(_("legal representative"), max_length=200, blank=True)
    representative_role = models.CharField(_("as"), max_length=100, blank=True)
    representative_born = models.CharField(_("born where and when"), max_length=200, blank=True)
    representative_tax_code = models.CharField(
        _("tax code of the representative"), max_length=16, blank=True
    )
    email = models.EmailField(_("e-mail"), blank=True)
    pec_address = models.EmailField(_("PEC"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    aim = models.TextField(_("statutory aim"), blank=True)
    activity = models.TextField(_("what it did in the last three years"), blank=True)
    motivation = models.TextField(_("why it takes part, and what it proposes"), blank=True)
    way = models.CharField(_("way"), max_length=20, choices=ApplicationWay.choices, blank=True)
    pec = models.ForeignKey(
        PecMessage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("PEC message"),
    )
    begun_at = models.DateTimeField(_("begun at"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    number = models.PositiveIntegerField(_("provisional number"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    counts_at = models.DateTimeField(_("time that counts"), null=True, blank=True)
    timing = models.CharField(_("in time"), max_length=10, choices=Timing.choices, blank=True)
    entered_by = models.UUIDField(_("entered by"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        indexes = [
            models.Index("notice", "state", "id", name="application_by_state"),
            models.Index("notice", "sort_key", "id", name="application_in_order"),
            models.Index("organisation", name="application_by_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "year", "number"], name="application_receipt_is_its_own"
            ),
            models.UniqueConstraint(
                fields=["pec"],
                name="application_of_a_pec_once",
                condition=models.Q(pec__isnull=False),
            ),
            models.CheckConstraint(
                name="application_received_has_number_time_and_name",
                condition=DRAFT
                & models.Q(number__isnull=True, received_at__isnull=True, counts_at__isnull=True)
                & models.Q(timing="")
                | ~DRAFT
                & models.Q(number__isnull=False, year__isnull=False, received_at__isnull=False)
                & models.Q(counts_at__isnull=False)
                & ~models.Q(timing="")
                & ~models.Q(way="")
                & ~models.Q(name=""),
            ),
            models.CheckConstraint(
                name="application_withdrawn_says_when",
                condition=models.Q(state=ApplicationState.WITHDRAWN, withdrawn_at__isnull=False)
                | ~models.Q(state=ApplicationState.WITHDRAWN)
                & models.Q(withdrawn_at__isnull=True, withdrawn_reason=""),
            ),
        ]

    @property
    def code(self) -> str:
        """Our provisional receipt; "" of a draft. No official number looks like this."""
        return f"I-{self.year}-{self.number:05}" if self.number else ""

    @property
    def late(self) -> bool:
        return self.timing == Timing.LATE


class ApplicationGroup(models.Model):
    """A group in which who applies asks to work."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="groups", verbose_name=_("expression of interest")
    )
    group = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("group"))

    class Meta:
        verbose_name = _("group chosen")
        verbose_name_plural = _("groups chosen")
        constraints = [
            models.UniqueConstraint(fields=["application", "group"], name="group_chosen_once"),
        ]


class ApplicationDelegate(models.Model):
    """Whom she would send, in words: she becomes a person of ours with the seat, and not before."""

    application = models.ForeignKey(
        Application,
        models.CASCADE,
        related_name="delegates",
        verbose_name=_("expression of interest"),
    )
    kind = models.CharField(_("as"), max_length=20, choices=DelegateKind.choices)
    given_name = models.CharField(_("given name"), max_length=150)
    family_name = models.CharField(_("family name"), max_length=140)
    role = models.CharField(_("role"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("delegate who was named")
        verbose_name_plural = _("delegates who were named")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "kind"], name="application_names_a_delegate_once"
            ),
        ]


class ApplicationDeclaration(models.Model):
    """That a declaration which the notice asks for was given."""

    application = models.ForeignKey(
        Application,
        models.CASCADE,
        related_name="declarations",
        verbose_name=_("expression of interest"),
    )
    ask = models.ForeignKey(
        NoticeAsk, models.PROTECT, related_name="+", verbose_name=_("declaration")
    )
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("declaration given")
        verbose_name_plural = _("declarations given")
        constraints = [
            models.UniqueConstraint(fields=["application", "ask"], name="declaration_given_once"),
        ]


class ApplicationPaper(models.Model):
    """A file that was attached: its content is encrypted, and read by those who check alone.

    `sealed_key` opens `blob`, and is itself sealed with the key of the installation. After its term
    both go (`emptied_at`); what it was stays, as digest, size and name of the format.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="papers", verbose_name=_("expression of interest")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices)
    ask = models.ForeignKey(
        NoticeAsk,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document asked for"),
    )
    file_name = models.CharField(_("name of the file"), max_length=120)
    media_type = models.CharField(_("format"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    signature = models.CharField(
        _("signature"),
        max_length=20,
        choices=PaperSignature.choices,
        default=PaperSignature.NONE,
    )
    blob = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("content")
    )
    sealed_key = models.TextField(_("sealed key"), blank=True)
    added_at = models.DateTimeField(_("added at"))
    emptied_at = models.DateTimeField(_("emptied at"), null=True, blank=True)

    class Meta:
        verbose_name = _("document of an expression of interest")
        verbose_name_plural = _("documents of expressions of interest")
        constraints = [
            models.CheckConstraint(
                name="application_paper_is_sealed_until_emptied",
                condition=models.Q(blob__isnull=False, emptied_at__isnull=True)
                & ~models.Q(sealed_key="")
                | models.Q(blob__isnull=True, emptied_at__isnull=False, sealed_key=""),
            ),
            models.CheckConstraint(
                name="application_paper_asked_names_what",
                condition=models.Q(kind=PaperKind.ASKED, ask__isnull=False)
                | ~models.Q(kind=PaperKind.ASKED) & models.Q(ask__isnull=True),
            ),
        ]
