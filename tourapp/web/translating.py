"""The language that an answer speaks: that of its address, and never of a cookie."""

from collections.abc import Sequence
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, request
from flask_babel import Babel, Domain, get_locale

FOLDER = Path(__file__).parent.parent / "translations"
"""The catalogues, a file for each language but the one that the sentences are written in."""


class Original(Translations):
    """French as it is written in the code; nought of a thing is no plural there."""

    def ungettext(self, singular: str, plural: str, num: int) -> str:
        """Return the form that a number wants."""
        return singular if abs(num) < 2 else plural  # noqa: PLR2004 -- two are many


class Catalogues(Domain):  # type: ignore[misc] # flask_babel has no types
    """Translations as the files tell them: nothing is compiled, so nothing is ever stale."""

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        original, *others = languages
        self._by_lang = {original: Original()} | {lang: _read(lang) for lang in others}

    def get_translations(self) -> NullTranslations:
        """Return what translates into the language of the present answer."""
        return self._by_lang[get_locale().language]


def register_translations(app: Flask, languages: Sequence[str]) -> None:
    """Have pages speak the language of their address, else the first of `languages`.

    A view that chooses by other means, such as a phone's wishes, forces its choice.
    """

    def of_the_address() -> str:
        first = request.path.split("/", 2)[1]
        return first if first in languages else languages[0]

    babel = Babel(app, default_locale=languages[0], locale_selector=of_the_address)
    babel.domain_instance = Catalogues(languages)


@lru_cache
def _read(lang: str) -> Translations:
    compiled = BytesIO()
    with (FOLDER / f"{lang}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang, abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled)
