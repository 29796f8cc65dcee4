"""The map and the profile of a road book as SVG: lines that any printer draws sharp."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from babel import Locale

from tourapp.itineraries.outline import Outlined
from tourapp.itineraries.route import profile
from tourapp.visit.figures import distance
from tourapp.visit.touring.mapping import WIDTH, DrawnHalt, DrawnMap, DrawnWay

_INK = "#1d1f22"
_SUN = "#f0c36a"
_BRICK = "#a4452c"
_GROUND = "#f6f5f1"

# Digits as on the signs, which the reader looks for outside.
_FACE = 'font-family="Barlow" font-stretch="condensed" font-weight="700"'
_MANY_HALTS = 12

_PROFILE_HEIGHT = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 24, 44
_LEAST_RANGE_M = 20.0

Stretch = list[tuple[int, float]]


def map_svg(drawn: DrawnMap, *, locale: Locale) -> str:
    """Draw a map: measured ways whole, estimated ones broken, each halt by its number."""
    size = 13 if len(drawn.halts) > _MANY_HALTS else 18
    return _svg(
        drawn.height,
        f'<rect width="{WIDTH}" height="{drawn.height}" fill="{_GROUND}"/>',
        *map(_way, drawn.ways),
        *(_halt(halt, size) for halt in drawn.halts),
        _scale(drawn, distance(drawn.scale_m, locale=locale)),
    )


def profile_svg(outlined: Outlined, *, locale: Locale) -> str | None:
    """Draw the heights along an itinerary, or nothing where none of its ways has any."""
    stages = outlined.plan.stages
    lengths = [0 if stage.way is None else stage.way.distance_m for stage in stages]
    starts = [0, *accumulate(lengths)]
    stretches = [
        [(start + at, height) for at, height in profile(place.path)]
        for place, start in zip(outlined.places, starts, strict=False)
        if place.path
    ]
    known = [stretch for stretch in stretches if stretch]
    if not known:
        return None
    paper = _ProfilePaper(known, length_m=starts[-1])
    return _svg(
        _PROFILE_HEIGHT,
        *map(paper.area, known),
        *paper.heights(locale),
        *(paper.mark(at, number) for number, at in enumerate(starts[1:], 1)),
    )


class _ProfilePaper:
    """Where a height after so many metres is laid, the lowest at the foot and the highest above."""

    def __init__(self, stretches: Sequence[Stretch], *, length_m: int) -> None:
        heights = [height for stretch in stretches for _, height in stretch]
        self._lowest, self._highest = min(heights), max(heights)
        self._units_a_metre = (WIDTH - _LEFT - _RIGHT) / max(length_m, 1)
        self._rise = (_PROFILE_HEIGHT - _TOP - _BOTTOM) / max(
            self._highest - self._lowest, _LEAST_RANGE_M
        )
        self._foot = _PROFILE_HEIGHT - _BOTTOM

    def area(self, stretch: Stretch) -> str:
        """Draw what lies under the heights of one way."""
        line = [(self._x(at), self._y(height)) for at, height in stretch]
        ends = [(line[-1][0], self._foot + 8), (line[0][0], self._foot + 8)]
        points = " ".join(f"{x},{y}" for x, y in [*line, *ends])
        return f'<polygon points="{points}" fill="{_SUN}" stroke="{_BRICK}" stroke-width="2"/>'

    def heights(self, locale: Locale) -> Iterator[str]:
        """Write the lowest and the highest metre beside their lines."""
        for height in sorted({self._lowest, self._highest}):
            y = self._y(height)
            yield f'<path d="M{_LEFT} {y}H{WIDTH - _RIGHT}" stroke="{_INK}" stroke-opacity=".3"/>'
            yield _text(_LEFT - 8, y + 7, distance(height, locale=locale), anchor="end")

    def mark(self, at: int, number: int) -> str:
        """Write a halt's number where it stands on the way."""
        x = self._x(at)
        line = f'<path d="M{x} {self._foot + 8}v8" stroke="{_INK}" stroke-width="2"/>'
        return line + _text(x, _PROFILE_HEIGHT - 8, str(number))

    def _x(self, at: float) -> int:
        return round(_LEFT + at * self._units_a_metre)

    def _y(self, height: float) -> int:
        return round(self._foot - (height - self._lowest) * self._rise)


def _svg(height: int, *drawn: str) -> str:
    inside = "".join(drawn)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}">{inside}</svg>'


def _way(way: DrawnWay) -> str:
    broken = ' stroke-dasharray="10 9"' if way.is_estimate else ""
    return (
        f'<polyline points="{way.points}" fill="none" stroke="{_BRICK}" stroke-width="5"'
        f' stroke-linejoin="round" stroke-linecap="round"{broken}/>'
    )


def _halt(halt: DrawnHalt, size: int) -> str:
    width = 2 * size + size // 2 * (len(halt.label) - 1)
    return (
        f'<rect x="{halt.x - width / 2}" y="{halt.y - size}" width="{width}" height="{2 * size}"'
        f' rx="{size}" fill="{_INK}" stroke="{_GROUND}" stroke-width="2"/>'
        + _text(halt.x, halt.y + size * 0.45, halt.label, size=round(size * 1.3), fill=_SUN)
    )


def _scale(drawn: DrawnMap, written: str) -> str:
    y = drawn.height - 24
    ends = f"M24 {y}h{drawn.scale_width}M24 {y - 6}v12m{drawn.scale_width}-12v12"
    return f'<path d="{ends}" fill="none" stroke="{_INK}" stroke-width="2"/>' + _text(
        24, y - 12, written, anchor="start"
    )


def _text(
    x: float, y: float, words: str, *, size: int = 20, fill: str = _INK, anchor: str = "middle"
) -> str:
    place = f'x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" fill="{fill}"'
    return f"<text {place} {_FACE}>{words}</text>"
