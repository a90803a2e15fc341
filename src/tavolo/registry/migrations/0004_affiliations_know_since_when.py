"""Affiliations of before were recorded when the journal says so, else when their organisation was.

Until now all of them bore the instant of the migration that gave them a column for it. The way back
has nothing to undo: the column goes with its own migration.
"""

from typing import Any

from django.db import migrations

ENTERED = "registry.person_affiliated"
BATCH = 500


def up(apps: Any, _editor: Any) -> None:
    affiliations = apps.get_model("registry", "Affiliation").objects.order_by("pk")
    entries = apps.get_model("journal", "Entry").objects.filter(action=ENTERED).order_by("-pk")
    pks = list(affiliations.values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        chosen = affiliations.filter(pk__in=pks[start : start + BATCH])
        rows = list(chosen.select_related("organisation"))
        told = entries.filter(subject_uid__in=[row.uid for row in rows])
        # The first entry comes last and stays.
        at = dict(told.values_list("subject_uid", "at"))
        for row in rows:
            row.recorded_at = at.get(row.uid, row.organisation.created_at)
        affiliations.bulk_update(rows, ["recorded_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_guards"),
        ("registry", "0003_what_is_known_stands_in_facts"),
    ]

    operations = [migrations.RunPython(up, migrations.RunPython.noop)]
