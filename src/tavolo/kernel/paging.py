"""Keyset paging: a page begins after the last row of the one before, so that a long list costs no more."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

from tavolo.kernel.errors import BadRequest

M = TypeVar("M", bound=Model)

AnyField = Field[Any, Any]

PAGE_SIZE = 50
LONGEST_CURSOR = 4000


@dataclass(frozen=True)
class Page(Generic[M]):
    """`items` of `total`; `after` and `before` are the cursors of the next and the previous page, or ""."""

    items: list[M]
    total: int
    after: str = ""
    before: str = ""


def page_of(
    rows: QuerySet[M],
    *,
    order: tuple[str, ...] = ("sort_key", "id"),
    after: str = "",
    before: str = "",
    size: int = PAGE_SIZE,
) -> Page[M]:
    """One page in ascending `order`, whose last field must be unique; two queries, whatever the length.

    `order` names fields of the model, or annotations, that are never null. Refuses with BadRequest a cursor
    that we did not write.
    """
    places = [_place(rows, name) for name in order]
    total = rows.count()
    backwards = bool(before) and not after
    cursor = before if backwards else after
    ordered = rows.order_by(*(f"-{name}" if backwards else name for name in order))
    if cursor:
        ordered = ordered.filter(_beyond(order, read_cursor(cursor, places), backwards=backwards))
    found = list(ordered[: size + 1])
    more, items = len(found) > size, found[:size]
    if backwards:
        items.reverse()
    first, last = (cursor_of(items[0], order), cursor_of(items[-1], order)) if items else ("", "")
    return Page(
        items,
        total,
        after=last if (more or backwards) else "",
        before=first if (more if backwards else bool(after)) else "",
    )


def cursor_of(row: Model, order: tuple[str, ...]) -> str:
    """Where a row stands in that order, as text for an address."""
    values = [getattr(row, name) for name in order]
    text = json.dumps(values, default=str, separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, places: list[AnyField]) -> list[Any]:
    """The values that a cursor carries for those fields. Refuses with BadRequest what fits none of them."""
    if len(cursor) > LONGEST_CURSOR:
        raise BadRequest
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values: object = json.loads(urlsafe_b64decode(padded.encode("ascii")).decode())
        if not isinstance(values, list) or not all(map(_plain, values)):
            raise BadRequest
        return [place.to_python(value) for place, value in zip(places, values, strict=True)]
    except (NotBase64, RecursionError, ValidationError, ValueError) as fault:
        raise BadRequest from fault


def _place(rows: QuerySet[Any], name: str) -> AnyField:
    annotation = rows.query.annotations.get(name)
    if annotation is not None:
        return annotation.output_field
    field = rows.model._meta.get_field(name)
    if not isinstance(field, Field) or field.null:
        # Nulls stand first in one database and last in the other, and nothing is beyond them.
        raise ValueError(f"A list cannot be ordered by {name!r}.")
    return field


def _plain(value: object) -> bool:
    if not isinstance(value, str | int):
        return False
    # Half of a surrogate pair is text for JSON and for no database: encode refuses it (a ValueError).
    return b"\x00" not in str(value).encode()


def _beyond(order: tuple[str, ...], values: list[Any], *, backwards: bool) -> Q:
    # (a, b) > (x, y) written out, because SQLite's row values would hide the index.
    side = "lt" if backwards else "gt"
    condition = Q()
    for position, name in enumerate(order):
        equal = Q(**dict(zip(order[:position], values[:position], strict=True)))
        condition |= equal & Q(**{f"{name}__{side}": values[position]})
    return condition
