"""The rows that every room stands on. kernel writes none of them by itself: actions of the rooms do."""

import uuid
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Dated, DatedQuerySet, ends_after_start
from tavolo.kernel.dates import PartialDateField
from tavolo.kernel.text import search_key, sort_key


class Installation(models.Model):
    """One row: what this installation is. `reference_day` and `seed` are set in a demonstration only."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    demonstration = models.BooleanField(_("demonstration"), default=False)
    seed = models.PositiveIntegerField(_("seed"), null=True)
    reference_day = models.DateField(_("reference day"), null=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")
        constraints = [
            models.CheckConstraint(name="installation_is_one", condition=models.Q(id=1)),
        ]


class Versioned(models.Model):
    """A row with an edit form: `version` grows by one with each save (see `versions`)."""

    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        abstract = True


class KeyField(models.CharField[str, str]):
    """A folded key, ordered by code point in both databases, whatever the server's language is."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        told = super().db_parameters(connection)
        return told | {"collation": "C"} if connection.vendor == "postgresql" else told


class Keyed(models.Model):
    """A row with a name: it is ordered and found by folded keys, never by the bare name."""

    name = models.CharField(_("name"), max_length=300)
    sort_key = KeyField(max_length=400, editable=False)
    search_key = KeyField(max_length=400, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        self.sort_key = sort_key(self.name)[:400]
        self.search_key = search_key(self.name)[:400]


class Network(Keyed, Versioned):
    """The tenant. Every row that belongs to a network carries its key, first in its indexes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    active_since = PartialDateField(_("active since"), blank=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")


class NetworkSetting(Dated):
    """A value of a declared setting of one network, from a day and with its source."""

    network = models.ForeignKey(
        Network, models.CASCADE, related_name="settings", verbose_name=_("network")
    )
    key = models.CharField(_("setting"), max_length=80)
    value = models.JSONField(_("value"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = DatedQuerySet["NetworkSetting"].as_manager()

    class Meta:
        verbose_name = _("network setting")
        verbose_name_plural = _("network settings")
        constraints = [
            models.UniqueConstraint(
                "network", "key", "valid_from", name="network_setting_begins_once"
            ),
            # Two that always held would be two answers, and nulls are never equal.
            models.UniqueConstraint(
                fields=["network", "key"],
                condition=models.Q(valid_from__isnull=True),
                name="network_setting_always_held_once",
            ),
            ends_after_start("network_setting"),
        ]


class DatedValue(Dated):
    """A number of law or regulation: never a constant in code, always with its day and source."""

    key = models.CharField(_("value"), max_length=80)
    value = models.JSONField(_("value"))
    source = models.CharField(_("source"), max_length=300)

    objects = DatedQuerySet["DatedValue"].as_manager()

    class Meta:
        verbose_name = _("dated value")
        verbose_name_plural = _("dated values")
        constraints = [
            models.UniqueConstraint("key", "valid_from", name="dated_value_begins_once"),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(valid_from__isnull=True),
                name="dated_value_always_held_once",
            ),
            ends_after_start("dated_value"),
        ]


class AnnouncedFact(models.Model):
    """A fact, written with its act; `delivered_at` is set when every reaction has run.

    `due_at` is when it is tried again, null before the first failure.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=80)
    payload = models.JSONField()
    announced_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("announced fact")
        verbose_name_plural = _("announced facts")
        indexes = [
            models.Index("id", name="fact_waiting", condition=models.Q(delivered_at__isnull=True)),
        ]


class Delivery(models.Model):
    """That one reaction has run for one fact: written in the reaction's own transaction."""

    fact = models.ForeignKey(AnnouncedFact, models.CASCADE, related_name="deliveries")
    reaction = models.CharField(max_length=160)
    delivered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("delivery of a fact")
        verbose_name_plural = _("deliveries of facts")
        constraints = [
            models.UniqueConstraint("fact", "reaction", name="fact_reaches_a_reaction_once"),
        ]


class FormKey(models.Model):
    """A form that was carried out, with its result: the same form sent again answers the same."""

    key = models.UUIDField(primary_key=True)
    person = models.UUIDField(null=True)
    result = models.TextField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("form carried out")
        verbose_name_plural = _("forms carried out")


class Blob(models.Model):
    """A file by its content. `doomed_at` is when nothing needed it any more; the sweep waits a day."""

    digest = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    created_at = models.DateTimeField()
    doomed_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = _("stored content")
        verbose_name_plural = _("stored contents")


class Schedule(models.Model):
    """When a periodic job is due next: one row a job, taken by whoever locks it."""

    key = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")


class WorkerBeat(models.Model):
    """The last sign of life of a worker; jobs of one that fell silent are taken back."""

    worker = models.CharField(max_length=64, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
