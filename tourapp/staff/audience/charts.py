"""Where the bars of a chart stand, in units of its own drawing; a template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 110
"""A drawing of columns."""

MOST_ROWS = 15
"""The most bars of a drawing of rows: the others are in the table beside."""

ROW, LABEL, FIGURE = 22, 140, 48
"""How high a row is, and how wide the room for its label and for its figure."""

_TOP = 14
_GAP = 0.25
_LONGEST_LABEL = 19


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, with what it stands for."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, and how large their drawing is."""

    bars: Sequence[Bar]
    width: int
    height: int
    most: int


def columns(counts: Sequence[tuple[str, int]]) -> Chart:
    """Stand columns side by side, one for each day or hour; the highest reaches the top."""
    most = max((count for _, count in counts), default=0)
    each = WIDTH / max(len(counts), 1)
    bars = [
        _column(label, count, x=number * each, width=each, scale=(HEIGHT - _TOP) / max(most, 1))
        for number, (label, count) in enumerate(counts)
    ]
    return Chart(bars, WIDTH, HEIGHT, most)


def rows(counts: Sequence[tuple[str, int]]) -> Chart:
    """Lay bars one under the other, as many as there is room for; the longest fills its room."""
    shown = counts[:MOST_ROWS]
    most = max((count for _, count in shown), default=0)
    scale = (WIDTH - LABEL - FIGURE) / max(most, 1)
    bars = [
        Bar(_shortened(label), count, LABEL, number * ROW, round(count * scale, 1), ROW - 6)
        for number, (label, count) in enumerate(shown)
    ]
    return Chart(bars, WIDTH, max(len(shown), 1) * ROW, most)


def _column(label: str, count: int, *, x: float, width: float, scale: float) -> Bar:
    height = round(count * scale, 1)
    return Bar(label, count, round(x, 1), HEIGHT - height, round(width * (1 - _GAP), 2), height)


def _shortened(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"
