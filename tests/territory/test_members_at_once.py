"""Two secretaries at the same moment: nobody ends up in two areas, and nobody waits for ever."""

from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import Refusal
from tavolo.territory.actions import create_area, set_members, undo_change
from tavolo.territory.errors import AreaChangedMeanwhile, AreaCodeTaken, InTwoAreas
from tavolo.territory.models import Area, AreaMembership, Municipality
from tavolo.territory.queries.editing import composition_of, stays_in
from tavolo.territory.stays import clashes
from tests.factories.districts import a_district
from tests.factories.territory import a_municipality, a_province
from tests.threads import together

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2024, 1, 1)


@pytest.fixture
def towns() -> list[Municipality]:
    province = a_province()
    return [a_municipality(f"Comune {number}", province=province) for number in range(6)]


def in_two_areas() -> list[tuple[int, int]]:
    """Municipalities that lie in two areas of the kind on some day."""
    found = defaultdict(list)
    for stay in stays_in(AreaMembership.objects.filter(area__kind="health_social_district")):
        found[stay.municipality].append(stay)
    return [pair for stays in found.values() for pair in clashes(stays)]


def test_the_same_municipality_comes_into_one_of_two_areas(towns) -> None:
    areas = [a_district(f"Distretto {number}") for number in range(4)]

    results = together(
        *(
            lambda area=area: set_members(area=area, day=DAY, municipalities=towns, by=OPERATOR)
            for area in areas
        )
    )

    assert [type(result) for result in results].count(InTwoAreas) == len(areas) - 1
    assert in_two_areas() == []
    assert AreaMembership.objects.filter(area__in=areas).count() == len(towns)


def test_taking_over_in_a_circle_neither_doubles_nor_stops(towns) -> None:
    pieces = [towns[:2], towns[2:4], towns[4:]]
    areas = [a_district(f"Distretto {n}", *piece, since=DAY) for n, piece in enumerate(pieces)]
    later = date(2025, 1, 1)

    results = together(
        *(
            lambda area=area, other=other: set_members(
                area=area,
                day=later,
                municipalities=[*pieces[areas.index(area)], *pieces[areas.index(other)]],
                take_over=True,
                by=OPERATOR,
            )
            for one, two in combinations(areas, 2)
            for area, other in ((one, two), (two, one))
        )
    )

    refused = [result for result in results if isinstance(result, Exception)]
    assert [fault for fault in refused if not isinstance(fault, Refusal)] == []
    assert in_two_areas() == []


def test_of_two_who_saw_the_same_one_is_told(towns) -> None:
    area = a_district("Distretto", *towns[:2], since=DAY)
    seen = composition_of(area).mark
    results = together(
        *(
            lambda town=town: set_members(
                area=area, day=DAY, municipalities=[town], expected=seen, by=OPERATOR
            )
            for town in towns[2:4]
        )
    )
    assert [type(result) for result in results].count(AreaChangedMeanwhile) == 1
    assert AreaMembership.objects.filter(area=area).count() == 1


def test_a_change_is_undone_once(towns) -> None:
    area = a_district("Distretto", *towns[:2], since=DAY)
    change = set_members(area=area, day=DAY, municipalities=towns[2:], by=OPERATOR)
    results = together(*[lambda: undo_change(change=change, by=OPERATOR)] * 3)
    assert results.count(None) == 1
    assert all(isinstance(result, Refusal) for result in results if result is not None)
    assert AreaMembership.objects.filter(area=area).count() == 2


def test_two_areas_of_one_name_get_two_codes_or_one_is_refused() -> None:
    results = together(
        *[lambda: create_area(kind="health_social_district", name="Piana", by=OPERATOR)] * 3
    )
    made = [result for result in results if isinstance(result, Area)]
    refused = [result for result in results if not isinstance(result, Area)]
    assert all(isinstance(result, AreaCodeTaken) for result in refused)
    assert len({area.code for area in made}) == len(made) >= 1
