"""Walking order: the nearest next, no crossing, every sign once."""

import math
from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from tourapp.signage.rounds.walking import WALKED, Point, walking_order

POINTS = st.lists(st.tuples(st.floats(50.40, 50.48), st.floats(2.70, 2.90)), max_size=7)


def length(points: list[Point], order: list[int]) -> float:
    scale = math.cos(math.radians(points[0][0]))
    flat = [(points[index][0], points[index][1] * scale) for index in order]
    return sum(math.dist(*pair) for pair in pairwise(flat))


def test_no_sign_is_walked_past_in_no_order() -> None:
    assert walking_order([]) == []
    assert walking_order([], start=(50.4, 2.7)) == []
    assert walking_order([(50.4, 2.7)]) == [0]


def test_the_round_begins_at_what_is_nearest_to_where_one_stands() -> None:
    row = [(50.40, 2.7), (50.41, 2.7), (50.42, 2.7), (50.43, 2.7)]
    assert walking_order(row, start=(50.50, 2.7)) == [3, 2, 1, 0]
    assert walking_order(row) == [0, 1, 2, 3]


def test_a_way_that_crosses_itself_is_turned_round() -> None:
    corners = [(50.0, 2.0), (50.01, 2.0), (50.01, 2.02), (50.0, 2.021), (50.0005, 2.011)]
    order = walking_order(corners)
    shortest = min(length(corners, [0, *rest]) for rest in permutations(range(1, len(corners))))
    assert math.isclose(length(corners, order), shortest)


@given(POINTS)
def test_every_sign_is_passed_once_and_nearly_on_the_shortest_way(points: list[Point]) -> None:
    order = walking_order(points)
    assert sorted(order) == list(range(len(points)))
    if len(points) > 2:
        rest = permutations(range(1, len(points)))
        shortest = min(length(points, [0, *way]) for way in rest)
        assert length(points, order) <= shortest * 1.6 + 1e-9


def test_more_than_anybody_walks_past_is_only_put_in_order() -> None:
    row = [(50.0, 2.0 + step / 1000) for step in range(WALKED + 1)]
    assert walking_order(row) == list(range(WALKED + 1))
