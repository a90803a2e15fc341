"""Persons in office: what they hold, what is delegated to them, for whom they speak; all dated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Recorded, RecordedQuerySet, ends_after_start, recorded_once
from tavolo.kernel.dates import PartialDateField
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import (
    Capacity,
    DelegationTheme,
    EndReason,
    GrammaticalForm,
    OfficeTitle,
)
from tavolo.registry.models.organisations import Organisation, OrganisationUnit

OPEN = models.Q(valid_until__isnull=True)
HELD = models.Q(superseded_at__isnull=True)


class Affiliation(Recorded):
    """That a person acts for an organisation, with a function in words, for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    function = models.CharField(_("function"), max_length=200, blank=True)

    objects = RecordedQuerySet["Affiliation"].as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                "person", "organisation", name="affiliation_open_once", condition=OPEN & HELD
            ),
            ends_after_start("affiliation"),
            recorded_once("affiliation"),
        ]


class PersonalFact(Recorded):
    """Something that a person is for an organisation, or for a unit of it, by an act and for a time.

    `began` and `ended` are as the source states them; see `OrganisationFact`.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    unit = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
    )
    began = PartialDateField(_("began"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    act = models.CharField(_("act"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=20, choices=EndReason.choices, blank=True
    )

    class Meta:
        abstract = True


class OfficeHolding(PersonalFact):
    """That a person holds an office: mayor, assessor, councillor, prefect, legal representative …

    `form` is how she is called by it. `title_feminine` and `title_masculine` are the words of an
    office that the vocabulary does not have (`OfficeTitle.OTHER`), as the organisation uses them.
    `public`: offices of administrations are; of others only where they say so.
    """

    title = models.CharField(_("office"), max_length=40, choices=OfficeTitle.choices)
    title_feminine = models.CharField(_("office, feminine"), max_length=120, blank=True)
    title_masculine = models.CharField(_("office, masculine"), max_length=120, blank=True)
    form = models.CharField(_("written"), max_length=10, choices=GrammaticalForm.choices)
    public = models.BooleanField(_("public"), default=True)

    objects = RecordedQuerySet["OfficeHolding"].as_manager()

    class Meta:
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        indexes = [
            models.Index("organisation", "valid_from", name="office_by_organisation"),
            models.Index("person", "valid_from", name="office_by_person"),
        ]
        constraints = [ends_after_start("office_holding"), recorded_once("office_holding")]


class Delegation(PersonalFact):
    """A delegated matter (*delega*): what somebody in office answers for, in the words of the act.

    `holding` is the uid of the office on which it rests, and with which it ends; None where the
    source names the delegation alone.
    """

    theme = models.CharField(_("matter"), max_length=40, choices=DelegationTheme.choices)
    words = models.CharField(_("in the words of the act"), max_length=300, blank=True)
    holding = models.UUIDField(_("office on which it rests"), null=True, blank=True)

    objects = RecordedQuerySet["Delegation"].as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        indexes = [
            models.Index("organisation", "theme", "valid_from", name="delegation_by_matter"),
            models.Index("person", name="delegation_by_person"),
        ]
        constraints = [ends_after_start("delegation"), recorded_once("delegation")]


class Representation(PersonalFact):
    """That a person speaks for an organisation or a unit, in a capacity, for a matter.

    `network` None: towards everybody. `matter` in words; empty: for everything.
    """

    capacity = models.CharField(_("in the capacity of"), max_length=24, choices=Capacity.choices)
    network = models.ForeignKey(
        Network,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in the network"),
    )
    matter = models.CharField(_("for what"), max_length=200, blank=True)

    objects = RecordedQuerySet["Representation"].as_manager()

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        indexes = [
            models.Index("organisation", "valid_from", name="representation_by_org"),
            models.Index("person", name="representation_by_person"),
        ]
        constraints = [ends_after_start("representation"), recorded_once("representation")]


class DiscontinuedOffice(Recorded):
    """That an office or a matter of an organisation has nobody and is not to be filled.

    Without such a row, what was held and is held no more is vacant (`queries.vacancies`).
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    title = models.CharField(_("office"), max_length=40, choices=OfficeTitle.choices, blank=True)
    theme = models.CharField(
        _("matter"), max_length=40, choices=DelegationTheme.choices, blank=True
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = RecordedQuerySet["DiscontinuedOffice"].as_manager()

    class Meta:
        verbose_name = _("office not to be filled")
        verbose_name_plural = _("offices not to be filled")
        constraints = [
            ends_after_start("discontinued_office"),
            recorded_once("discontinued_office"),
            models.CheckConstraint(
                name="discontinued_office_is_one_thing",
                condition=(models.Q(title="") & ~models.Q(theme=""))
                | (~models.Q(title="") & models.Q(theme="")),
            ),
        ]
