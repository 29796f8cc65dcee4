"""A stop as a visitor meets it, made without any database."""

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from tests.samples import CODES, NARRATIVE, STOP
from tourapp.narration.models import Narration
from tourapp.narration.queries import Heard
from tourapp.stops.distance import Way
from tourapp.stops.models import Narrative, Revision, Stop
from tourapp.stops.services import set_place
from tourapp.visit.visited import Neighbour, Visited

NOON = datetime(2026, 6, 21, 12, tzinfo=UTC)
SOUND = "5" * 64


def make_stop(slug: str = "terril") -> Stop:
    """Return a stop that changed last at noon."""
    stop = Stop(slug=slug)
    set_place(stop, STOP.place, now=NOON)
    return stop


def make_neighbour(slug: str) -> Neighbour:
    """Return a stop that lies 1200 m to the east."""
    return Neighbour(make_stop(slug), "fr", Revision(**asdict(NARRATIVE)), Way(1200, 90))


def make_heard(**said: Any) -> Heard:  # noqa: ANN401 -- columns of any type
    """Return a sound of ten seconds."""
    narration = Narration(
        engine="espeak",
        voice="fr",
        duration_s=10.5,
        opus_media=f"{SOUND}.opus",
        opus_bytes=40_000,
        mp3_media=f"{SOUND}.mp3",
        mp3_bytes=60_000,
        vtt_media=f"{SOUND}.vtt",
        cues=[{"start_s": 0.0, "end_s": 10.5, "text": "Le terril est noir."}],
        chapters=[{"start_s": 0.0, "end_s": 10.5, "text": "Le terril est noir."}],
        rendered_at=NOON,
    )
    return Heard(narration, **{"provisional": False, "older_than_text": False} | said)


def make_visited(**changed: Any) -> Visited:  # noqa: ANN401 -- fields of any type
    """Return a stop in French, with its sign and without sound or neighbours."""
    usual = Visited(
        stop=make_stop(),
        narrative=Narrative(lang="fr", variant="standard", published_at=NOON),
        revision=Revision(**asdict(NARRATIVE)),
        languages=["fr"],
        code=CODES[0],
        heard=None,
    )
    return replace(usual, **changed)
