"""Who reads a document, and the marks of what was taken out of a file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The class that holds where nobody chose another; the classes themselves stand in `retention`.
ORDINARY = "ordinary"


class Visibility(models.TextChoices):
    """From the widest to the narrowest; what each means is answered by the room of the holder."""

    PUBLIC = "public", _("everybody")
    NETWORK = "network", _("those who take part in the network")
    BODY = "body", _("those who belong to it")
    PRIVATE = "private", _("those who work on it alone")


class Stripped(models.TextChoices):
    """What is taken out of a file before it is kept."""

    METADATA = "metadata", _("notes of the camera or the program, with place and day")
    AUTHOR = "author", _("author and program")
    SCRIPT = "script", _("scripts and what starts by itself")
    ATTACHED = "attached", _("files attached within")
    SURPLUS = "surplus", _("what did not belong to the file")
