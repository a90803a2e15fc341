"""Rows of several small tables in one query: a page about one thing asks all of them at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Field, Model, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.timezone import is_naive

Raw = Mapping[str, Any]

MOST_VALUES = 50  # a database takes a hundred arguments at most: names and values


@dataclass(frozen=True)
class Asked:
    """Rows of one table; `beside` names for a relation, as in a lookup, which fields come with it.

    What a relation holds besides is fetched when somebody asks for it, by a query of its own.
    """

    rows: QuerySet[Any]
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def together(*asked: Asked) -> list[list[Any]]:
    """The rows of each, by their keys; one query. An order of the querysets themselves is not kept."""
    found: list[list[Any]] = [[] for _one in asked]
    first, *others = [_told(number, one) for number, one in enumerate(asked)]
    for number, raw in first.union(*others, all=True) if others else first:
        found[number].append(_row(asked[number], raw))
    return [sorted(rows, key=lambda row: row.pk) for rows in found]


def _told(number: int, asked: Asked) -> Any:
    columns = [column.attname for column in asked.rows.model._meta.concrete_fields]
    columns += [f"{path}__{name}" for path, names in asked.beside.items() for name in names]
    assert len(columns) <= MOST_VALUES, asked.rows.model  # noqa: S101  of the code, not of the data
    row = JSONObject(**{column: column for column in columns})
    rows: QuerySet[Any] = asked.rows.order_by()
    return rows.annotate(asked_number=Value(number), asked_row=row).values_list(
        "asked_number", "asked_row"
    )


def _row(asked: Asked, raw: Raw) -> Any:
    model, alias = asked.rows.model, asked.rows.db
    row = _made(model, raw, "", alias)
    for path in sorted(asked.beside):
        *above, last = path.split("__")
        holder = _at(row, above)
        if holder is not None and getattr(holder, f"{last}_id") is not None:
            other = holder._meta.get_field(last).related_model
            setattr(holder, last, _made(other, raw, f"{path}__", alias))
    return row


def _at(row: Any, path: Iterable[str]) -> Any:
    for step in path:
        row = row and getattr(row, step)
    return row


def _made(model: type[Model], raw: Raw, prefix: str, alias: str) -> Any:
    values = dict(_values(model._meta.concrete_fields, raw, prefix))
    return model.from_db(alias, list(values), list(values.values()))


def _values(fields: Iterable[Field[Any, Any]], raw: Raw, prefix: str) -> Iterator[tuple[str, Any]]:
    for each in fields:
        key = prefix + each.attname
        if key in raw:
            value = each.to_python(raw[key])
            # SQLite keeps instants in UTC without saying so.
            if isinstance(value, datetime) and is_naive(value):
                value = value.replace(tzinfo=UTC)
            yield each.attname, value
