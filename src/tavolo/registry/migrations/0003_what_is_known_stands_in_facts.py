"""What the columns of organisations say becomes facts that hold for ever back: nobody said since when.

They count as recorded when the organisation was entered, so that what was known then is readable. The
columns stay as they are, a summary from now on; the way back takes away the facts alone.
"""

from collections.abc import Callable
from typing import Any

from django.db import migrations

BATCH = 500


def up(apps: Any, _editor: Any) -> None:
    organisations = apps.get_model("registry", "Organisation").objects.order_by("pk")
    standings = apps.get_model("registry", "Standing").objects
    known = set(standings.values_list("organisation", flat=True))
    pks = [pk for pk in organisations.values_list("pk", flat=True) if pk not in known]
    for start in range(0, len(pks), BATCH):
        rows = list(organisations.filter(pk__in=pks[start : start + BATCH]))
        for model, values in _FACTS:
            _lay(apps.get_model("registry", model), rows, values)


def down(apps: Any, _editor: Any) -> None:
    for model in dict(_FACTS):
        apps.get_model("registry", model).objects.all().delete()


def _lay(table: Any, rows: Any, values: Callable[[Any], dict[str, Any]]) -> None:
    table.objects.bulk_create(
        table(organisation=row, recorded_at=row.created_at, source=row.source, **said)
        for row in rows
        if (said := values(row))
    )


def _name(row: Any) -> dict[str, Any]:
    keys = {"sort_key": row.sort_key, "search_key": row.search_key}
    return {"kind": "public", "name": row.name} | keys


def _standing(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "legal_form": row.legal_form,
        "is_administration": row.is_administration,
    }


def _seat(row: Any) -> dict[str, Any]:
    if row.municipality_id is None:
        return {}
    return {"kind": "registered", "municipality_id": row.municipality_id}


def _tax_code(row: Any) -> dict[str, Any]:
    return {"scheme": "tax_code", "value": row.tax_code} if row.tax_code else {}


def _website(row: Any) -> dict[str, Any]:
    return {"channel": "website", "value": row.website} if row.website else {}


def _email(row: Any) -> dict[str, Any]:
    return {"channel": "email", "value": row.public_email} if row.public_email else {}


def _phone(row: Any) -> dict[str, Any]:
    return {"channel": "phone", "value": row.phone} if row.phone else {}


_FACTS = (
    ("OrganisationName", _name),
    ("Standing", _standing),
    ("Seat", _seat),
    ("Identifier", _tax_code),
    ("Contact", _website),
    ("Contact", _email),
    ("Contact", _phone),
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_who_exists_and_who_speaks")]
    operations = [migrations.RunPython(up, down)]
