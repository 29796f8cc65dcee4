"""How an installation has its texts spoken; light enough for whoever publishes."""

import hashlib
from dataclasses import dataclass

from tourapp.errors import InvalidError
from tourapp.narration.lexicon import Lexicon
from tourapp.settings import Settings

RECIPE_VERSION = 2
"""Grows with any change to the script or the mastering that can be heard."""


@dataclass(frozen=True, slots=True)
class Voicing:
    """The engines in use, best first, and the digest of what shapes a sound beside them."""

    engines: tuple[str, ...]
    recipe: str

    @classmethod
    def of(cls, settings: Settings) -> "Voicing":
        """Read it from the settings and the lexicon."""
        inputs = f"{RECIPE_VERSION} {read_lexicon(settings).digest}"
        recipe = hashlib.sha256(inputs.encode()).hexdigest()[:16]
        return cls(engines=settings.engines, recipe=recipe)


def read_lexicon(settings: Settings) -> Lexicon:
    """Read how local names are said, or raise InvalidError that names the file."""
    path = settings.root / "stops" / "lexicon.toml"
    try:
        return Lexicon.from_toml(path.read_text("utf-8"))
    except (InvalidError, OSError, UnicodeDecodeError) as error:
        message = f"{path}: {error}"
        raise InvalidError(message) from error
