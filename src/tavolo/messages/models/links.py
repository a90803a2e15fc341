"""Links by which somebody answers without an account (decision 16)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Network
from tavolo.messages.choices import LinkUse
from tavolo.messages.models.outbox import Message
from tavolo.people.models import Person


class SignedLink(models.Model):
    """What a link opens: `purpose` is the key of a `plugs.LinkPurpose`, `subject` the uid it is about.

    The link itself is never kept, only its digest. `message` is the last letter that carried it.
    `used_at` closes it: the confirmation was given, or what was worked on was submitted.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.CASCADE, null=True, related_name="+", verbose_name=_("network")
    )
    purpose = models.CharField(_("purpose"), max_length=80)
    uses = models.CharField(_("use"), max_length=10, choices=LinkUse)
    subject = models.UUIDField(_("subject"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="+", verbose_name=_("message")
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    used_at = models.DateTimeField(_("used at"), null=True)
    answered_at = models.DateTimeField(_("last answered at"), null=True)
    answers = models.PositiveIntegerField(_("answers"), default=0)

    class Meta:
        verbose_name = _("signed link")
        verbose_name_plural = _("signed links")
        indexes = [models.Index("purpose", "subject", "id", name="signed_link_of_a_subject")]
