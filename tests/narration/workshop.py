"""A renderer with everything in hand: engines that can be told to fail, and a clock to turn."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import select

from tests.samples import sample_stop, write_samples
from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.protocol import Capability, Speech, Voice
from tourapp.narration.lexicon import Notation
from tourapp.narration.models import Narration, Recipe
from tourapp.narration.queries import Heard, find_heard
from tourapp.narration.rendering import Renderer
from tourapp.narration.sound import decode
from tourapp.narration.studio import Studio
from tourapp.narration.voicing import Voicing
from tourapp.publishing.commands import seed
from tourapp.publishing.services import publish_revision
from tourapp.resources import Resources
from tourapp.stops.models import Revision
from tourapp.stops.services import add_revision, get_head, get_narrative, get_stop

TEXT = "Écoutez.\n\nRegardez."
NOON = datetime(2026, 6, 21, 12, tzinfo=UTC)
RATES_HZ = {"espeak": 22_050, "gtts": 24_000}
PLAIN = Voicing(engines=("espeak",), version=101)
FINE = replace(PLAIN, engines=("gtts", "espeak"))


@dataclass
class Clock:
    """Tells the time that it is set to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FakeEngine:
    """An engine of any name: real sound, at a rate of its own, and a note of what it said.

    `meet` is called with each text first, and may raise what an engine raises.
    """

    notation: Notation = "plain"

    def __init__(self, name: str) -> None:
        self.name = name
        self.spoken: list[str] = []
        self.attempts = 0
        self.voices = {"fr": Voice(engine=name, name=f"{name}-fr", lang="fr", version="1")}
        self.meet: Callable[[str], object] = lambda _: None

    @property
    def capability(self) -> Capability:
        times_words = self.name == "espeak"
        return Capability(
            tuple(self.voices), times_words=times_words, needs_network=not times_words
        )

    def find_voice(self, lang: str) -> Voice | None:
        return self.voices.get(lang)

    def speak(self, text: str, *, voice: Voice) -> Speech:
        self.attempts += 1
        self.meet(text)
        self.spoken.append(text)
        sound = _sound(text, voice.lang)
        words = sound.words if self.capability.times_words else ()
        return Speech(sound.samples, RATES_HZ[self.name], words)


@cache
def _sound(text: str, lang: str) -> Speech:
    engine = EspeakEngine()
    voice = engine.find_voice(lang)
    assert voice is not None
    return engine.speak(text, voice=voice)


@dataclass
class Workshop:
    """One worker of an installation, with the engines "gtts" (the finer) and "espeak"."""

    resources: Resources
    clock: Clock = field(default_factory=Clock)
    gtts: FakeEngine = field(default_factory=lambda: FakeEngine("gtts"))
    espeak: FakeEngine = field(default_factory=lambda: FakeEngine("espeak"))
    voicing: Voicing = PLAIN
    lease_s: float = 60
    meanwhile: Callable[[], object] = lambda: None

    @property
    def renderer(self) -> Renderer:
        engines = {"gtts": self.gtts, "espeak": self.espeak}
        return Renderer(
            database=self.resources.database,
            media=self.resources.media,
            studio=Studio(engines=engines, licence="CC BY 4.0"),
            voicing=self.voicing,
            lease_s=self.lease_s,
            clock=self.clock,
            meanwhile=self.meanwhile,
        )

    def publish(self, slug: str = "terril", **narrative: str) -> Revision:
        """Write the sample's text, or another one, as a new revision and publish it."""
        content = sample_stop(1, **narrative).narratives["fr", "standard"]
        with self.resources.database.transaction() as session:
            written = get_narrative(session, get_stop(session, slug), lang="fr")
            revision = add_revision(session, written, content, origin="staff", now=self.clock())
            publish_revision(session, written, revision, voicing=self.voicing, now=self.clock())
        return revision

    @property
    def first(self) -> Revision:
        """Return the newest text of the first stop."""
        with self.resources.database.reading() as session:
            narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
            return get_head(session, narrative)

    def heard(self, revision: Revision) -> Heard | None:
        with self.resources.database.reading() as session:
            return find_heard(session, revision, engines=self.voicing.engines)

    def served(self) -> str | None:
        """Return the sound that the first stop's visitors hear; it is whole."""
        heard = self.heard(self.first)
        name = str(heard.narration.opus_media) if heard else None
        assert name is None or decode(self.resources.media.read(name)).duration_s > 1
        return name

    def rows(self) -> list[Narration]:
        """Return the narrations of this recipe, in the order in which they were wanted."""
        mine = (
            select(Narration)
            .join(Recipe, Recipe.revision_id == Narration.revision_id)
            .where(Recipe.version == self.voicing.version, Narration.recipe == Recipe.name)
        )
        with self.resources.database.reading() as session:
            return list(session.scalars(mine.order_by(Narration.id)))

    def states(self) -> list[str]:
        return [row.state for row in self.rows()]


def open_workshop(resources: Resources, folder: Path) -> Workshop:
    """Publish one stop, two sentences long."""
    seed(resources, write_samples(folder / "stops", sample_stop(1, text=TEXT)))
    return Workshop(resources)


def add_second_stop(workshop: Workshop, folder: Path, *, text: str = "Marchez.") -> Workshop:
    """Publish one more, with a sentence of its own or other ones."""
    seed(workshop.resources, write_samples(folder / "stops", sample_stop(2, text=text)))
    return workshop


def raising(error: BaseException) -> Callable[[str], None]:
    """Return a way to meet any text: with this error."""

    def meet(_: str) -> None:
        raise error

    return meet
