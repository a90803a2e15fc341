"""Municipalities, the areas that they make up for a time, who lives there, and how it is drawn."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Dated, DatedQuerySet, ends_after_start
from tavolo.kernel.models import Keyed, Network, Versioned
from tavolo.territory.choices import ChangeKind, Level, SuccessionKind


class Area(Keyed, Versioned):
    """A region, a province, a metropolitan city, any district: a dated set of municipalities.

    `kind` is the key of an `AreaKind`. `title` is how the area is called in full ("Provincia di
    Lucca"), `short` its two letters where it has them. `parent` is the area that it lies in.
    `successor` is what came in its place as a whole: the metropolitan city after its province.
    Degrees are those of a point inside the boundary of `boundary_year`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("full name"), max_length=300)
    short = models.CharField(_("abbreviation"), max_length=4, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name=_("lies in")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("successor")
    )
    longitude = models.FloatField(_("longitude"), null=True)
    latitude = models.FloatField(_("latitude"), null=True)
    boundary_year = models.PositiveSmallIntegerField(_("year of the boundary"), null=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="area_code_once"),
        ]
        indexes = [
            models.Index("kind", "sort_key", "id", name="area_in_order"),
            models.Index("search_key", name="area_by_words"),
        ]


class AreaAlias(models.Model):
    """A code under which an area was known: its addresses redirect to the code of today."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="aliases", verbose_name=_("area"))
    kind = models.CharField(_("kind"), max_length=40)
    code = models.CharField(_("code"), max_length=40)

    class Meta:
        verbose_name = _("former code of an area")
        verbose_name_plural = _("former codes of areas")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="area_alias_leads_once"),
        ]


class Municipality(Keyed, Dated):
    """A municipality, the same through all its names and codes; the period is that of its life.

    Name and codes are those of today, of one that is no more the last; whoever asks for a day
    reads `MunicipalityVersion`. `province` and `region` likewise, for lists: of a day they are
    in `AreaMembership`. `province` is a province or a metropolitan city. Degrees and km² are those
    of the boundary of `boundary_year`, empty where no boundary is known.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    istat_code = models.CharField(_("ISTAT code"), max_length=6, db_index=True)
    cadastral_code = models.CharField(_("cadastral code"), max_length=4, db_index=True, blank=True)
    province = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("province"))
    region = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", verbose_name=_("region")
    )
    longitude = models.FloatField(_("longitude"), null=True)
    latitude = models.FloatField(_("latitude"), null=True)
    km2 = models.FloatField(_("surface in km²"), null=True)
    boundary_year = models.PositiveSmallIntegerField(_("year of the boundary"), null=True)

    objects = DatedQuerySet["Municipality"].as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints = [
            # A code given back was now and then given to another: it is one's own while one lives.
            models.UniqueConstraint(
                fields=["istat_code"],
                name="municipality_code_once",
                condition=Q(valid_until__isnull=True),
            ),
            ends_after_start("municipality"),
        ]
        indexes = [
            models.Index("sort_key", "id", name="municipality_in_order"),
            models.Index("province", "sort_key", "id", name="municipality_of_province"),
            models.Index("search_key", name="municipality_by_words"),
        ]


class MunicipalityVersion(Keyed, Dated):
    """The name and the codes that a municipality bore for a time.

    `verbatim` is the name as the source writes it, `name` as it is written well. Between two
    versions there may be days without one: it was put to others and founded again.
    """

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="versions", verbose_name=_("municipality")
    )
    istat_code = models.CharField(_("ISTAT code"), max_length=6)
    cadastral_code = models.CharField(_("cadastral code"), max_length=4, blank=True)
    verbatim = models.CharField(_("name in the source"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = DatedQuerySet["MunicipalityVersion"].as_manager()

    class Meta:
        verbose_name = _("name and codes of a municipality")
        verbose_name_plural = _("names and codes of municipalities")
        constraints = [
            models.UniqueConstraint(
                fields=["istat_code", "valid_from"], name="municipality_version_begins_once"
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                name="municipality_version_open_once",
                condition=Q(valid_until__isnull=True),
            ),
            ends_after_start("municipality_version"),
        ]
        indexes = [
            models.Index("search_key", name="municipality_version_by_words"),
        ]


class Succession(models.Model):
    """That one municipality, or a part of it, went into another on `day`, by which act."""

    predecessor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="went_into", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="came_from", verbose_name=_("successor")
    )
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind.choices)
    act = models.CharField(_("act"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "day"], name="succession_once"
            ),
            models.CheckConstraint(
                name="succession_is_of_two", condition=~Q(predecessor=models.F("successor"))
            ),
        ]


class SubMunicipalUnit(Keyed, Dated):
    """A part of a municipality that has a body or a name of its own: a municipio, a quartiere."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="units", verbose_name=_("municipality")
    )
    code = models.CharField(_("code"), max_length=20)
    term = models.CharField(_("what it is called"), max_length=60)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = DatedQuerySet["SubMunicipalUnit"].as_manager()

    class Meta:
        verbose_name = _("part of a municipality")
        verbose_name_plural = _("parts of municipalities")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code", "valid_from"],
                name="sub_municipal_unit_begins_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "code"],
                name="sub_municipal_unit_open_once",
                condition=Q(valid_until__isnull=True),
            ),
            ends_after_start("sub_municipal_unit"),
        ]


class AreaMembership(Dated):
    """That a municipality, or one unit of it, is in an area; without beginning: since before the data.

    `demonstration`: the assignment comes from no official file.
    """

    area = models.ForeignKey(
        Area, models.PROTECT, related_name="memberships", verbose_name=_("area")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="memberships", verbose_name=_("municipality")
    )
    unit = models.ForeignKey(
        SubMunicipalUnit,
        models.PROTECT,
        null=True,
        related_name="memberships",
        verbose_name=_("part of the municipality"),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = DatedQuerySet["AreaMembership"].as_manager()

    class Meta:
        verbose_name = _("municipality in an area")
        verbose_name_plural = _("municipalities in areas")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "municipality", "valid_from"],
                name="area_membership_begins_once",
                condition=Q(unit__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["area", "municipality"],
                name="area_membership_open_once",
                condition=Q(unit__isnull=True, valid_until__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["area", "unit", "valid_from"],
                name="area_membership_of_unit_begins_once",
                condition=Q(unit__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["area", "unit"],
                name="area_membership_of_unit_open_once",
                condition=Q(unit__isnull=False, valid_until__isnull=True),
            ),
            ends_after_start("area_membership"),
        ]


class AreaChange(models.Model):
    """What one saving did to the memberships of an area, so that it can be undone.

    `before` and `after` hold the memberships that differ, those of other areas too from which
    municipalities were taken; each as `actions.memberships.state_of` writes it. `day` is the one
    from which it is otherwise, empty for what is put right.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="changes", verbose_name=_("area"))
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, related_name="+", verbose_name=_("network")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeKind.choices)
    day = models.DateField(_("from which day"), null=True)
    by = models.UUIDField(_("changed by"), null=True)
    at = models.DateTimeField(_("changed at"))
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    undone_at = models.DateTimeField(_("undone at"), null=True)

    class Meta:
        verbose_name = _("change of an area")
        verbose_name_plural = _("changes of areas")
        indexes = [models.Index("area", "id", name="area_change_in_order")]


class Population(models.Model):
    """Who lived in a municipality on 1 January of a year. A year without row is not known, never 0.

    `bands` has three columns: `from` (the age at which each band begins; the last has no end),
    `women` and `men`; empty where the source tells no ages. `derived`: nobody counted it, it is
    the sum of the municipalities that went into this one.
    """

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="populations", verbose_name=_("municipality")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    women = models.PositiveIntegerField(_("women"))
    men = models.PositiveIntegerField(_("men"))
    total = models.PositiveIntegerField(_("residents"))
    bands = models.JSONField(_("by age"))
    derived = models.BooleanField(_("sum of predecessors"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="population_year_once"),
            models.CheckConstraint(
                name="population_adds_up",
                condition=Q(total=models.F("women") + models.F("men")),
            ),
        ]
        indexes = [
            # Sums over an area are read from the index alone, without the long rows behind it.
            models.Index("year", "municipality", "women", "men", "total", name="population_sums"),
        ]


class Shape(models.Model):
    """The drawing of one municipality or one area: a ready path in cells of its level's grid.

    Derived from the boundaries of `year`; drawn again by every import, so it has no history.
    """

    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        null=True,
        related_name="shapes",
        verbose_name=_("municipality"),
    )
    area = models.ForeignKey(
        Area, models.CASCADE, null=True, related_name="shapes", verbose_name=_("area")
    )
    level = models.PositiveSmallIntegerField(_("level of detail"), choices=Level.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    min_x = models.IntegerField()
    min_y = models.IntegerField()
    max_x = models.IntegerField()
    max_y = models.IntegerField()
    path = models.TextField(_("path"))

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "level", "year"], name="shape_of_municipality_once"
            ),
            models.UniqueConstraint(fields=["area", "level", "year"], name="shape_of_area_once"),
            models.CheckConstraint(
                name="shape_is_of_one_thing",
                condition=Q(municipality__isnull=True) ^ Q(area__isnull=True),
            ),
        ]
        indexes = [
            # What lies in a window is found without reading a path.
            models.Index("level", "max_x", "min_x", "min_y", "max_y", name="shape_in_window"),
        ]


class NetworkArea(Dated):
    """A piece of a network's territory: an area or a single municipality, for a time."""

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", verbose_name=_("area")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="+", verbose_name=_("municipality")
    )

    objects = DatedQuerySet["NetworkArea"].as_manager()

    class Meta:
        verbose_name = _("territory of a network")
        verbose_name_plural = _("territories of networks")
        constraints = [
            models.CheckConstraint(
                name="network_area_is_one_thing",
                condition=Q(municipality__isnull=True) ^ Q(area__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["network", "area"],
                name="network_area_open_once",
                condition=Q(valid_until__isnull=True, area__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["network", "municipality"],
                name="network_municipality_open_once",
                condition=Q(valid_until__isnull=True, municipality__isnull=False),
            ),
            ends_after_start("network_area"),
        ]


class PatronSaint(Dated):
    """The day of a municipality's patron saint: a holiday of its offices, each year, for a time.

    `name` is the saint as the municipality says it; `source` which act or rule says the day.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    name = models.CharField(_("saint"), max_length=120)
    source = models.CharField(_("source"), max_length=300)

    objects = DatedQuerySet["PatronSaint"].as_manager()

    class Meta:
        verbose_name = _("patron saint")
        verbose_name_plural = _("patron saints")
        constraints = [
            models.UniqueConstraint(
                "municipality",
                name="patron_saint_open_once",
                condition=Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="patron_saint_is_a_day",
                condition=Q(month__range=(1, 12), day__range=(1, 31)),
            ),
            ends_after_start("patron_saint"),
        ]
