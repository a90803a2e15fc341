from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused")
