"""The outbox of the index: what was changed, written with the change, read by whoever keeps an index."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchChange(models.Model):
    """That a thing has to be looked at again. A reader remembers the last `id` that it has seen."""

    kind = models.CharField(_("kind"), max_length=80)
    uid = models.UUIDField(_("thing"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("change for the search index")
        verbose_name_plural = _("changes for the search index")
