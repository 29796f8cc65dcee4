"""The languages that a phone wishes for."""

from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header


@lru_cache(maxsize=256)
def wished_languages(accept_language: str) -> tuple[str, ...]:
    """Return the languages of the header Accept-Language, best first; countries do not matter."""
    accepted = parse_accept_header(accept_language, LanguageAccept)
    return tuple(tag.partition("-")[0].lower() for tag, quality in accepted if quality)
