"""Values on their way between a database and a line of JSON, equal whichever database it is."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# From here on JSON writes a whole number with an exponent, which PostgreSQL does not keep.
EXPONENT = 10**16
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Kind:
    """`write` makes what JSON can hold, `read` undoes it, `bind` makes what a database takes."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    bind: Callable[[Any, BaseDatabaseWrapper], Any]


def as_it_is(value: Any) -> Any:
    return value


def plain(value: Any, _connection: BaseDatabaseWrapper) -> Any:
    return value


def prepared(field: "models.Field[Any, Any]") -> Callable[[Any, BaseDatabaseWrapper], Any]:
    return field.get_db_prep_save


def portable(value: Any) -> Any:
    """A JSON value in which equal numbers look equal."""
    if isinstance(value, float) and abs(value) >= EXPONENT and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [portable(item) for item in value]
    if isinstance(value, dict):
        return {key: portable(item) for key, item in value.items()}
    return value


# The JSON value stands in a list, so that its null is not the column's NULL.
KINDS = {
    "whole": Kind(int, int, plain),
    "text": Kind(str, str, plain),
    "truth": Kind(bool, bool, plain),
    "real": Kind(float, float, plain),
    "uuid": Kind(str, UUID, prepared(models.UUIDField())),
    "instant": Kind(
        lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
        datetime.fromisoformat,
        prepared(models.DateTimeField()),
    ),
    "day": Kind(date.isoformat, date.fromisoformat, prepared(models.DateField())),
    "time": Kind(time.isoformat, time.fromisoformat, prepared(models.TimeField())),
    "duration": Kind(
        # SQLite already keeps microseconds.
        lambda value: value if isinstance(value, int) else value // MICROSECOND,
        lambda value: value * MICROSECOND,
        prepared(models.DurationField()),
    ),
    "decimal": Kind(str, Decimal, lambda value, on: on.ops.adapt_decimalfield_value(value)),
    "bytes": Kind(
        lambda value: base64.b64encode(bytes(value)).decode("ascii"),
        base64.b64decode,
        prepared(models.BinaryField()),
    ),
    "json": Kind(
        lambda value: [portable(json.loads(value))],
        lambda value: value[0],
        lambda value, on: on.ops.adapt_json_value(value, None),
    ),
}

KIND_OF = {
    "BooleanField": "truth",
    "FloatField": "real",
    "UUIDField": "uuid",
    "DateTimeField": "instant",
    "DateField": "day",
    "TimeField": "time",
    "DurationField": "duration",
    "DecimalField": "decimal",
    "BinaryField": "bytes",
    "JSONField": "json",
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField"), "text"),
    **dict.fromkeys(
        (
            "AutoField",
            "BigAutoField",
            "SmallAutoField",
            "IntegerField",
            "BigIntegerField",
            "SmallIntegerField",
            "PositiveIntegerField",
            "PositiveBigIntegerField",
            "PositiveSmallIntegerField",
        ),
        "whole",
    ),
}


def kind_of(field: "models.Field[Any, Any]") -> str:
    """The kind of a column; of a foreign key it is that of the key it points to."""
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined]
    return KIND_OF[field.get_internal_type()]


def write(kind: str, value: Any) -> Any:
    return None if value is None else KINDS[kind].write(value)


def bind(kind: str, written: Any, connection: BaseDatabaseWrapper) -> Any:
    """What a database takes for a written value."""
    if written is None:
        return None
    return KINDS[kind].bind(KINDS[kind].read(written), connection)
