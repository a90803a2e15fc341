"""What happened that concerns somebody, for her to look at."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.desk.choices import Happened
from tavolo.kernel.models import Network
from tavolo.people.models import Person


class Notification(models.Model):
    """That something happened, told to one person once. `fact` is the uid of the fact that told it.

    `about` is what it is about, in words without anybody's name: a commitment, an organisation, a
    file. `subject` is its uid. `principal` is the one whom it concerns, where `person` was told in
    her place.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    principal = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("on behalf of"),
    )
    network = models.ForeignKey(
        Network, models.CASCADE, null=True, related_name="+", verbose_name=_("network")
    )
    kind = models.CharField(_("what happened"), max_length=30, choices=Happened.choices)
    subject = models.UUIDField(_("subject"))
    about = models.CharField(_("about what"), max_length=300, blank=True)
    fact = models.UUIDField(_("fact"))
    at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read at"), null=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint("fact", "kind", "person", name="notification_told_once"),
        ]
        indexes = [
            models.Index("person", "id", name="notification_by_person"),
            models.Index(
                "person",
                name="notification_unread",
                condition=models.Q(read_at__isnull=True),
            ),
        ]
