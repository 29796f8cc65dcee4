"""Proposing a shorter order of halts, with the first and the last held in their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from tourapp.stops.distance import way_between
from tourapp.stops.ordering import nearest_first, uncrossed

EXACT_UP_TO = 12
"""With so many halts the order proposed is the shortest there is; beyond, a good one."""

Places = Sequence[tuple[float, float]]
Lengths = list[list[int]]
Order = list[int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An order, as indices of the present one, and how many metres as the crow flies it saves."""

    order: Order
    gain_m: int


def propose_order(places: Places) -> Proposal:
    """Return the shortest order of (latitude, longitude) places, or the present one."""
    present = list(range(len(places)))
    lengths = [[way_between(start, end).distance_m for end in places] for start in places]
    find = _shortest if len(places) <= EXACT_UP_TO else _shortened
    found = find(lengths) if len(places) > 3 else present  # noqa: PLR2004 -- one is free between two
    gain_m = _length(present, lengths) - _length(found, lengths)
    return Proposal(found, gain_m) if gain_m > 0 else Proposal(present, 0)


def _length(order: Order, lengths: Lengths) -> int:
    return sum(lengths[start][end] for start, end in pairwise(order))


def _shortest(lengths: Lengths) -> Order:
    """Return the shortest order, after Held and Karp (1962): each set of halts is solved once."""
    last = len(lengths) - 1
    free = range(1, last)
    best: dict[tuple[frozenset[int], int], tuple[int, Order]] = {
        (frozenset([halt]), halt): (lengths[0][halt], [0, halt]) for halt in free
    }
    for size in range(2, len(free) + 1):
        for visited in map(frozenset, combinations(free, size)):
            for halt in visited:
                ways = (best[visited - {halt}, before] for before in visited - {halt})
                best[visited, halt] = min(
                    (length + lengths[order[-1]][halt], [*order, halt]) for length, order in ways
                )
    whole = frozenset(free)
    endings = (best[whole, halt] for halt in free)
    return min((length + lengths[order[-1]][last], [*order, last]) for length, order in endings)[1]


def _shortened(lengths: Lengths) -> Order:
    last = len(lengths) - 1

    def length(start: int, end: int) -> int:
        return lengths[start][end]

    order = [*nearest_first(0, range(1, last), length), last]
    return uncrossed(order, length, is_end_held=True)
