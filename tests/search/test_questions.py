"""What people type, and what they mean by it: over the demonstration, all of Italy and 5,000 organisations."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.config import setup
from tavolo.config.setup import lay_territory
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.kernel.plugs import DemoContext, demo_parts
from tavolo.search import indexing
from tavolo.search.plugs import searchables
from tavolo.search.queries import search
from tests.factories.register import a_register

QUESTIONS = json.loads((Path(__file__).parent / "questions.json").read_text(encoding="utf-8"))
FIRST, SHARE = 3, 0.95
FEW, ORGANISATIONS = 300, 5_000
# The demonstration is equal for equal days.
DAY = date(2026, 11, 22)


# The index is the same whatever it was read from.
pytestmark = pytest.mark.once


@pytest.fixture(params=[FEW, pytest.param(ORGANISATIONS, marks=pytest.mark.prove)])
def country(
    request: pytest.FixtureRequest, db: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> int:
    # Counted as the owner, over a connection of its own, which would end the test's transaction.
    monkeypatch.setattr(setup, "refresh_statistics", lambda: None)
    lay_territory(lambda _done, _total: None)
    here = installation()
    here.demonstration, here.seed, here.reference_day = True, 1, DAY
    here.save()
    for part in demo_parts:
        part.load(DemoContext(seed=1, reference_day=DAY))
    a_register(Network.objects.earliest("id"), request.param)
    indexing.rebuild()
    return int(request.param)


def test_questions_are_enough_and_asked_once() -> None:
    asked = [question["q"] for question in QUESTIONS]
    assert len(asked) == len(set(asked)) >= 80


def asked_of(organisations: int) -> list[dict[str, str]]:
    """All questions; with few organisations those whose answer is there, which the database says."""
    if organisations == ORGANISATIONS:
        return QUESTIONS
    there = {(each.key, entry.title) for each in searchables for entry in each.entries(None)}
    return [question for question in QUESTIONS if (question["kind"], question["title"]) in there]


def test_what_is_meant_is_among_the_first(country: int, capsys) -> None:
    questions = asked_of(country)
    assert len(questions) >= 75
    missed, first = [], 0
    with CaptureQueriesContext(connection) as counted:
        for question in questions:
            meant = (question["kind"], question["title"])
            found = search(question["q"], size=FIRST)
            hits = [(result.kind, result.title) for result in found.results]
            first += hits[:1] == [meant]
            if meant not in hits:
                missed.append((question["q"], meant, hits))
    number = len(questions)
    with capsys.disabled():
        print(  # noqa: T201  the figure that is asked for
            f"\n{number} questions: {number - len(missed)} answered among the first {FIRST}"
            f" ({1 - len(missed) / number:.3f}), {first} by the first; missed: {missed}"
        )
    assert 1 - len(missed) / number >= SHARE
    assert len(counted) == 0
