"""Where the check of an application stands, what happens in it, and how it ends."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckState(models.TextChoices):
    """`WAITING` is never stored: the check of the application has not begun."""

    WAITING = "waiting", _("to be checked")
    IN_CHECK = "in_check", _("being checked")
    INTEGRATION = "integration", _("integration asked")
    REJECTION = "rejection", _("rejection announced")
    CONCLUDED = "concluded", _("check completed")
    DECIDED = "decided", _("decided by an act")


class Answer(models.TextChoices):
    """What was found of an item of the checklist."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
    NOT_APPLICABLE = "not_applicable", _("does not apply")


class Outcome(models.TextChoices):
    """What the check proposes, and what an act then decides."""

    ADMITTED = "admitted", _("admitted")
    RESERVE = "reserve", _("admitted with reserve")
    REFUSED = "refused", _("not admitted")


# To whom an act gives a seat.
ADMITS = frozenset({Outcome.ADMITTED, Outcome.RESERVE})


class StepKind(models.TextChoices):
    """What happened: each step has its day, whoever took it, and why."""

    BEGUN = "begun", _("The check began")
    INTEGRATION_ASKED = "integration_asked", _("Integration was asked")
    INTEGRATION_CAME = "integration_came", _("The integration came")
    INTEGRATION_LAPSED = "integration_lapsed", _("No integration came in time")
    REJECTION_ANNOUNCED = "rejection_announced", _("Rejection was announced")
    OBSERVATIONS_CAME = "observations_came", _("Observations came")
    OBSERVATIONS_LAPSED = "observations_lapsed", _("No observations came in time")
    CONCLUDED = "concluded", _("The check was completed")
    REOPENED = "reopened", _("The check was opened again")
    DECIDED = "decided", _("An act decided")
    ACT_WITHDRAWN = "act_withdrawn", _("The act was withdrawn")


# What is asked or announced, and what came of it: the second closes the first.
CLOSED_BY = {
    StepKind.INTEGRATION_ASKED: (StepKind.INTEGRATION_CAME, StepKind.INTEGRATION_LAPSED),
    StepKind.REJECTION_ANNOUNCED: (StepKind.OBSERVATIONS_CAME, StepKind.OBSERVATIONS_LAPSED),
}
