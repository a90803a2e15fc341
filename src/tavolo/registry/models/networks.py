"""Who takes part in a network, who runs it, and who acts for whom in her place."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import (
    Dated,
    DatedQuerySet,
    Recorded,
    RecordedQuerySet,
    ends_after_start,
    recorded_once,
)
from tavolo.kernel.dates import PartialDateField
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import DeputyKind, Office, ParticipationRole
from tavolo.registry.models.organisations import Organisation

OPEN = models.Q(valid_until__isnull=True)


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


class Deputy(Recorded):
    """That `deputy` may do, for a term, what `principal` may do in a network: all of it or parts.

    `organisation`: of what she may do as its member; None: of what her office gives her. `parts`
    names parts of the work (`kernel.actor.parts_of_work`); an empty list is all of them. What she
    does bears both names; votes and signatures are never among it.
    """

    principal = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("in whose place")
    )
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("deputy"))
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    kind = models.CharField(_("as"), max_length=20, choices=DeputyKind.choices)
    parts = models.JSONField(_("parts of the work"), default=list)
    act = models.CharField(_("act"), max_length=300, blank=True)

    objects = RecordedQuerySet["Deputy"].as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        indexes = [
            models.Index("deputy", "network", name="deputy_by_person"),
            models.Index("principal", "network", name="deputy_by_principal"),
        ]
        constraints = [
            ends_after_start("deputy"),
            recorded_once("deputy"),
            models.CheckConstraint(
                name="deputy_has_a_term",
                condition=models.Q(valid_from__isnull=False, valid_until__isnull=False),
            ),
            models.CheckConstraint(
                name="deputy_is_somebody_else",
                condition=~models.Q(principal=models.F("deputy")),
            ),
        ]
