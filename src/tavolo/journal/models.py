"""The append-only record (decision 5): entries without personal values, their values, their seals.

An entry is only ever inserted; so is the seal that chains it. The values can be erased: what
remains is their salted commitment, and the chain stays verifiable without them.
"""

import json
import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Network


class Entry(models.Model):
    """One act: which, by whom (an opaque uid), on what, when.

    Without network it is the installation's.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, related_name="+", verbose_name=_("network")
    )
    action = models.CharField(_("action"), max_length=80)
    actor = models.CharField(_("by"), max_length=36)
    acting_for = models.CharField(_("on behalf of"), max_length=36, blank=True)
    subject_kind = models.CharField(_("kind of subject"), max_length=80, blank=True)
    subject_uid = models.UUIDField(_("subject"), null=True)
    at = models.DateTimeField(_("at"))
    commitment = models.CharField(_("commitment to the values"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index("network", "id", name="journal_of_a_network"),
            models.Index("subject_uid", "id", name="journal_of_a_subject"),
        ]

    @property
    def values(self) -> dict[str, Any] | None:
        """What the act wrote: None where it was erased, empty where there was nothing."""
        if not self.commitment:
            return {}
        kept: EntryValue | None = getattr(self, "kept", None)
        return None if kept is None else json.loads(kept.text)


class EntryValue(models.Model):
    """The values of an entry as canonical JSON, and the salt of their commitment.

    Deleted to erase them.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="kept")
    salt = models.CharField(max_length=64)
    text = models.TextField(_("values"))

    class Meta:
        verbose_name = _("values of a journal entry")
        verbose_name_plural = _("values of journal entries")


class Seal(models.Model):
    """An entry's place in its chain: `hash` is over `previous`, the place and the canonical entry.

    `chain` is the uid of the network, or "installation".
    """

    chain = models.CharField(_("chain"), max_length=36)
    sequence = models.PositiveBigIntegerField(_("place"))
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal")
    previous = models.CharField(_("hash before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("seal of the journal")
        verbose_name_plural = _("seals of the journal")
        constraints = [
            models.UniqueConstraint("chain", "sequence", name="journal_chain_never_forks"),
        ]
