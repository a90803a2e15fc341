from django.db import migrations

YEAR = 2023  # of the one extract that there was before this migration


def keep_what_was_known(apps, schema_editor):
    """Each municipality keeps its name and codes as its one version; drawings say their year."""
    municipality = apps.get_model("territory", "Municipality")
    version = apps.get_model("territory", "MunicipalityVersion")
    version.objects.bulk_create(
        (
            version(
                municipality_id=row.pk,
                istat_code=row.istat_code,
                cadastral_code=row.cadastral_code,
                name=row.name,
                sort_key=row.sort_key,
                search_key=row.search_key,
            )
            for row in municipality.objects.iterator()
        ),
        batch_size=500,
    )
    for model in ("Municipality", "Area"):
        known = apps.get_model("territory", model).objects.filter(longitude__isnull=False)
        known.update(boundary_year=YEAR)


def nothing(apps, schema_editor):
    """The way back: the table goes."""


class Migration(migrations.Migration):
    dependencies = [("territory", "0002_municipalities_as_they_were")]

    operations = [migrations.RunPython(keep_what_was_known, nothing)]
