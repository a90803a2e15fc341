"""The check of applications: what is looked at, what was found, what was asked, who gave which points."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Recorded, RecordedQuerySet, ends_after_start, recorded_once
from tavolo.kernel.models import Network, Versioned
from tavolo.people.models import Person
from tavolo.tables.checking.choices import Answer, CheckState, Outcome, StepKind
from tavolo.tables.models.applications import Application
from tavolo.tables.models.notices import Notice

COMPLETED = models.Q(state__in=[CheckState.CONCLUDED, CheckState.DECIDED])


class ChecklistItem(models.Model):
    """What is looked at in each application for a notice, in this order."""

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="+", verbose_name=_("public notice")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.CharField(_("in words"), max_length=500)

    class Meta:
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of a checklist")
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="checklist_numbered_once"),
            models.CheckConstraint(name="checklist_is_in_words", condition=~models.Q(words="")),
        ]


class ScoringCriterion(models.Model):
    """By what the applications for a competitive notice are judged, and how many points it gives at most."""

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="+", verbose_name=_("public notice")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.CharField(_("in words"), max_length=500)
    most = models.DecimalField(
        _("points at most"), max_digits=6, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="criterion_numbered_once"),
            models.CheckConstraint(name="criterion_gives_points", condition=models.Q(most__gt=0)),
        ]


class Commissioner(Recorded):
    """Who judges the applications for a notice, named by an act and for a time."""

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="+", verbose_name=_("public notice")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    act = models.CharField(_("act"), max_length=300)

    objects = RecordedQuerySet["Commissioner"].as_manager()

    class Meta:
        verbose_name = _("commissioner")
        verbose_name_plural = _("commissioners")
        constraints = [
            ends_after_start("commissioner"),
            recorded_once("commissioner"),
            models.CheckConstraint(
                name="commissioner_rests_on_an_act", condition=~models.Q(act="")
            ),
            models.UniqueConstraint(
                "notice",
                "person",
                name="commissioner_once",
                condition=models.Q(valid_until__isnull=True, superseded_at__isnull=True),
            ),
        ]


class Check(Versioned):
    """The check of one application. `starts_on` is when its term begins to run, `due_on` its last day now.

    `waits_until` is the last day for whoever applied, while something was asked of her. `outcome` is
    what a completed check proposes: what is then decided stands in the act.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="check_made", verbose_name=_("application")
    )
    state = models.CharField(_("state"), max_length=20, choices=CheckState.choices)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    reserve = models.TextField(_("reserve"), blank=True)
    starts_on = models.DateField(_("the term runs from"))
    due_on = models.DateField(_("to be concluded by"), null=True)
    waits_until = models.DateField(_("to be answered by"), null=True)

    class Meta:
        verbose_name = _("check of an application")
        verbose_name_plural = _("checks of applications")
        indexes = [models.Index("network", "state", "due_on", name="check_by_term")]
        constraints = [
            models.CheckConstraint(
                name="check_completed_has_an_outcome",
                condition=COMPLETED & ~models.Q(outcome="") | ~COMPLETED & models.Q(outcome=""),
            ),
            models.CheckConstraint(
                name="check_gives_the_reason_of_a_refusal",
                condition=~models.Q(outcome=Outcome.REFUSED) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="check_says_the_reserve",
                condition=~models.Q(outcome=Outcome.RESERVE) | ~models.Q(reserve=""),
            ),
        ]


class CheckAnswer(models.Model):
    """What was found of one item: by whom, when, and why."""

    check_made = models.ForeignKey(
        Check, models.CASCADE, related_name="answers", verbose_name=_("check of an application")
    )
    item = models.ForeignKey(
        ChecklistItem, models.PROTECT, related_name="+", verbose_name=_("item of a checklist")
    )
    answer = models.CharField(_("answer"), max_length=20, choices=Answer.choices)
    why = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.UUIDField(_("by"), null=True)

    class Meta:
        verbose_name = _("answer of a checklist")
        verbose_name_plural = _("answers of a checklist")
        constraints = [
            models.UniqueConstraint(fields=["check_made", "item"], name="item_is_answered_once"),
            models.CheckConstraint(
                name="item_says_why_not",
                condition=models.Q(answer=Answer.MET) | ~models.Q(why=""),
            ),
        ]


class CheckStep(models.Model):
    """What happened: on which day, by whom, why, with which document, which letter, until when."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    check_made = models.ForeignKey(
        Check, models.CASCADE, related_name="steps", verbose_name=_("check of an application")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=30, choices=StepKind.choices)
    on = models.DateField(_("day"))
    words = models.TextField(_("in words"), blank=True)
    paper = models.CharField(_("document"), max_length=300, blank=True)
    until = models.DateField(_("until"), null=True)
    letter = models.UUIDField(_("letter"), null=True)
    at = models.DateTimeField(_("at"))
    by = models.UUIDField(_("by"), null=True)

    class Meta:
        verbose_name = _("step of a check")
        verbose_name_plural = _("steps of a check")
        constraints = [
            models.UniqueConstraint(fields=["check_made", "number"], name="step_numbered_once"),
        ]


class Score(Versioned):
    """What one commissioner gave by one criterion; each writes her own."""

    check_made = models.ForeignKey(
        Check, models.CASCADE, related_name="scores", verbose_name=_("check of an application")
    )
    criterion = models.ForeignKey(
        ScoringCriterion, models.PROTECT, related_name="+", verbose_name=_("criterion")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("commissioner")
    )
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    why = models.TextField(_("why"), blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("points of a commissioner")
        verbose_name_plural = _("points of commissioners")
        constraints = [
            models.UniqueConstraint(
                fields=["check_made", "criterion", "person"], name="commissioner_scores_once"
            ),
            models.CheckConstraint(name="score_is_not_negative", condition=models.Q(points__gte=0)),
        ]
