"""What a guide does to a list of halts; each returns the list as it is then. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from tourapp.itineraries.content import HaltContent

Halts = tuple[HaltContent, ...]


def moved(halts: Halts, index: int, *, by: int) -> Halts:
    """Return the halts with one of them `by` places further down; it stops at either end."""
    rest = without(halts, index)
    to = min(max(index + by, 0), len(rest))
    return (*rest[:to], halts[index], *rest[to:])


def without(halts: Halts, index: int) -> Halts:
    """Return the halts but one."""
    return (*halts[:index], *halts[index + 1 :])


def come_back(halts: Halts) -> Halts:
    """Return the halts with the first one as the last one too, where the group parts."""
    first = halts[0]
    last = replace(first, stay_min=0, transport=halts[-1].transport, note="", question="")
    return (*halts, last)


def reordered(halts: Halts, order: Sequence[int]) -> Halts:
    """Return the halts in another order, given as indices of the present one."""
    return tuple(halts[index] for index in order)
