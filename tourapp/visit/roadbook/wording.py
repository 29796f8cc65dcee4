"""What a road book tells of ways and times, in the language of its itinerary."""

from typing import Protocol

from babel import Locale

from tourapp.itineraries.planning import PlannedStage
from tourapp.itineraries.route import Transport
from tourapp.visit.figures import NARROW, SPACE, distance, walking_time
from tourapp.visit.roadbook.words import WORDS

_MINUTE_S = 60


class Climbed(Protocol):
    """A way, or a whole plan, with its heights where they are known."""

    @property
    def ascent_m(self) -> int | None:
        """Metres up."""

    @property
    def descent_m(self) -> int | None:
        """Metres down."""


def locale_of(lang: str) -> Locale:
    """Return how figures are written in a language."""
    return Locale("en", "GB") if lang == "en" else Locale(lang)


def told_way(stage: PlannedStage, transport: Transport, *, lang: str) -> str:
    """Tell how one comes to a halt, and whether that is measured or estimated."""
    words = WORDS[lang]
    if stage.way is None:
        return words["start"]
    told = words["way"].format(
        distance=distance(stage.way.distance_m, locale=locale_of(lang)),
        means=words[transport],
        duration=walking_time(stage.way_s),
    )
    if stage.is_estimate:
        return f"{told} ({words['estimate']})"
    return told if stage.way.ascent_m is None else f"{told} · {told_climb(stage.way, lang=lang)}"


def told_climb(measured: Climbed, *, lang: str) -> str:
    """Tell ascent and descent, or that they are unknown."""
    words, locale = WORDS[lang], locale_of(lang)
    if measured.ascent_m is None or measured.descent_m is None:
        return words["unknown"]
    return words["partly"].format(
        distance(measured.ascent_m, locale=locale),
        distance(measured.descent_m, locale=locale),
    )


def elapsed(seconds: int) -> str:
    """Write how long after the start something is, « 1 h 05 »."""
    hours, minutes = divmod(round(seconds / _MINUTE_S), 60)
    return f"{hours}{NARROW}h{SPACE}{minutes:02}"


def minutes(count: int) -> str:
    """Write how many minutes one stays."""
    return f"{count}{NARROW}min"
