"""Whatever is chosen, copied, ended and undone, in any order: nobody is in two areas, and undoing is exact."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import Refusal
from tavolo.territory.actions import copy_members, end_area, set_members, undo_change
from tavolo.territory.models import Area, AreaMembership, Municipality, SubMunicipalUnit
from tavolo.territory.queries.editing import composition_of, stays_in
from tavolo.territory.stays import Stay, Told, clashes, on
from tests.factories.districts import a_district, a_unit
from tests.factories.territory import a_municipality, a_province

START = date(2015, 1, 1)
days = st.integers(0, 6).map(lambda number: START + timedelta(days=365 * number))
areas = st.integers(0, 2)
ACTS = st.lists(
    st.one_of(
        st.tuples(
            st.just("set"),
            areas,
            days,
            st.sets(st.integers(0, 3)),
            st.sets(st.integers(0, 1)),
            st.booleans(),
        ),
        st.tuples(st.just("copy"), areas, days, areas, days, st.booleans()),
        st.tuples(st.just("end"), areas, days),
    ),
    max_size=7,
)


def everything() -> list[Stay]:
    rows = AreaMembership.objects.filter(area__kind="health_social_district")
    return sorted(stays_in(rows), key=repr)


def doubled() -> list[tuple[Stay, Stay]]:
    found: dict[int, list[Stay]] = {}
    for stay in everything():
        found.setdefault(stay.municipality, []).append(stay)
    return [pair for stays in found.values() for pair in clashes(stays)]


class Proof(TestCase):
    def setUp(self) -> None:
        home = a_province()
        self.towns = [a_municipality(f"C{n}", province=home, drawn=False) for n in range(4)]
        # One town lives for a part of the time alone, and one consists of two parts.
        Municipality.objects.filter(pk=self.towns[3].pk).update(
            valid_from=date(2016, 6, 1), valid_until=date(2019, 6, 1)
        )
        self.units: list[SubMunicipalUnit] = [a_unit(self.towns[0]) for _each in range(2)]
        self.areas: list[Area] = [a_district(f"D{n}") for n in range(3)]

    @given(ACTS)
    def test_nobody_is_in_two_areas_and_undoing_is_exact(self, acts: list[tuple]) -> None:
        done = []
        for act in acts:
            before = everything()
            try:
                change = self.do(*act)
            except Refusal:
                assert everything() == before
                continue
            assert doubled() == []
            if change is not None:
                done.append((change, before))
        for change, before in reversed(done):
            undo_change(change=change, by=OPERATOR)
            assert everything() == before

    def do(self, act: str, area: int, day: date, *more):
        here = {"area": self.areas[area], "day": day, "by": OPERATOR}
        if act == "end":
            change = end_area(**here)
            assert all(
                stay.valid_until and stay.valid_until <= day
                for stay in composition_of(self.areas[area]).stays
            )
            return change
        if act == "copy":
            source, then, take_over = more
            return copy_members(source=self.areas[source], on=then, take_over=take_over, **here)
        towns, units, take_over = more
        change = set_members(
            municipalities=[self.towns[n] for n in towns],
            units=[self.units[n] for n in units],
            told=Told("prova"),
            take_over=take_over,
            **here,
        )
        wanted = {(self.towns[n].pk, None) for n in towns}
        wanted |= {(self.towns[0].pk, self.units[n].pk) for n in units}
        assert on(composition_of(self.areas[area]).stays, day).keys() == wanted
        return change
