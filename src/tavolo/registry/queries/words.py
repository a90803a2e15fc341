"""Which rows match what somebody typed."""

from django.db.models import Q

from tavolo.kernel.text import search_key

MOST_WORDS = 8


def matching(words: str, key: str = "search_key") -> Q:
    """The rows in which each typed word begins a word of the folded `key`, in any order."""
    condition = Q()
    for word in search_key(words).split()[:MOST_WORDS]:
        condition &= Q(**{f"{key}__startswith": word}) | Q(**{f"{key}__contains": f" {word}"})
    return condition
