from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    """Where a letter stands. `gathered`: it left within another, see `gathered_into`."""

    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused")
    BOUNCED = "bounced", _("came back")
    GATHERED = "gathered", _("gathered into another")


class EventKind(TextChoices):
    """What happens to a letter on its way, and what its recipient does with the link in it."""

    QUEUED = "queued", _("written and queued")
    SENT = "sent", _("taken by the mail server")
    POSTPONED = "postponed", _("not taken yet, it is tried again")
    UNCERTAIN = "uncertain", _("perhaps taken, it is sent again under the same number")
    REFUSED = "refused", _("refused by the mail server")
    BOUNCED = "bounced", _("came back as undeliverable")
    DELAYED = "delayed", _("delayed on its way")
    GATHERED = "gathered", _("sent together with others")
    LINK_OPENED = "link_opened", _("read by the person")
    ANSWERED = "answered", _("answered")
    RESENT = "resent", _("sent again")


class LinkUse(TextChoices):
    """What a signed link is good for (decision 16)."""

    CONFIRM = "confirm", _("confirm once")
    ANSWER = "answer", _("answer until the term")
    EDIT = "edit", _("work on it until it is submitted")
