"""From what was noticed to what the visitor's templates show of it."""

from collections.abc import Sequence

from tourapp.observations.models import Observation
from tourapp.visit.noticing.wording import KIND_NAMES, OUTCOME_NAMES
from tourapp.visit.shown import ShownAnswer, ShownNoticing, ShownObservation
from tourapp.web.addresses import Addresses

_HERE = Addresses()


def shown_noticing(
    slug: str,
    observations: Sequence[Observation],
    *,
    lang: str,
    most: int,
) -> ShownNoticing:
    """Return what was noticed at a stop, of which `most` are shown, and an empty form."""
    return ShownNoticing(
        stop=slug,
        url=_HERE.noticed(slug, lang=lang),
        observations=[shown_observation(each) for each in observations[:most]],
        has_more=len(observations) > most,
        kinds={value: str(name) for value, name in KIND_NAMES.items()},
    )


def shown_observation(observation: Observation) -> ShownObservation:
    """Return an observation as everybody reads it."""
    kind = observation.kind
    return ShownObservation(
        text=observation.shown,
        lang=observation.lang,
        kind=None if kind is None else str(KIND_NAMES[kind]),
        noticed_on=observation.noticed_on,
        answer=_answer(observation),
    )


def _answer(observation: Observation) -> ShownAnswer | None:
    outcome, text, day = observation.outcome, observation.answer, observation.answered_on
    if outcome is None or text is None or day is None:
        return None
    return ShownAnswer(str(OUTCOME_NAMES[outcome]), text, day)
