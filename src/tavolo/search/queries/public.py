"""What everybody finds, in the index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tavolo.search.index import asking, fields

if TYPE_CHECKING:
    from tantivy import Query, Searcher

PAGE = 20
FACET_VALUES = 12
# Nobody pages further; to skip a row costs as much as to show it.
DEEPEST = 1000
LAST_PAGE = DEEPEST // PAGE
SUGGESTED = 8
TITLES_THAT_TELL = 10


@dataclass(frozen=True)
class Result:
    """Something public; `url` is in the language of the installation. `before`: names it has no more."""

    uid: str
    kind: str
    title: str
    url: str
    place: str = ""
    detail: str = ""
    before: tuple[str, ...] = ()
    ended: date | None = None


@dataclass(frozen=True)
class Count:
    """A value of a facet and how many have it."""

    value: str
    number: int


@dataclass(frozen=True)
class Found:
    """One page of `count` results, the closest first; `meant` is what was probably meant, or "".

    Each facet is counted as the other chosen ones leave it. `exact`: no typing error was forgiven
    and no word left out.
    """

    count: int = 0
    results: tuple[Result, ...] = ()
    kinds: tuple[Count, ...] = ()
    provinces: tuple[Count, ...] = ()
    municipalities: tuple[Count, ...] = ()
    meant: str = ""
    exact: bool = True


def search(
    words: str,
    *,
    kind: str = "",
    province: str = "",
    municipality: str = "",
    page: int = 1,
    size: int = PAGE,
    facets: bool = True,
) -> Found | None:
    """What is public and fits the words, as the index stands; None where there is no index.

    No query to the database. Pages end at the thousandth result.
    """
    chosen = {
        fields.KIND: kind,
        fields.PROVINCE: province,
        fields.MUNICIPALITY: municipality,
    }
    first = min(max(page - 1, 0) * size, DEEPEST)
    return asking.with_searcher(
        lambda searcher: _found(searcher, words, chosen, first, size, facets=facets)
    )


def suggestions(words: str, *, limit: int = SUGGESTED) -> list[Result]:
    """The closest few while somebody types; none where there is no index."""
    found = search(words, size=limit, facets=False)
    return list(found.results) if found else []


def _found(
    searcher: "Searcher",
    words: str,
    chosen: Mapping[str, str],
    first: int,
    size: int,
    *,
    facets: bool,
) -> Found:
    asked = asking.asked(searcher, words)
    if asked is None:
        return Found()
    query = asking.narrowed(asked.query, chosen)
    counts = {
        name: _counts(searcher, asked.query, chosen, name) if facets else () for name in chosen
    }
    results = tuple(
        _result(told) for told in asking.documents(searcher, query, first=first, limit=size)
    )
    return Found(
        count=asked.count if query is asked.query else asking.number_of(searcher, query),
        results=results,
        kinds=counts[fields.KIND],
        provinces=counts[fields.PROVINCE],
        municipalities=counts[fields.MUNICIPALITY],
        meant="" if asked.exact else _meant(searcher, words, results),
        exact=asked.exact,
    )


def _counts(
    searcher: "Searcher", query: "Query", chosen: Mapping[str, str], name: str
) -> tuple[Count, ...]:
    others = {other: value for other, value in chosen.items() if other != name}
    found = asking.counted(searcher, asking.narrowed(query, others), name, FACET_VALUES)
    return tuple(Count(value, number) for value, number in found)


def _meant(searcher: "Searcher", words: str, results: tuple[Result, ...]) -> str:
    titles = [
        text
        for result in results[:TITLES_THAT_TELL]
        for text in (result.title, result.place, *result.before)
    ]
    return asking.meant(searcher, words, titles)


def _result(told: dict[str, Any]) -> Result:
    ended = told.get("ended")
    return Result(
        uid=told["uid"],
        kind=told["kind"],
        title=told["title"],
        url=told["url"],
        place=told.get("place", ""),
        detail=told.get("detail", ""),
        before=tuple(told.get("before", ())),
        ended=date.fromisoformat(ended) if ended else None,
    )
