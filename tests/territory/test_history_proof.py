"""Proof 1, at a small count: resolution equals a direct reading of the history file.

The whole of it is in `tests/proofs/test_history.py`.
"""

from datetime import date
from random import Random

import pytest
from django.test import TestCase

from tavolo.territory.actions import import_history, import_national_extract
from tavolo.territory.history import COLUMNS, read_history
from tavolo.territory.models import Area, Municipality, Succession
from tavolo.territory.tables import read_sheet
from tests.conftest import SHARED
from tests.territory import proving
from tests.territory.direct import FILE, Reading
from tests.territory.histories import everything

# On the other database too in `tests/proofs/test_history.py`.
pytestmark = [pytest.mark.shared, pytest.mark.once]
SEED = 1861


@pytest.mark.skipif(not SHARED.is_dir(), reason="TAVOLO_SHARED is not there")
class TestTheWholeFile(TestCase):
    """The national extract and the whole file, entered once for these tests."""

    @classmethod
    def setUpTestData(cls):
        cls.reading = proving.enter(SHARED)

    def test_on_thirty_days_everybody_bears_what_the_file_says(self):
        days = proving.random_days(Random(SEED), 15) + proving.some(
            Random(SEED), self.reading.days_of_change(), 15
        )

        for day in days:
            assert proving.names_on(day) == self.reading.names_on(day), day
            assert proving.homes_on(day) == self.reading.homes_on(day), day

    def test_any_code_on_any_day_is_resolved_as_the_file_says(self):
        random = Random(SEED)
        for code in proving.some(random, self.reading.codes, 150):
            proving.check_code(self.reading, code, proving.random_days(random, 1)[0])

    def test_nobody_is_in_two_areas_of_one_kind_at_once(self):
        assert proving.twice_at_home() == []

    def test_its_figures_are_those_that_were_counted_by_hand(self):
        assert Municipality.objects.filter(valid_until=None).count() == 7896
        assert Municipality.objects.count() == 10_383
        assert Area.objects.filter(kind="province").count() == 93 + 14 + 9
        # Only the mergers that the product knows: the file says nothing of successors.
        assert Succession.objects.count() == 18

    def test_a_second_import_changes_nothing(self):
        before = everything()
        sheet = read_sheet(SHARED / FILE, {key: (name,) for key, name in COLUMNS.items()})

        again = import_history(history=read_history(sheet.rows()))
        import_national_extract()

        assert (again.made, again.changed, again.versions, again.memberships) == (0, 0, 0, 0)
        assert everything() == before


def test_the_file_is_read_whole(shared):
    """What the report names adds up: every row is entered, repeated, or without length."""
    sheet = read_sheet(shared / FILE, {key: (name,) for key, name in COLUMNS.items()})

    told = read_history(sheet.rows())

    repeated, short = ({*remark.rows} for remark in told.remarks)
    assert (told.rows, len(repeated), len(short), len(told.spells)) == (
        38_503,
        2_780,
        3_659,
        32_295,
    )
    assert told.rows == len(repeated | short) + len(told.spells)
    assert told.horizon == date(2024, 1, 22)
    assert len(Reading(shared).lines) == len(told.spells)
