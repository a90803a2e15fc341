from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a batch stands. Only `APPLIED` and `UNDONE` have touched anything outside the batch."""

    RECEIVED = "received", _("received, not read yet")
    REFUSED = "refused", _("the file could not be read")
    READ = "read", _("read; the columns are to be looked at")
    CHECKED = "checked", _("checked, waiting for your word")
    APPLIED = "applied", _("imported")
    UNDONE = "undone", _("undone")
    DROPPED = "dropped", _("put aside, nothing was imported")


class Work(models.TextChoices):
    """What the worker is doing with a batch, or is about to do."""

    NONE = "", _("nothing")
    READING = "reading", _("reading the file")
    CHECKING = "checking", _("checking the rows")
    APPLYING = "applying", _("importing")
    UNDOING = "undoing", _("undoing")


class Outcome(models.TextChoices):
    """What an import does with a row, or did."""

    CREATE = "create", _("new")
    CHANGE = "change", _("changed")
    SAME = "same", _("as it was")
    FAULT = "fault", _("with faults")
    LIKELY = "likely", _("perhaps there already")
