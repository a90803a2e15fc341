import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.territory.projection import project, unproject

# Computed once by PROJ: +proj=aea +lat_1=38 +lat_2=45 +lat_0=42 +lon_0=12.5 +ellps=GRS80,
# moved to the frame's corner.
KNOWN = {
    (12.5, 35.49): (520_000.000, 1_342_829.990),
    (6.6, 45.1): (55_919.492, 259_380.858),
    (18.52, 40.1): (1_032_123.967, 813_576.786),
    (9.19, 45.46): (261_032.823, 230_246.291),
}


@pytest.mark.parametrize(("place", "expected"), KNOWN.items())
def test_places_lie_where_an_independent_computation_puts_them(place, expected):
    assert project(*place) == pytest.approx(expected, abs=0.001)


def test_the_frame_runs_east_and_south():
    milano, lecce = project(9.19, 45.46), project(18.17, 40.35)

    assert milano < lecce
    assert milano[1] < lecce[1]


@pytest.mark.parametrize(("place", "known"), KNOWN.items())
def test_the_way_back_is_the_same_independent_computation(place, known):
    assert unproject(*known) == pytest.approx(place, abs=2e-8)


@given(
    st.floats(min_value=6.5, max_value=18.6),
    st.floats(min_value=35.4, max_value=47.2),
)
def test_there_and_back_is_where_one_was(longitude, latitude):
    there = unproject(*project(longitude, latitude))

    assert there == pytest.approx((longitude, latitude), abs=2e-8)
