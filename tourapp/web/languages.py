"""The languages that a phone wishes for."""

from functools import lru_cache

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from tourapp.web.encoding import LONGEST_WISH


def wished_languages(accept_language: str) -> tuple[str, ...]:
    """Return the languages of the header Accept-Language, best first; countries do not matter."""
    return _wished_languages(accept_language[:LONGEST_WISH])


@lru_cache(maxsize=256)
def _wished_languages(accept_language: str) -> tuple[str, ...]:
    accepted = parse_accept_header(accept_language, LanguageAccept)
    return tuple(tag.partition("-")[0].lower() for tag, quality in accepted if quality)
