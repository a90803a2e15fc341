"""Where a place lies on our maps: Albers' equal-area cone on the GRS80 ellipsoid, made for Italy.

The frame is in metres, x to the east and y to the south (as a drawing has it), with its origin
north-west of Italy, so that every place in the country has positive coordinates. Areas measured
in the frame are true areas. Formulas: Snyder, Map Projections, USGS 1395, pages 98 to 103.
"""

from math import asin, atan2, cos, degrees, hypot, log, pi, radians, sin, sqrt
from typing import Final

PARALLELS: Final = (38.0, 45.0)
CENTRE: Final = (12.5, 42.0)  # longitude and latitude, degrees
ORIGIN: Final = (520_000.0, 620_000.0)  # metres from the frame's corner to the centre
SEMI_MAJOR: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257222101

_E2 = FLATTENING * (2 - FLATTENING)
_E = sqrt(_E2)


def _authalic(latitude: float) -> float:
    s = _E * sin(latitude)
    return (1 - _E2) * (s / _E / (1 - s * s) - log((1 - s) / (1 + s)) / (2 * _E))


def _parallel(latitude: float) -> float:
    return cos(latitude) / sqrt(1 - _E2 * sin(latitude) ** 2)


def _constants() -> tuple[float, float, float]:
    first, second = (radians(degrees) for degrees in PARALLELS)
    m1, m2, q1, q2 = _parallel(first), _parallel(second), _authalic(first), _authalic(second)
    n = (m1 * m1 - m2 * m2) / (q2 - q1)
    c = m1 * m1 + n * q1
    return n, c, SEMI_MAJOR * sqrt(c - n * _authalic(radians(CENTRE[1]))) / n


_N, _C, _RHO0 = _constants()
_POLE = _authalic(pi / 2)
# From authalic to geodetic latitude: a series of which the first term left out is under a millimetre.
_SERIES = (
    _E2 / 3 + 31 * _E2**2 / 180 + 517 * _E2**3 / 5040,
    23 * _E2**2 / 360 + 251 * _E2**3 / 3780,
    761 * _E2**3 / 45360,
)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Metres east and south of the frame's corner, for degrees of WGS 84."""
    rho = SEMI_MAJOR * sqrt(_C - _N * _authalic(latitude * pi / 180)) / _N
    theta = _N * (longitude - CENTRE[0]) * pi / 180
    return ORIGIN[0] + rho * sin(theta), ORIGIN[1] - (_RHO0 - rho * cos(theta))


def unproject(east: float, south: float) -> tuple[float, float]:
    """Longitude and latitude in degrees of WGS 84, for metres from the frame's corner."""
    across, down = east - ORIGIN[0], south - ORIGIN[1] + _RHO0
    ratio = hypot(across, down) * _N / SEMI_MAJOR
    beta = asin((_C - ratio * ratio) / _N / _POLE)
    first, second, third = _SERIES
    latitude = beta + first * sin(2 * beta) + second * sin(4 * beta) + third * sin(6 * beta)
    return CENTRE[0] + degrees(atan2(across, down)) / _N, degrees(latitude)
