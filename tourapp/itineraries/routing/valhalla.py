"""Valhalla's `/route`, and the codes of its errors.

https://valhalla.github.io/valhalla/api/turn-by-turn/api-reference/#http-status-codes-and-conditions
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from tourapp.errors import UnavailableError
from tourapp.itineraries.route import Point, Transport
from tourapp.itineraries.routing.asking import ask, refusal

_COSTINGS: dict[Transport, str] = {"walk": "pedestrian", "bicycle": "bicycle", "bus": "bus"}

# "Path distance exceeds the max distance limit", "No suitable edges near location" and "No path
# could be found for input"; the other codes tell of a fault in what was asked: 106, for one, of a
# wrong address.
_NO_WAY = frozenset({154, 171, 442})

# Valhalla writes degrees in millionths (Google's encoded polyline with six digits).
_UNITS_A_DEGREE = 1e6
_FIRST_LETTER = 63
_CONTINUES = 0x20


@dataclass(frozen=True, slots=True)
class Valhalla:
    """Valhalla at a base address."""

    base: str
    timeout_s: float

    name: ClassVar[str] = "Valhalla"
    transports: ClassVar[frozenset[Transport]] = frozenset(_COSTINGS)

    def find_path(self, start: Point, end: Point, transport: Transport) -> Sequence[Point]:
        """Return the points of a way; see `RoutingService`."""
        asked = {
            "locations": [{"lat": each.latitude, "lon": each.longitude} for each in (start, end)],
            "costing": _COSTINGS[transport],
            "directions_type": "none",
        }
        url = f"{self.base}/route"
        is_accepted, told = ask("POST", url, timeout_s=self.timeout_s, json=asked)
        try:
            if not is_accepted:
                raise refusal(told, is_no_way=told["error_code"] in _NO_WAY)
            return [point for leg in told["trip"]["legs"] for point in _decoded(leg["shape"])]
        except (TypeError, LookupError) as error:
            message = "Valhalla answers without a shape"
            raise UnavailableError(message) from error


def _decoded(shape: str) -> Iterator[Point]:
    letters = (ord(letter) - _FIRST_LETTER for letter in shape)
    latitude = longitude = 0
    for step in letters:
        latitude += _number(step, letters)
        longitude += _number(next(letters, 0), letters)
        yield Point(latitude / _UNITS_A_DEGREE, longitude / _UNITS_A_DEGREE)


def _number(first: int, letters: Iterator[int]) -> int:
    value, shift, letter = first & 0x1F, 5, first
    while letter & _CONTINUES:
        letter = next(letters, 0)
        value |= (letter & 0x1F) << shift
        shift += 5
    return ~(value >> 1) if value & 1 else value >> 1
