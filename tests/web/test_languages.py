import pytest

from tourapp.web.languages import wished_languages


@pytest.mark.parametrize(
    ("header", "wishes"),
    [
        ("", ()),
        ("fr", ("fr",)),
        ("nl-BE,nl;q=0.9,fr;q=0.8", ("nl", "nl", "fr")),
        ("fr;q=0.5, DE-at", ("de", "fr")),
        ("fr;q=0, en", ("en",)),
        ("*", ("*",)),
        ("fr;q=much", ()),
    ],
)
def test_languages_are_told_by_wish_without_their_countries(
    header: str, wishes: tuple[str, ...]
) -> None:
    assert wished_languages(header) == wishes
