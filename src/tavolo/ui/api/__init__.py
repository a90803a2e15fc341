"""What each room's `web/api.py` is made of: routers, parameters, lists, answers and problems.

A room says what it knows; from here come as-of days, paging, entity tags, languages and refusals,
the same in every room. `config.api` gathers the rooms' routers under `/api/v1/`.
"""

from tavolo.ui.api.answers import GEOJSON, answer, attached, listed, moved
from tavolo.ui.api.parameters import After, AsOf, Limit, Words, day_of, plain, wrong
from tavolo.ui.api.routers import Router

__all__ = [
    "GEOJSON",
    "After",
    "AsOf",
    "Limit",
    "Router",
    "Words",
    "answer",
    "attached",
    "day_of",
    "listed",
    "moved",
    "plain",
    "wrong",
]
