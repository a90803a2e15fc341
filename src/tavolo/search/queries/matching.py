"""Names by the beginnings of their words, in SQL."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from django.db.models.functions import Length

from tavolo.kernel.text import search_key

M = TypeVar("M", bound=Model)

MOST_WORDS = 8
EXACT, BEGINS, WITHIN = 0, 1, 2


def matching(words: str, *keys: str) -> Q:
    """The rows in which each typed word begins a word of one of the folded `keys`, in any order.

    Nothing where no word is typed.
    """
    typed = search_key(words).split()[:MOST_WORDS]
    condition = Q() if typed else Q(pk__in=[])
    for word in typed:
        condition &= _any(keys, word)
    return condition


def _any(keys: Iterable[str], word: str) -> Q:
    found = Q()
    for key in keys:
        found |= Q(**{f"{key}__startswith": word}) | Q(**{f"{key}__contains": f" {word}"})
    return found


def closest(rows: QuerySet[M], words: str, *, key: str = "search_key") -> QuerySet[M]:
    """Those that are called so first, then those that begin so, the shortest name first."""
    folded = search_key(words)
    closeness = Case(
        When(**{key: folded}, then=Value(EXACT)),
        When(**{f"{key}__startswith": folded}, then=Value(BEGINS)),
        default=Value(WITHIN),
        output_field=IntegerField(),
    )
    return rows.order_by(closeness, Length(key), key, "id")
