from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """What can be wrong with a chain; each has its sentence."""

    CHANGED = "changed", _("an entry was changed")
    MISSING = "missing", _("an entry is missing")
    OUT_OF_ORDER = "out_of_order", _("an entry stands in another place")
    OTHER_NETWORK = "other_network", _("an entry was moved to another network")
    CUT = "cut", _("the end of the chain was cut off")
    REWRITTEN = "rewritten", _("the chain was written anew")
    HEAD_MISSING = "head_missing", _("the head kept outside the database is missing")
    HEAD_FOREIGN = "head_foreign", _("the head kept outside the database is of something else")
    VALUES_CHANGED = "values_changed", _("the values of an entry were changed")
    VALUES_MISSING = "values_missing", _("the values of an entry went without being erased")
