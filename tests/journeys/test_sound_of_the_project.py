"""Some of the project's own stops, imported and spoken for real: what a visitor's ears receive."""

import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from tourapp.narration.engines.protocol import Speech
from tourapp.narration.lexicon.file import LEXICON_FILE
from tourapp.narration.loudness import measure
from tourapp.narration.models import Narration
from tourapp.narration.rendering import open_renderer
from tourapp.narration.sound import decode
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT
from tourapp.stops.markup import visible_text
from tourapp.stops.models import Narrative, Revision

# Each of the first four stops, and each way of telling: speaking takes its time.
SPOKEN = [
    ("terril-11-19", "fr", "standard"),
    ("facade-louvre-lens", "en", "standard"),
    ("toit-saint-vaast", "nl", "standard"),
    ("residence-chenelet", "fr", "facile"),
    ("residence-chenelet", "fr", "standard"),
]
AT_MOST_DBTP = {"opus": -0.5, "mp3": -1.0}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: speaking takes its time, and is the same with any."""
    return sqlite_url


def published(resources: Resources, folder: Path, slug: str, *told: str) -> Revision:
    """Import one of the project's stops, leave one way of telling it published, return its text."""
    shutil.copytree(PROJECT_ROOT / "stops" / slug, folder / "stops" / slug)
    shutil.copy(PROJECT_ROOT / "stops" / LEXICON_FILE, folder / "stops")
    seed(resources, folder / "stops")
    with resources.database.transaction() as session:
        for narrative in session.scalars(select(Narrative)):
            if (narrative.lang, narrative.variant) != told:
                narrative.published_revision_id = None
    with resources.database.reading() as session:
        heard = Narrative.published_revision_id == Revision.id
        return session.scalars(select(Revision).join(Narrative, heard)).one()


def rendered(resources: Resources) -> Narration:
    """Speak what was imported and return its narration."""
    assert open_renderer(resources).render_due() == 1
    with resources.database.reading() as session:
        return session.scalars(select(Narration).where(Narration.state == "ready")).one()


def level_db(speech: Speech, start_s: float, end_s: float) -> float:
    """Return the level of a span of sound, against full scale."""
    part = speech.samples[round(start_s * speech.rate_hz) : round(end_s * speech.rate_hz)]
    return float(20 * np.log10(np.sqrt(np.mean(part**2)) + 1e-9))


@pytest.mark.parametrize(("slug", "lang", "variant"), SPOKEN)
def test_a_stop_is_heard_whole_clear_and_in_step_with_its_text(
    resources: Resources, tmp_path: Path, slug: str, lang: str, variant: str
) -> None:
    revision = published(resources, tmp_path, slug, lang, variant)
    narration = rendered(resources)
    cues = narration.cues or []
    assert " ".join(cue["text"] for cue in cues).split() == visible_text(revision.text).split()
    assert cues[-1]["end_s"] <= (narration.duration_s or 0)
    for kind, name in (("opus", narration.opus_media), ("mp3", narration.mp3_media)):
        audio = resources.media.read(str(name))
        sound = decode(audio)
        heard = measure(audio)
        assert 60 <= heard.duration_s <= 180
        assert heard.duration_s == pytest.approx(narration.duration_s, abs=0.1)
        assert heard.integrated_lufs == pytest.approx(-16, abs=1)
        assert heard.true_peak_dbtp < AT_MOST_DBTP[kind]
        for cue in cues:
            assert level_db(sound, cue["start_s"], cue["end_s"]) > -30
        for cue, following in pairwise(cues):
            assert following["start_s"] - cue["end_s"] >= 0.3
            assert level_db(sound, cue["end_s"] + 0.1, following["start_s"] - 0.1) < -60
