"""Who exists and takes part, who speaks for whom, who holds the network’s offices: all dated."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Dated, DatedQuerySet, ends_after_start
from tavolo.kernel.dates import PartialDateField
from tavolo.kernel.models import Keyed, Network, Versioned
from tavolo.people.models import Person
from tavolo.registry.choices import Office, OrganisationKind, ParticipationRole
from tavolo.territory.models import Municipality

OPEN = models.Q(valid_until__isnull=True)


class Organisation(Keyed, Versioned):
    """One organisation, shared by the installation; its steward network alone edits it.

    `code` is minted once from the first name and stands in addresses for ever. `tax_code` is a
    public register's number: checked, never made up. `source` says where its data come from.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, choices=OrganisationKind.choices)
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
                condition=~models.Q(tax_code=""),
            ),
        ]


class Participation(Dated):
    """That an organisation takes part in a network, as its promoter or otherwise, for a time.

    `began` and `ended` are as the source states them, perhaps in part, perhaps not at all. Rows
    are matched by `valid_from`, the first day that `began` can mean, and `valid_until`, the day
    after the last that `ended` can mean; a beginning without year holds for ever back.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=ParticipationRole.choices)
    began = PartialDateField(_("began"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = DatedQuerySet["Participation"].as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                "network", "organisation", name="participation_open_once", condition=OPEN
            ),
            ends_after_start("participation"),
        ]


class Affiliation(Dated):
    """That a person acts for an organisation, with a function in words, for a time."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    function = models.CharField(_("function"), max_length=200, blank=True)

    objects = DatedQuerySet["Affiliation"].as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                "person", "organisation", name="affiliation_open_once", condition=OPEN
            ),
            ends_after_start("affiliation"),
        ]


class NetworkOffice(Dated):
    """That a person holds an office of the network, by an act; the secretariat runs it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    office = models.CharField(
        _("office"), max_length=20, choices=Office.choices, default=Office.SECRETARY
    )
    act = models.CharField(_("act"), max_length=300)

    objects = DatedQuerySet["NetworkOffice"].as_manager()

    class Meta:
        verbose_name = _("office of a network")
        verbose_name_plural = _("offices of networks")
        constraints = [
            models.UniqueConstraint(
                "network", "office", "person", name="network_office_open_once", condition=OPEN
            ),
            ends_after_start("network_office"),
        ]
