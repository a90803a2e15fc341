"""The act that admits or refuses, and what it decides of each application."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Network, Versioned
from tavolo.tables.checking.choices import ADMITS, Outcome
from tavolo.tables.choices import ActKind
from tavolo.tables.models.checks import Check
from tavolo.tables.models.notices import Notice

HELD = models.Q(withdrawn_at__isnull=True)


class AdmissionAct(Versioned):
    """By which act, of which day and of whom, applications for a notice are decided.

    Seats hold from `holds_from`. An act that is withdrawn stays, with the reason; it is as if it had
    never been, and what it decided is decided again.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="+", verbose_name=_("public notice")
    )
    kind = models.CharField(_("kind of the act"), max_length=20, choices=ActKind.choices)
    number = models.CharField(_("number of the act"), max_length=60)
    adopted_on = models.DateField(_("adopted on"))
    organ = models.CharField(_("adopted by"), max_length=200)
    paper = models.CharField(_("document"), max_length=300, blank=True)
    holds_from = models.DateField(_("seats hold from"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.UUIDField(_("made by"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("act of admission")
        verbose_name_plural = _("acts of admission")
        indexes = [models.Index("notice", "adopted_on", name="admission_act_by_notice")]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "number", "adopted_on"],
                name="admission_act_entered_once",
                condition=HELD,
            ),
            models.CheckConstraint(
                name="admission_act_has_number_and_organ",
                condition=~models.Q(number="") & ~models.Q(organ=""),
            ),
            models.CheckConstraint(
                name="admission_act_withdrawn_says_why",
                condition=HELD | ~models.Q(withdrawn_reason=""),
            ),
        ]

    @property
    def words(self) -> str:
        """The act as a seat names it."""
        return f"{self.get_kind_display()} {self.number}, {self.adopted_on:%d/%m/%Y}"


class Decision(models.Model):
    """What an act decides of one application; `seat` is the uid of the seat that follows from it.

    `withdrawn_at` is that of the act: of an application one decision is in force.
    """

    act = models.ForeignKey(
        AdmissionAct, models.PROTECT, related_name="decisions", verbose_name=_("act of admission")
    )
    check_made = models.ForeignKey(
        Check, models.PROTECT, related_name="decisions", verbose_name=_("check of an application")
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    reason = models.TextField(_("reason"), blank=True)
    reserve = models.TextField(_("reserve"), blank=True)
    seat = models.UUIDField(_("seat in a body"), null=True)
    group_seats = models.JSONField(_("seats in groups"), default=list)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta:
        verbose_name = _("decision on an application")
        verbose_name_plural = _("decisions on applications")
        constraints = [
            models.UniqueConstraint(
                fields=["check_made"], name="application_decided_once", condition=HELD
            ),
            models.CheckConstraint(
                name="decision_gives_a_seat_where_it_admits",
                condition=models.Q(outcome__in=sorted(ADMITS), seat__isnull=False)
                | models.Q(outcome=Outcome.REFUSED, seat__isnull=True) & ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="decision_says_the_reserve",
                condition=~models.Q(outcome=Outcome.RESERVE) | ~models.Q(reserve=""),
            ),
        ]
