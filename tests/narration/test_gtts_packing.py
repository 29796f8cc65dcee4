import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tourapp.narration.engines.gtts import packed

LONG = (
    "Pendant plus d'un siècle, des milliers de mineurs sont descendus ici chaque jour, "
    "puis le charbon remontait par le puits, il était trié, lavé et chargé dans des wagons."
)


def test_a_long_text_is_cut_after_a_comma() -> None:
    assert [part[-6:] for part in packed(LONG)] == [" jour,", "agons."]


def test_without_a_comma_a_long_text_is_cut_between_words() -> None:
    assert packed("un deux trois quatre", most=9) == ["un deux", "trois", "quatre"]


def test_a_comma_near_the_start_is_no_place_to_cut() -> None:
    assert packed("Ici, des mineurs descendaient", most=20) == ["Ici, des mineurs", "descendaient"]


def test_a_word_longer_than_a_request_is_cut_anywhere() -> None:
    assert packed("x" * 25, most=10) == ["x" * 10, "x" * 10, "x" * 5]


@settings(deadline=None)
@given(st.lists(st.text("abcé,.; ", min_size=1), min_size=1).map(" ".join))
def test_packing_loses_no_word(text: str) -> None:
    parts = packed(text, most=12)
    assert all(len(part) <= 12 for part in parts)
    assert re.sub(r"\W", "", "".join(parts)) == re.sub(r"\W", "", text)
