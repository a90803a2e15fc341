"""What somebody may ask about what is public of her, and what became of it; what a key is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestWish(models.TextChoices):
    CORRECTION = "correction", _("to have it corrected")
    REMOVAL = "removal", _("to have it taken away")


class RequestState(models.TextChoices):
    WAITING = "waiting", _("waits for an answer")
    CORRECTED = "corrected", _("corrected")
    REMOVED = "removed", _("taken away")
    DECLINED = "declined", _("declined")


class TokenScope(models.TextChoices):
    """What a key for programs allows; what each does stands where the interface offers it."""

    PROPOSE = "organisations:propose", _("propose changes to organisations")
    STEP = "commitments:step", _("take a step of a commitment")
