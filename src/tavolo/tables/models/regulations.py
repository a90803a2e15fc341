"""The rules by which a body works, from a day on, by an act."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Recorded, RecordedQuerySet, ends_after_start, recorded_once
from tavolo.tables.models.bodies import Body
from tavolo.tables.regulation.plain import read
from tavolo.tables.regulation.rules import Regulation


class BodyRegulation(Recorded):
    """A regulation in force from `valid_from`, until another act replaces it.

    `rules` are those of `regulation.plain`, `sources` says by path where each comes from; one that
    has none there comes from the act itself. `preset` is what it began from.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("body"))
    rules = models.JSONField(_("rules"))
    sources = models.JSONField(_("where the rules come from"), default=dict)
    preset = models.CharField(_("begun from"), max_length=60, blank=True)
    act = models.CharField(_("act"), max_length=300)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = RecordedQuerySet["BodyRegulation"].as_manager()

    class Meta:
        verbose_name = _("regulation of a body")
        verbose_name_plural = _("regulations of bodies")
        indexes = [models.Index("body", "valid_from", name="body_regulation_by_day")]
        constraints = [
            ends_after_start("body_regulation"),
            recorded_once("body_regulation"),
            models.UniqueConstraint(
                "body",
                "valid_from",
                name="body_regulation_begins_once",
                condition=models.Q(superseded_at__isnull=True),
            ),
            models.UniqueConstraint(
                "body",
                name="body_regulation_open_once",
                condition=models.Q(superseded_at__isnull=True, valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="body_regulation_has_a_beginning",
                condition=models.Q(valid_from__isnull=False),
            ),
            models.CheckConstraint(
                name="body_regulation_rests_on_an_act", condition=~models.Q(act="")
            ),
        ]

    @property
    def regulation(self) -> Regulation:
        """The rules as they are applied."""
        return read(self.rules)
