"""Proof 1 whole: every code on 500 random days since 1948 and on all days of change since 1861."""

from collections.abc import Callable, Iterable
from random import Random
from typing import TypeVar

import pytest
from django.db import connection
from django.test import TestCase

from tests.conftest import SHARED
from tests.share import share_of
from tests.territory import proving

pytestmark = [pytest.mark.prove, pytest.mark.shared]

SEED, RANDOM_DAYS = 2026, share_of(500)


T = TypeVar("T")


def part_of(things: Iterable[T]) -> list[T]:
    """All of them, or of a share those that the lot takes."""
    kept = list(things)
    return proving.some(Random(SEED), kept, share_of(len(kept)))


@pytest.mark.skipif(not SHARED.is_dir(), reason="TAVOLO_SHARED is not there")
class TestHistory(TestCase):
    @pytest.fixture(autouse=True)
    def _figures(self, figure: Callable[..., None]) -> None:
        self.figure = figure

    @classmethod
    def setUpTestData(cls) -> None:
        cls.reading = proving.enter(SHARED)

    def test_resolution_equals_a_direct_reading_on_every_day(self) -> None:
        changes = part_of(self.reading.days_of_change())
        days = [*proving.random_days(Random(SEED), RANDOM_DAYS), *changes]
        compared = 0
        for number, day in enumerate(days):
            told = self.reading.names_on(day)
            assert proving.names_on(day) == told, day
            compared += len(self.reading.codes)
            if number % 4 == 0:
                assert proving.homes_on(day) == self.reading.homes_on(day), day
            assert proving.crowded_on(day) == [], day
        assert proving.twice_at_home() == []
        self.figure(
            "resolution",
            database=connection.vendor,
            codes=len(self.reading.codes),
            days=len(days),
            of_change=len(changes),
            compared=compared,
            differing=0,
        )

    def test_every_code_is_resolved_on_a_random_day(self) -> None:
        random, codes = Random(SEED), part_of(self.reading.codes)
        for code in codes:
            proving.check_code(self.reading, code, proving.random_days(random, 1)[0])
        self.figure("municipality_on", database=connection.vendor, codes=len(codes))
