"""Distances on the earth."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS = 6_371_008.8


def metres_between(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> int:
    """Metres along the great circle between two points as (latitude, longitude), rounded to the nearest."""
    latitudes = (radians(float(one[0])), radians(float(other[0])))
    turn = radians(float(other[1]) - float(one[1]))
    half = sin((latitudes[1] - latitudes[0]) / 2) ** 2 + cos(latitudes[0]) * cos(latitudes[1]) * sin(turn / 2) ** 2
    return round(2 * EARTH_RADIUS * asin(sqrt(min(1.0, half))))
