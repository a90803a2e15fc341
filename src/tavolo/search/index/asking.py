"""Asking an index: exact names first, then all words, then words with typing errors."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tavolo.search.index import fields, shelf
from tavolo.search.words import errors_allowed, nearest, telling

if TYPE_CHECKING:
    from tantivy import Index, Query, Searcher

T = TypeVar("T")

# What a word scores where it is found, before its rarity.
EXACT: Mapping[str, float] = {
    fields.NAMES: 10,
    fields.BEFORE: 6,
    fields.PLACE: 4,
    fields.TEXT: 4,
}
STEMMED, BEGINS_NAME, BEGINS = 5.0, 4.0, 2.5
# By how many letters may be wrong.
MISTYPED: Mapping[int, tuple[float, float]] = {1: (3.0, 2.0), 2: (2.0, 1.2)}
IS_NAME, WAS_NAME, NAME_BEGINS = 60.0, 40.0, 12.0
# How much a name's length tells, where all else is equal.
LENGTH_TELLS = 0.3
# Fewer than these were found as typed: typing errors are looked for too.
ENOUGH = 3
MOST_WORDS = 8
SHORTEST_BEGINNING = 2


@dataclass(frozen=True)
class Asked:
    """What is found, however it is cut: `exact` is whether no typing error had to be forgiven."""

    query: "Query"
    count: int
    exact: bool


class Reader:
    """One index, open; it answers from its last commit and is safe for several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.index: Index = fields.index_at(str(path))
        self._seen = _stamp(path)

    def searcher(self) -> "Searcher":
        """Of the present state: read again where somebody has committed since."""
        stamp = _stamp(self.path)
        if stamp != self._seen:
            self.index.reload()
            self._seen = stamp
        return self.index.searcher()


def _stamp(path: Path) -> tuple[int, int, int]:
    found = (path / "meta.json").stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


_open: dict[Path, Reader] = {}
_lock = threading.Lock()


def reader_of(path: Path) -> Reader:
    """Opened once a process; the one before is let go when another has become current."""
    with _lock:
        found = _open.get(path)
        if found is None:
            found = Reader(path)
            _open.clear()
            _open[path] = found
        return found


def with_searcher(ask: Callable[["Searcher"], T]) -> T | None:
    """What the current index says; None where there is none, or none that can be read."""
    for _attempt in range(2):
        path = shelf.current()
        if path is None:
            return None
        try:
            return ask(reader_of(path).searcher())
        except (OSError, ValueError):
            # Swapped away between its name and its opening: the next one is asked.
            _open.pop(path, None)
    return None


def asked(searcher: "Searcher", typed: str) -> Asked | None:
    """How what was typed is looked for; None where it holds no word.

    All words as they stand; where that finds next to nothing, typing errors too; where that finds
    nothing, with a word left out, then with more.
    """
    words = telling(typed)[:MOST_WORDS]
    if not words:
        return None
    found = _of(searcher, words, least=len(words), forgiving=False)
    if found.count >= ENOUGH:
        return found
    forgiven = _of(searcher, words, least=len(words), forgiving=True)
    if forgiven.count:
        return forgiven if forgiven.count > found.count else found
    for least in range(len(words) - 1, 0, -1):
        forgiven = _of(searcher, words, least=least, forgiving=True)
        if forgiven.count:
            break
    return forgiven


def _of(searcher: "Searcher", words: Sequence[str], *, least: int, forgiving: bool) -> Asked:
    from tantivy import Occur, Query

    each = [_word(searcher, word, forgiving=forgiving) for word in words]
    found = Query.boolean_query([(Occur.Should, query) for query in each], least)
    query = Query.boolean_query(
        [(Occur.Must, found), *((Occur.Should, bonus) for bonus in _names(words))]
    )
    return Asked(query, number_of(searcher, found), exact=not forgiving and least == len(words))


def _word(searcher: "Searcher", word: str, *, forgiving: bool) -> "Query":
    """One word wherever it may stand: the best place counts, more where the word is rare."""
    from tantivy import Query

    schema, total = fields.schema(), searcher.num_docs
    rarity = 1 + log(1 + total / (1 + searcher.doc_freq(fields.ALL, word)))
    ways = [(Query.term_query(schema, name, word), score) for name, score in EXACT.items()]
    ways.append((Query.term_query(schema, fields.STEMS, fields.stem(word)), STEMMED))
    if len(word) >= SHORTEST_BEGINNING and not word.isdigit():
        # A word holds letters and digits alone: nothing in it has a meaning for the pattern.
        ways.append((Query.regex_query(schema, fields.NAMES, f"{word}.*"), BEGINS_NAME))
        ways.append((Query.regex_query(schema, fields.ALL, f"{word}.*"), BEGINS))
    errors = errors_allowed(word) if forgiving else 0
    for number in range(1, errors + 1):
        for name, score in zip((fields.NAMES, fields.ALL), MISTYPED[number], strict=True):
            ways.append((Query.fuzzy_term_query(schema, name, word, number), score))
    return Query.disjunction_max_query(
        [Query.const_score_query(query, score * rarity) for query, score in ways]
    )


def _names(words: Sequence[str]) -> Iterator["Query"]:
    """What is called so as a whole, was called so, begins so; and, a little, whose name is short."""
    from tantivy import Query

    schema, name = fields.schema(), " ".join(words)
    for field, score in ((fields.WHOLE, IS_NAME), (fields.WHOLE_BEFORE, WAS_NAME)):
        yield Query.const_score_query(Query.term_query(schema, field, name), score)
    if len(name) >= SHORTEST_BEGINNING:
        begins = Query.regex_query(schema, fields.WHOLE, f"{name}.*")
        yield Query.const_score_query(begins, NAME_BEGINS)
    for word in words:
        yield Query.boost_query(Query.term_query(schema, fields.NAMES, word), LENGTH_TELLS)


def number_of(searcher: "Searcher", query: "Query") -> int:
    number: int = searcher.search(query, 1).count  # type: ignore[attr-defined]  # its types forget it
    return number


def narrowed(query: "Query", chosen: Mapping[str, str]) -> "Query":
    """Of what is found, what has these values; an empty one narrows nothing."""
    from tantivy import Occur, Query

    musts = [
        (Occur.Must, Query.const_score_query(Query.term_query(fields.schema(), name, value), 0.0))
        for name, value in chosen.items()
        if value
    ]
    return Query.boolean_query([(Occur.Must, query), *musts]) if musts else query


def counted(searcher: "Searcher", query: "Query", name: str, most: int) -> list[tuple[str, int]]:
    """How many have each value of a facet, the most frequent first."""
    terms = {"terms": {"field": name, "size": most}}
    buckets = searcher.aggregate(query, {"by": terms})["by"]["buckets"]
    return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]


def documents(
    searcher: "Searcher", query: "Query", *, first: int, limit: int
) -> Iterator[dict[str, Any]]:
    """What is shown of those from place `first` on, the closest first."""
    found = searcher.search(query, limit, count=False, offset=first, weight_by_field=fields.WEIGHT)
    for _score, place in found.hits:
        yield json.loads(searcher.doc(place)[fields.SHOWN][0])


def meant(searcher: "Searcher", typed: str, titles: Sequence[str]) -> str:
    """What was typed, with words that nothing holds put as the nearest that the titles hold; or ""."""
    known = [word for title in titles for word in telling(title)]
    put = []
    for word in telling(typed)[:MOST_WORDS]:
        held = searcher.terms_with_prefix(fields.ALL, word, limit=1)
        put.append(word if held else nearest(word, known) or word)
    return " ".join(put) if put != telling(typed)[:MOST_WORDS] else ""
