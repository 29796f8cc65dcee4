"""How an installation has its texts spoken; light enough for whoever publishes."""

from dataclasses import dataclass

from tourapp.settings import Settings

RECIPE_VERSION = 2
"""Grows with any change to the script or the mastering that can be heard."""


@dataclass(frozen=True, slots=True)
class Voicing:
    """The engines in use, best first, and the version of what makes sound of a text."""

    engines: tuple[str, ...]
    version: int = RECIPE_VERSION

    @classmethod
    def of(cls, settings: Settings) -> "Voicing":
        """Read it from the settings."""
        return cls(engines=settings.engines)
