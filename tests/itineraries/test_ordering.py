"""Orders proposed, against every order there is."""

import math
import random
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourapp.itineraries.ordering import EXACT_UP_TO, propose_order
from tourapp.stops.distance import way_between

PLACES = st.tuples(st.floats(50.3, 50.6), st.floats(2.5, 3.1))


def length(places: list[tuple[float, float]], order: list[int]) -> int:
    return sum(way_between(places[start], places[end]).distance_m for start, end in pairwise(order))


def scattered(count: int) -> list[tuple[float, float]]:
    dice = random.Random(count)  # noqa: S311 -- places, no secret
    return [(50.3 + dice.random() / 3, 2.5 + dice.random() / 2) for _ in range(count)]


@pytest.mark.parametrize("count", range(2, 10))
def test_no_order_is_shorter_than_the_one_proposed(count: int) -> None:
    places = scattered(count)
    last = count - 1
    shortest = min(length(places, [0, *between, last]) for between in permutations(range(1, last)))
    proposal = propose_order(places)
    assert length(places, proposal.order) == shortest
    assert proposal.gain_m == length(places, list(range(count))) - shortest


@given(st.lists(PLACES, min_size=1, max_size=20))
def test_every_halt_stays_and_the_ends_are_held(places: list[tuple[float, float]]) -> None:
    order = propose_order(places).order
    assert sorted(order) == list(range(len(places)))
    assert (order[0], order[-1]) == (0, len(places) - 1)


def test_many_halts_get_a_good_order() -> None:
    on_a_line = [(50.0 + i / 100, 2.0) for i in range(EXACT_UP_TO * 3)]
    between = sorted(on_a_line[1:-1], key=lambda place: math.sin(place[0] * 1e4))
    mixed = [on_a_line[0], *between, on_a_line[-1]]
    assert [mixed[i] for i in propose_order(mixed).order] == on_a_line


def test_an_order_that_cannot_be_shortened_stays() -> None:
    on_a_line = [(50.0 + i / 100, 2.0) for i in range(20)]
    assert propose_order(on_a_line).order == list(range(20))
    assert propose_order(on_a_line).gain_m == 0
