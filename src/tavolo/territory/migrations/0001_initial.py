import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from tavolo.kernel.models import KeyField


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0002_keys_are_ordered_by_code_point"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("sort_key", KeyField(editable=False, max_length=400)),
                ("search_key", KeyField(editable=False, max_length=400)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="full name")),
                ("short", models.CharField(blank=True, max_length=4, verbose_name="abbreviation")),
                ("longitude", models.FloatField(null=True, verbose_name="longitude")),
                ("latitude", models.FloatField(null=True, verbose_name="latitude")),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="territory.area",
                        verbose_name="lies in",
                    ),
                ),
            ],
            options={
                "verbose_name": "area",
                "verbose_name_plural": "areas",
            },
        ),
        migrations.CreateModel(
            name="AreaAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="territory.area",
                        verbose_name="area",
                    ),
                ),
            ],
            options={
                "verbose_name": "former code of an area",
                "verbose_name_plural": "former codes of areas",
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("sort_key", KeyField(editable=False, max_length=400)),
                ("search_key", KeyField(editable=False, max_length=400)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "istat_code",
                    models.CharField(max_length=6, unique=True, verbose_name="ISTAT code"),
                ),
                (
                    "cadastral_code",
                    models.CharField(db_index=True, max_length=4, verbose_name="cadastral code"),
                ),
                ("longitude", models.FloatField(null=True, verbose_name="longitude")),
                ("latitude", models.FloatField(null=True, verbose_name="latitude")),
                ("km2", models.FloatField(null=True, verbose_name="surface in km²")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                        verbose_name="province",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "municipality",
                "verbose_name_plural": "municipalities",
            },
        ),
        migrations.CreateModel(
            name="AreaMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valid until"),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="territory.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="territory.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "municipality in an area",
                "verbose_name_plural": "municipalities in areas",
            },
        ),
        migrations.CreateModel(
            name="NetworkArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valid until"),
                ),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.network",
                        verbose_name="network",
                    ),
                ),
            ],
            options={
                "verbose_name": "territory of a network",
                "verbose_name_plural": "territories of networks",
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("women", models.PositiveIntegerField(verbose_name="women")),
                ("men", models.PositiveIntegerField(verbose_name="men")),
                ("total", models.PositiveIntegerField(verbose_name="residents")),
                ("bands", models.JSONField(verbose_name="by age")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="populations",
                        to="territory.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "population",
                "verbose_name_plural": "populations",
            },
        ),
        migrations.CreateModel(
            name="Shape",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "for the whole country"),
                            (1, "for a region"),
                            (2, "for a province or a municipality"),
                        ],
                        verbose_name="level of detail",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("min_x", models.IntegerField()),
                ("min_y", models.IntegerField()),
                ("max_x", models.IntegerField()),
                ("max_y", models.IntegerField()),
                ("path", models.TextField(verbose_name="path")),
                (
                    "area",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shapes",
                        to="territory.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shapes",
                        to="territory.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "drawing",
                "verbose_name_plural": "drawings",
            },
        ),
        migrations.AddIndex(
            model_name="area",
            index=models.Index(
                models.F("kind"), models.F("sort_key"), models.F("id"), name="area_in_order"
            ),
        ),
        migrations.AddIndex(
            model_name="area",
            index=models.Index(models.F("search_key"), name="area_by_words"),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(fields=("kind", "code"), name="area_code_once"),
        ),
        migrations.AddConstraint(
            model_name="areaalias",
            constraint=models.UniqueConstraint(
                fields=("kind", "code"), name="area_alias_leads_once"
            ),
        ),
        migrations.AddIndex(
            model_name="municipality",
            index=models.Index(models.F("sort_key"), models.F("id"), name="municipality_in_order"),
        ),
        migrations.AddIndex(
            model_name="municipality",
            index=models.Index(
                models.F("province"),
                models.F("sort_key"),
                models.F("id"),
                name="municipality_of_province",
            ),
        ),
        migrations.AddIndex(
            model_name="municipality",
            index=models.Index(models.F("search_key"), name="municipality_by_words"),
        ),
        migrations.AddConstraint(
            model_name="areamembership",
            constraint=models.UniqueConstraint(
                fields=("area", "municipality", "valid_from"), name="area_membership_begins_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="areamembership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("area", "municipality"),
                name="area_membership_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="areamembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="area_membership_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="networkarea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("municipality__isnull", True), ("area__isnull", True), _connector="XOR"
                ),
                name="network_area_is_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="networkarea",
            constraint=models.UniqueConstraint(
                condition=models.Q(("area__isnull", False), ("valid_until__isnull", True)),
                fields=("network", "area"),
                name="network_area_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="networkarea",
            constraint=models.UniqueConstraint(
                condition=models.Q(("municipality__isnull", False), ("valid_until__isnull", True)),
                fields=("network", "municipality"),
                name="network_municipality_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="networkarea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="network_area_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="population",
            index=models.Index(
                models.F("year"),
                models.F("municipality"),
                models.F("women"),
                models.F("men"),
                models.F("total"),
                name="population_sums",
            ),
        ),
        migrations.AddConstraint(
            model_name="population",
            constraint=models.UniqueConstraint(
                fields=("municipality", "year"), name="population_year_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="population",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total",
                        django.db.models.expressions.CombinedExpression(
                            models.F("women"), "+", models.F("men")
                        ),
                    )
                ),
                name="population_adds_up",
            ),
        ),
        migrations.AddIndex(
            model_name="shape",
            index=models.Index(
                models.F("level"),
                models.F("max_x"),
                models.F("min_x"),
                models.F("min_y"),
                models.F("max_y"),
                name="shape_in_window",
            ),
        ),
        migrations.AddConstraint(
            model_name="shape",
            constraint=models.UniqueConstraint(
                fields=("municipality", "level", "year"), name="shape_of_municipality_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="shape",
            constraint=models.UniqueConstraint(
                fields=("area", "level", "year"), name="shape_of_area_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="shape",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("municipality__isnull", True), ("area__isnull", True), _connector="XOR"
                ),
                name="shape_is_of_one_thing",
            ),
        ),
    ]
