"""That somebody decided to keep a document beyond its term."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.documents.models.documents import Document
from tavolo.people.models import Person


class KeptLonger(models.Model):
    """A decision: the document is kept until a day, that day included; null: for ever.

    The last decision holds. Until then nobody deletes it, the daily job least of all.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="kept_longer", verbose_name=_("document")
    )
    until = models.DateField(_("kept until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    decided_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision to keep a document")
        verbose_name_plural = _("decisions to keep documents")
        constraints = [
            models.CheckConstraint(name="kept_longer_for_a_reason", condition=~models.Q(reason="")),
        ]
