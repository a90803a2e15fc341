"""Organisations, and what is known of each with its days."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Dated, Recorded, RecordedQuerySet, ends_after_start, recorded_once
from tavolo.kernel.dates import PartialDateField
from tavolo.kernel.models import Keyed, Network, Versioned
from tavolo.registry.choices import (
    Channel,
    IdentifierScheme,
    LegalForm,
    NameKind,
    OrganisationKind,
    SeatKind,
    SuccessionManner,
    UnitKind,
)
from tavolo.territory.models import Area, Municipality


class Organisation(Keyed, Versioned):
    """One organisation, shared by the installation; its steward network alone edits it.

    `code` is minted once from the first name and stands in addresses for ever. What is known of
    it, with its days, stands in the facts beside (names, standings, seats, identifiers, contacts);
    the columns here are what of that holds today, for lists (`actions.summary` writes them).
    `source` says where its data come from. Who turned out to be another is merged into that one.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, choices=OrganisationKind.choices)
    legal_form = models.CharField(
        _("legal form"), max_length=40, choices=LegalForm.choices, blank=True
    )
    is_administration = models.BooleanField(_("public administration"), null=True, blank=True)
    steward = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("steward network")
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality of the seat"),
    )
    website = models.URLField(_("website"), max_length=300, blank=True)
    public_email = models.EmailField(_("public e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    tax_code = models.CharField(_("tax code"), max_length=16, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    # Never re-pointed when the other is merged in its turn: who reads follows the pointers.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("is")
    )
    merged_at = models.DateTimeField(_("merged at"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index("sort_key", "id", name="organisation_in_order"),
            models.Index("kind", "sort_key", "id", name="organisation_by_kind"),
            models.Index("search_key", name="organisation_by_words"),
        ]
        constraints = [
            # The same number twice would be the same organisation twice.
            models.UniqueConstraint(
                "tax_code",
                name="organisation_tax_code_once",
                condition=~models.Q(tax_code="") & models.Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="organisation_is_not_merged_into_itself",
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
            ),
        ]


class OrganisationUnit(Keyed, Versioned, Dated):
    """A part of an organisation without legal personality: an organ, an office, a service of its.

    Polizia Locale and the single guarantee committee of a municipality; the anti-violence centre
    of a foundation. It stands and signs for itself, and its organisation answers for it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part of")
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality of the seat"),
    )
    began = PartialDateField(_("began"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("unit of an organisation")
        verbose_name_plural = _("units of organisations")
        indexes = [models.Index("organisation", "sort_key", "id", name="unit_by_organisation")]
        constraints = [ends_after_start("organisation_unit")]


class OrganisationFact(Recorded):
    """Something known of an organisation, for a time and from a source.

    `began` and `ended` are as the source states them, perhaps in part, perhaps not at all; the
    row holds from the first day that `began` can mean to the last that `ended` can mean.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    began = PartialDateField(_("began"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        abstract = True


class OrganisationName(Keyed, OrganisationFact):
    """A name: official as the statute has it, public as people say it, or short. Ended: a former one."""

    kind = models.CharField(_("kind of name"), max_length=20, choices=NameKind.choices)

    objects = RecordedQuerySet["OrganisationName"].as_manager()

    class Meta:
        verbose_name = _("name of an organisation")
        verbose_name_plural = _("names of organisations")
        indexes = [
            models.Index("organisation", "valid_from", name="organisation_name_by_day"),
            models.Index("search_key", name="organisation_name_by_words"),
        ]
        constraints = [
            ends_after_start("organisation_name"),
            recorded_once("organisation_name"),
        ]


class Standing(OrganisationFact):
    """What an organisation is: its kind and legal form, and whether it is an administration.

    `is_administration` None: nobody has said. `source` says by which list or law.
    """

    kind = models.CharField(_("kind"), max_length=40, choices=OrganisationKind.choices)
    legal_form = models.CharField(
        _("legal form"), max_length=40, choices=LegalForm.choices, blank=True
    )
    is_administration = models.BooleanField(_("public administration"), null=True, blank=True)

    objects = RecordedQuerySet["Standing"].as_manager()

    class Meta:
        verbose_name = _("standing of an organisation")
        verbose_name_plural = _("standings of organisations")
        indexes = [models.Index("organisation", "valid_from", name="standing_by_day")]
        constraints = [ends_after_start("standing"), recorded_once("standing")]


class Seat(OrganisationFact):
    """Where it is. An address that is not `public` is shown to those who run its steward alone."""

    kind = models.CharField(_("kind of seat"), max_length=20, choices=SeatKind.choices)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    address = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    public = models.BooleanField(_("public"), default=True)

    objects = RecordedQuerySet["Seat"].as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        indexes = [models.Index("organisation", "valid_from", name="seat_by_day")]
        constraints = [ends_after_start("seat"), recorded_once("seat")]


class Identifier(OrganisationFact):
    """A public register's number, checked where it can be checked, never made up."""

    scheme = models.CharField(_("register"), max_length=20, choices=IdentifierScheme.choices)
    value = models.CharField(_("number"), max_length=60)

    objects = RecordedQuerySet["Identifier"].as_manager()

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        indexes = [
            models.Index("organisation", "scheme", name="identifier_by_organisation"),
            models.Index("scheme", "value", name="identifier_by_value"),
        ]
        constraints = [ends_after_start("identifier"), recorded_once("identifier")]


class Contact(OrganisationFact):
    """How to reach it, or a unit of it; what is not `public` is shown to its steward alone."""

    unit = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
    )
    channel = models.CharField(_("by"), max_length=20, choices=Channel.choices)
    value = models.CharField(_("contact"), max_length=300)
    label = models.CharField(_("for what"), max_length=120, blank=True)
    public = models.BooleanField(_("public"), default=True)

    objects = RecordedQuerySet["Contact"].as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [models.Index("organisation", "channel", name="contact_by_organisation")]
        constraints = [ends_after_start("contact"), recorded_once("contact")]


class ServedTerritory(OrganisationFact):
    """A municipality or an area in which it works; it is never derived from its seat."""

    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )

    objects = RecordedQuerySet["ServedTerritory"].as_manager()

    class Meta:
        verbose_name = _("territory served")
        verbose_name_plural = _("territories served")
        indexes = [models.Index("organisation", "valid_from", name="served_by_organisation")]
        constraints = [
            ends_after_start("served_territory"),
            recorded_once("served_territory"),
            models.CheckConstraint(
                name="served_territory_is_one_place",
                condition=models.Q(municipality__isnull=True, area__isnull=False)
                | models.Q(municipality__isnull=False, area__isnull=True),
            ),
        ]


class OrganisationSuccession(OrganisationFact):
    """That `successor` took the place of `organisation` (or of a part of it); `began` says when.

    Acts keep the name that they were done under; who looks for the old one is led to the new.
    """

    successor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("successor")
    )
    manner = models.CharField(_("how"), max_length=20, choices=SuccessionManner.choices)

    objects = RecordedQuerySet["OrganisationSuccession"].as_manager()

    class Meta:
        verbose_name = _("succession of organisations")
        verbose_name_plural = _("successions of organisations")
        indexes = [
            models.Index("organisation", name="succession_by_predecessor"),
            models.Index("successor", name="succession_by_successor"),
        ]
        constraints = [
            ends_after_start("organisation_succession"),
            recorded_once("organisation_succession"),
            models.CheckConstraint(
                name="organisation_does_not_succeed_itself",
                condition=~models.Q(organisation=models.F("successor")),
            ),
        ]


class Proposal(Versioned):
    """What another network would have the steward change: it is taken up or declined, with a reason.

    `values` are the proposed texts by field, as the form of the steward has them.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    values = models.JSONField(_("proposed"))
    reason = models.CharField(_("why"), max_length=500, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"))
    accepted_at = models.DateTimeField(_("taken up at"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(
                "organisation",
                name="proposal_waiting",
                condition=models.Q(accepted_at__isnull=True, declined_at__isnull=True),
            ),
            models.Index("network", "id", name="proposal_by_network"),
        ]
        constraints = [
            models.CheckConstraint(
                name="proposal_is_answered_once",
                condition=models.Q(accepted_at__isnull=True) | models.Q(declined_at__isnull=True),
            ),
        ]
