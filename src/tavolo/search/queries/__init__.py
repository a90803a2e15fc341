"""What is found: in the index by everybody, in SQL by an actor."""

from tavolo.search.queries.matching import closest, matching
from tavolo.search.queries.public import (
    LAST_PAGE,
    PAGE,
    Count,
    Found,
    Result,
    search,
    suggestions,
)
from tavolo.search.queries.sql import Group, found_by
from tavolo.search.queries.standing import Standing, standing

__all__ = [
    "LAST_PAGE",
    "PAGE",
    "Count",
    "Found",
    "Group",
    "Result",
    "Standing",
    "closest",
    "found_by",
    "matching",
    "search",
    "standing",
    "suggestions",
]
