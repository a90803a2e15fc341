"""What `bench.search` runs in a process of its own: `register`, or a number of made-up entries."""

import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402  after Django has been set up

from tavolo.kernel.actor import ANONYMOUS, OPERATOR  # noqa: E402
from tavolo.registry.actions import found_network  # noqa: E402
from tavolo.search import indexing  # noqa: E402
from tavolo.search.index import asking, fields, shelf, writing  # noqa: E402
from tavolo.search.plugs import Entry, searchables  # noqa: E402
from tavolo.search.queries import PAGE, found_by, search  # noqa: E402
from tavolo.search.words import telling  # noqa: E402
from tavolo.territory.models import Municipality  # noqa: E402
from tests.factories.register import NAMES, a_register  # noqa: E402

QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "search" / "questions.json"
ROUNDS, ORGANISATIONS = 5, 5_000
WORDS = ("auser", "croce ross", "donne insieme", "melograno", "cgil lucca", "comune", "nessuno")

# What the command box asks of organisations, written by hand: one word that begins a word of a name.
BARE = """
SELECT o.uid, o.name, o.code, o.kind FROM registry_organisation o
WHERE o.merged_into_id IS NULL AND ({now} OR EXISTS (
  SELECT 1 FROM registry_organisationname n
  WHERE n.organisation_id = o.id AND n.superseded_at IS NULL AND {before}))
ORDER BY LENGTH(o.search_key), o.search_key, o.id LIMIT 8
"""


def register() -> dict[str, Any]:
    network, _invitation, _token = found_network(
        slug="prova", name="Rete di prova", secretary_email="prova@rete.example", by=OPERATOR
    )
    a_register(network, ORGANISATIONS)
    began = time.process_time()
    entries = indexing.rebuild()
    return {"index": asked(entries, time.process_time() - began), "sql": sql()}


def sql() -> dict[str, float]:
    organisations = searchables.get("organisation")
    return {
        "ours": middle(lambda words: organisations.found(ANONYMOUS, words, limit=8), WORDS),
        "bare": middle(bare, WORDS),
        "box": middle(lambda words: found_by(ANONYMOUS, words), WORDS),
    }


def bare(words: str) -> object:
    each = words.split()
    now, before = (
        " AND ".join(f"({name}.search_key LIKE %s OR {name}.search_key LIKE %s)" for _word in each)
        for name in ("o", "n")
    )
    values = [pattern for word in each for pattern in (f"{word}%", f"% {word}%")]
    with connection.cursor() as cursor:
        cursor.execute(BARE.format(now=now, before=before), [*values, *values])
        return cursor.fetchall()


def many(number: int) -> dict[str, Any]:
    """That many entries, made from the towns of the country; no database stands behind them."""
    shutil.rmtree(shelf.folder(), ignore_errors=True)
    towns = list(Municipality.objects.values_list("name", "province__title"))
    path, began = shelf.new(), time.process_time()
    with writing.writer_of(path) as writer:
        writing.add(writer, "organisation", entries(number, towns))
    shelf.swap(path)
    return {"index": asked(number, time.process_time() - began)}


def entries(number: int, towns: list[tuple[str, str]]) -> Iterator[Entry]:
    for place in range(number):
        town, province = towns[place % len(towns)]
        name = f"{NAMES[place % len(NAMES)]} {place // len(towns)} {town}"
        yield Entry(
            uid=UUID(int=place),
            title=name,
            url=f"/organizzazioni/o-{place}/",
            names=(name,),
            text="Associazione",
            place=town,
            detail="association",
            province=province,
            municipality=town,
        )


def asked(number: int, build: float) -> dict[str, float]:
    questions = [each["q"] for each in json.loads(QUESTIONS.read_text(encoding="utf-8"))]
    ways: dict[str, Callable[[str], object]] = {
        "page": search,
        "suggestions": lambda words: search(words, size=8, facets=False),
        "alone": alone,
    }
    found: dict[str, float] = {"entries": number, "build": build, "megabytes": megabytes()}
    for name, ask in ways.items():
        taken = times(ask, questions)
        found[name], found[f"{name}_p95"] = (
            statistics.median(taken),
            statistics.quantiles(taken, n=20)[-1],
        )
    return found


def alone(words: str) -> object:
    """What tantivy does by itself: its own parser, its own scores, and what is shown of a page."""

    def ask(searcher: Any) -> list[object]:
        index = asking.reader_of(shelf.current() or Path()).index
        where = [fields.NAMES, fields.BEFORE, fields.PLACE, fields.TEXT, fields.STEMS]
        query, _faults = index.parse_query_lenient(" ".join(telling(words)), where)
        hits = searcher.search(query, PAGE).hits
        return [json.loads(searcher.doc(place)[fields.SHOWN][0]) for _score, place in hits]

    return asking.with_searcher(ask)


def megabytes() -> float:
    return sum(path.stat().st_size for path in shelf.folder().rglob("*") if path.is_file()) / 1e6


def middle(ask: Callable[[str], object], questions: tuple[str, ...]) -> float:
    return statistics.median(times(ask, questions))


def times(ask: Callable[[str], object], questions: Any) -> list[float]:
    """CPU seconds of each question, of several rounds after one that warms up."""
    taken = []
    for number in range(ROUNDS + 1):
        for question in questions:
            began = time.process_time()
            ask(question)
            if number:
                taken.append(time.process_time() - began)
    return taken


told = register() if sys.argv[1] == "register" else many(int(sys.argv[1]))
print(json.dumps(told))
