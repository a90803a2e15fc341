"""A row on its way: field by name, other rows by their uid, no number of this database."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet

from tavolo.config.archive.columns import kind_of, write
from tavolo.config.moving.ways import Model, fields_of, is_natural, target_of
from tavolo.kernel.plugs import Travel

Row = dict[str, Any]
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FETCHED = 1000


def told(rows: QuerySet[Any], names: list[str] | None = None) -> Iterator[Row]:
    """The rows as JSON can hold them; memory does not grow with them."""
    columns = columns_of(rows.model, names)
    sql, values = rows.values_list(*(look for _name, look, _f in columns)).query.sql_with_params()
    read = [(name, kind_of(field), _reader(field)) for name, _look, field in columns]
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while some := cursor.fetchmany(FETCHED):
            for row in some:
                yield {
                    name: write(kind, reader(value))
                    for (name, kind, reader), value in zip(read, row, strict=True)
                }


def columns_of(
    model: Model, names: list[str] | None = None
) -> list[tuple[str, str, "models.Field[Any, Any]"]]:
    """Name, lookup and field of what is written: of a key the uid of the row to which it leads."""
    return [_column(field) for field in fields_of(model) if names is None or field.name in names]


def _column(field: "models.Field[Any, Any]") -> tuple[str, str, "models.Field[Any, Any]"]:
    if field.remote_field is None or is_natural(target_of(field)):
        return field.name, field.attname, field
    uid: Any = target_of(field)._meta.get_field("uid")
    return field.name, f"{field.name}__uid", uid


def _reader(field: "models.Field[Any, Any]") -> Any:
    column = field.get_col(field.model._meta.db_table)
    converters = connection.ops.get_db_converters(column)

    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, column, connection)
        return value

    return read


def dressed(row: Row, travel: Travel, *, accounts: bool) -> Row:
    """As it travels: without what does not, and opened where a key of this installation closed it."""
    row |= _instead(travel, accounts=accounts)
    for name, (opened, _closed) in travel.opened.items():
        row[name] = [opened(row[name][0])]
    return row


def _instead(travel: Travel, *, accounts: bool) -> Row:
    """What stands for that which does not travel."""
    return dict(travel.emptied) if accounts else {**travel.emptied, **travel.secret}


def mentioned(row: Row, travel: Travel) -> set[str]:
    """The uids that stand in words or JSON."""
    return {uid for name in travel.mentions for uid in UID.findall(json.dumps(row[name]))}


def rewritten(row: Row, travel: Travel, other: dict[str, str], *, accounts: bool) -> Row:
    """With the uids that the same shared things have here, and closed with the keys of this installation.

    What does not travel is emptied here too, whatever the folder says of it.
    """
    row |= _instead(travel, accounts=accounts)
    for name, (_opened, closed) in travel.opened.items():
        row[name] = [closed(row[name][0])]
    for name in travel.mentions:
        text = UID.sub(lambda found: other.get(found[0], found[0]), json.dumps(row[name]))
        row[name] = json.loads(text)
    return row
