"""Numbers in words, by num2words."""

from typing import Any


def in_words(number: Any, *, lang: str, to: str = "cardinal") -> str:  # noqa: ANN401 -- any number
    """Return a number in the words of a language, `to` a cardinal, an ordinal or a year."""
    # Loaded with the first number that is said: a server process says none, and it weighs 13 MB.
    from num2words import num2words  # noqa: PLC0415

    return str(num2words(number, lang=lang, to=to))
