"""Which passwords are good enough, and how they are kept."""

import pytest

from tests.staff.desk import CHEAP
from tourapp.accounts.signing.passwords import PasswordError, check_password


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("elf Zeichen", "short"),
        ("x" * 201, "long"),
        ("motdepasse1234", "guessable"),
        ("azertyuiop1234", "guessable"),
        ("password123456", "guessable"),
        ("ana@example.fr", "guessable"),
        ("aaaaaaaaaaaaaaaaaaaa", "guessable"),
        ("terril terril terril", "guessable"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, fault: str) -> None:
    with pytest.raises(PasswordError) as refused:
        check_password(password, about=["ana@example.fr"])
    assert refused.value.fault == fault


@pytest.mark.parametrize(
    "password",
    [
        "cheval juste batterie agrafe",
        "oqjxrpltvwzb",
        "🐎 éàü 漢字 quelque chose",
        "v" * 3 + "xq3!Kd9$w",
    ],
)
def test_length_alone_makes_a_good_one_whatever_its_letters(password: str) -> None:
    check_password(password, about=["ana@example.fr"])


def test_only_the_right_password_is_right() -> None:
    kept = CHEAP.hash("cheval juste batterie agrafe")
    assert "cheval" not in kept
    assert CHEAP.is_right("cheval juste batterie agrafe", kept)
    assert not CHEAP.is_right("cheval juste batterie", kept)
    assert not CHEAP.is_right("cheval juste batterie agrafe", "nonsense")


def test_nobody_without_a_password_comes_in_by_any() -> None:
    assert not CHEAP.is_right("nobody has this password", None)


def test_two_keyboards_that_spell_a_letter_differently_write_one_password() -> None:
    assert CHEAP.is_right(
        "caf\u00e9 au lait sucr\u00e9", CHEAP.hash("cafe\u0301 au lait sucre\u0301")
    )
