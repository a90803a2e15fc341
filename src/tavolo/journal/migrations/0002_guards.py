"""The guards go up with the tables; `apps.py` puts them up again after every migration."""

from typing import Any

from django.db import migrations

from tavolo.journal.guards import guards_down_sql, guards_sql


def up(_apps: Any, schema_editor: Any) -> None:
    for statement in guards_sql(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def down(_apps: Any, schema_editor: Any) -> None:
    for statement in guards_down_sql(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_record")]
    operations = [migrations.RunPython(up, down)]
