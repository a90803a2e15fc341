"""Tables, coordinations, groups, commissions: what they are, and what is known of each with its days."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Dated, Recorded, RecordedQuerySet, ends_after_start, recorded_once
from tavolo.kernel.dates import PartialDateField
from tavolo.kernel.models import Keyed, Network, Versioned
from tavolo.registry.choices import NameKind
from tavolo.registry.models import Organisation
from tavolo.tables.choices import GOES_ON_IN_ANOTHER, ActKind, Level, LineageManner
from tavolo.territory.models import Area, Municipality


class Body(Keyed, Versioned, Dated):
    """A table, a coordination, a group: where people sit together, in one network.

    `kind` is the key of a `BodyKind`. `name` is the one in use today, for lists; all that it bears
    and bore stand in `BodyName`. `number` is its place among the groups of its parent, kept for ever.
    `established` is when the act made it, `started` when its works began, as the source states them.
    It is there from `valid_from` (the first day that its establishing can mean, or else its start)
    until before `valid_until`; without beginning: ever since.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    code = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part of")
    )
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    promoter = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("promoted by"),
    )
    on_impulse_of = models.CharField(_("on the impulse of"), max_length=200, blank=True)
    founding_kind = models.CharField(
        _("kind of the founding act"), max_length=20, choices=ActKind.choices, blank=True
    )
    founding_act = models.CharField(_("founding act"), max_length=300, blank=True)
    established = PartialDateField(_("established"), blank=True)
    started = PartialDateField(_("started"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    end_act = models.CharField(_("act that ended it"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        indexes = [
            models.Index("network", "sort_key", "id", name="body_in_order"),
            models.Index("parent", "number", name="body_by_parent"),
            models.Index("search_key", name="body_by_words"),
        ]
        constraints = [
            ends_after_start("body"),
            models.UniqueConstraint(
                "parent",
                "number",
                name="body_number_once",
                condition=models.Q(number__isnull=False, valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="body_is_no_part_of_itself",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
        ]


class BodyFact(Recorded):
    """Something known of a body for a time, by an act or from a source; see `OrganisationFact`."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("body"))
    began = PartialDateField(_("began"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    act = models.CharField(_("act"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        abstract = True


class BodyName(Keyed, BodyFact):
    """Official as its act has it, verbatim; public as people say it; or short. Ended: a former one."""

    kind = models.CharField(_("kind of name"), max_length=20, choices=NameKind.choices)

    objects = RecordedQuerySet["BodyName"].as_manager()

    class Meta:
        verbose_name = _("name of a body")
        verbose_name_plural = _("names of bodies")
        indexes = [
            models.Index("body", "valid_from", name="body_name_by_day"),
            models.Index("search_key", name="body_name_by_words"),
        ]
        constraints = [ends_after_start("body_name"), recorded_once("body_name")]


class BodyTerritory(BodyFact):
    """A municipality or an area for which it works."""

    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipality"),
    )

    objects = RecordedQuerySet["BodyTerritory"].as_manager()

    class Meta:
        verbose_name = _("territory of a body")
        verbose_name_plural = _("territories of bodies")
        indexes = [
            models.Index("body", "valid_from", name="body_territory_by_day"),
            models.Index("area", name="body_by_area"),
            models.Index("municipality", name="body_by_municipality"),
        ]
        constraints = [
            ends_after_start("body_territory"),
            recorded_once("body_territory"),
            models.CheckConstraint(
                name="body_territory_is_one_place",
                condition=models.Q(area__isnull=True, municipality__isnull=False)
                | models.Q(area__isnull=False, municipality__isnull=True),
            ),
        ]


class Sphere(Keyed):
    """A sphere of life in which a network wants equality: each network has its own vocabulary.

    `key` is stored with the purposes; `number` is its place in lists.
    """

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(_("key"), max_length=60)
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta:
        verbose_name = _("sphere of life")
        verbose_name_plural = _("spheres of life")
        constraints = [
            models.UniqueConstraint("network", "key", name="sphere_key_once"),
            models.UniqueConstraint("network", "number", name="sphere_number_once"),
        ]


class BodyPurpose(BodyFact):
    """A numbered purpose, verbatim; `spheres` are keys of the network's vocabulary."""

    number = models.PositiveSmallIntegerField(_("number"))
    words = models.TextField(_("purpose"))
    spheres = models.JSONField(_("spheres of life"), default=list, blank=True)

    objects = RecordedQuerySet["BodyPurpose"].as_manager()

    class Meta:
        verbose_name = _("purpose of a body")
        verbose_name_plural = _("purposes of bodies")
        indexes = [models.Index("body", "number", name="purpose_by_number")]
        constraints = [
            ends_after_start("body_purpose"),
            recorded_once("body_purpose"),
            models.UniqueConstraint(
                "body",
                "number",
                name="purpose_number_once",
                condition=models.Q(valid_until__isnull=True, superseded_at__isnull=True),
            ),
        ]


class BodyLineage(BodyFact):
    """How a body goes on, and since when (`began`); `successor` where it does so in another."""

    manner = models.CharField(_("how"), max_length=20, choices=LineageManner.choices)
    successor = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goes on in"),
    )

    objects = RecordedQuerySet["BodyLineage"].as_manager()

    class Meta:
        verbose_name = _("lineage of a body")
        verbose_name_plural = _("lineages of bodies")
        indexes = [
            models.Index("body", name="lineage_by_body"),
            models.Index("successor", name="lineage_by_successor"),
        ]
        constraints = [
            ends_after_start("body_lineage"),
            recorded_once("body_lineage"),
            models.CheckConstraint(
                name="body_lineage_leads_on",
                condition=models.Q(successor__isnull=True) | ~models.Q(successor=models.F("body")),
            ),
            models.CheckConstraint(
                name="body_lineage_names_the_other",
                condition=~models.Q(manner__in=sorted(GOES_ON_IN_ANOTHER))
                | models.Q(successor__isnull=False),
            ),
        ]
