import pytest

from tavolo.territory.projection import project

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
