"""Putting places in the order of a short way: the nearest next, then without crossings. Pure."""

from collections.abc import Callable, Iterable
from itertools import combinations

Length = Callable[[int, int], float]
"""How far it is from one place to another, both named by their index."""

# Less than that is no shorter way, but the rounding of figures.
_NOTHING = 1e-9


def nearest_first(first: int, others: Iterable[int], length: Length) -> list[int]:
    """Return the order of always going to the nearest place that is left."""
    order, left = [first], set(others)
    while left:
        here = order[-1]
        nearest = min(left, key=lambda place: (length(here, place), place))
        left.remove(nearest)
        order.append(nearest)
    return order


def uncrossed(order: list[int], length: Length, *, is_end_held: bool) -> list[int]:
    """Return an order with its detours taken out (2-opt); it begins where it began.

    Parts of the way are turned round as long as that makes it shorter; where its end is held, the
    last place stays the last.
    """
    order = list(order)
    most = len(order) - is_end_held
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for start, end in combinations(range(1, most + 1), 2):
            if _gain(order, start, end, length) > _NOTHING:
                order[start:end] = order[start:end][::-1]
                is_shorter = True
    return order


def _gain(order: list[int], start: int, end: int, length: Length) -> float:
    """Return what is saved where the places from `start` to before `end` are passed backwards."""
    before, first, last = order[start - 1], order[start], order[end - 1]
    gain = length(before, first) - length(before, last)
    if end < len(order):
        after = order[end]
        gain += length(last, after) - length(first, after)
    return gain
