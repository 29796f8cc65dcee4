"""Half an hour without gTTS: nobody hears silence, no request fails, all is spoken again after.

The real gTTS asks a server on this machine; only its waiting is simulated. Visitors come at every
simulated minute, as soon as a text is published, and while the worker waits for the dead service.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.gtts_service import Answer, Request, Service, good_answer, running_service
from tests.narration.workshop import Clock
from tests.publishing.edges import Sides
from tests.samples import sample_stop, write_samples
from tourapp.app import create_app
from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.gtts import GttsEngine
from tourapp.narration.rendering import Renderer
from tourapp.narration.studio import Studio
from tourapp.narration.voicing import Voicing
from tourapp.publishing.commands import seed
from tourapp.resources import Resources

OUTAGE_MIN = 30
MINUTES_PER_PHASE = 5
# The worker's clock; texts are published in the present, which must not be later.
AHEAD = timedelta(minutes=1)
BEFORE = (1, 2)
PUBLISHED_DURING = {2: 3, 7: 4, 12: 5, 17: 6, 22: 7, 27: 8}


def throttle(request: Request) -> None:
    request.send(429)


def throttle_for_two_minutes(request: Request) -> None:
    request.send(429, Retry_After="120")


def keep_silent(request: Request) -> None:
    request.server.is_over.wait()


def show_captcha(request: Request) -> None:
    request.send(200, b"<html><title>Are you a robot?</title></html>", Content_Type="text/html")


def break_off(request: Request) -> None:
    sound = request.server.sound
    request.send(200, sound[:500], missing=len(sound))


def be_down(request: Request) -> None:
    request.send(503)


PHASES = (throttle_for_two_minutes, keep_silent, show_captcha, break_off, throttle, be_down)


@dataclass
class Outage:
    """An installation whose best voice is away, its visitors, and the time that passes."""

    resources: Resources
    service: Service
    visitors: Sides
    folder: Path
    clock: Clock = field(default_factory=lambda: Clock(datetime.now(UTC) + AHEAD))
    published: list[str] = field(default_factory=list)
    requests: int = 0

    def __post_init__(self) -> None:
        settings = self.resources.settings
        gtts = GttsEngine(sleep=self.wait, timeout_s=(0.1, 0.1), chance=lambda: 1.0)
        self.renderer = Renderer(
            database=self.resources.database,
            media=self.resources.media,
            studio=Studio({"gtts": gtts, "espeak": EspeakEngine()}),
            voicing=Voicing.of(settings),
            lease_s=settings.render_lease_s,
            clock=self.clock,
        )

    def publish(self, number: int) -> None:
        text = f"Arrêt {number}.\n\nRegardez la place {number}."
        stop = replace(sample_stop(number, text=text), code=f"TRYX{number:02}")
        seed(self.resources, write_samples(self.folder / "stops", stop))
        self.renderer.render_due()
        self.published.append(stop.slug)
        self.hear(stop.slug)

    def wait(self, seconds: float) -> None:
        """Let the worker wait, while a visitor comes."""
        self.clock.turn(seconds)
        for slug in self.published[-1:]:
            self.hear(slug)

    def visit_all(self) -> list[str]:
        """Have every stop visited and heard, and return whose voices were heard."""
        return [self.hear(slug) for slug in self.published]

    def hear(self, slug: str) -> str:
        page = self.get(f"/fr/arrets/{slug}").text
        narration = self.get(f"/api/v1/stops/{slug}/narrations/fr").get_json()
        assert self.get(f"/api/v1/stops/{slug}").get_json()["narration"] == narration
        for file in narration["files"]:
            path = "/media/" + file["url"].rpartition("/")[2]
            assert path in page
            assert len(self.get(path).data) == file["bytes"]
        assert narration["provisional"] is (narration["engine"] != "gtts")
        return str(narration["engine"])

    def get(self, path: str) -> TestResponse:
        answer = self.visitors.edge.get(path)
        assert answer.status_code == 200, path
        self.requests += 1
        return answer


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    return environ | {"TOURAPP_SPEECH_ENGINES": "gtts,espeak"}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with running_service(monkeypatch, good_answer()) as running:
        yield running


@pytest.fixture
def outage(resources: Resources, service: Service, tmp_path: Path) -> Outage:
    """Two stops that gTTS has spoken already; from now on it does not answer."""
    visitors = Sides.of(create_app(resources), resources)
    begun = Outage(resources, service, visitors, tmp_path)
    for number in BEFORE:
        begun.publish(number)
    assert begun.visit_all() == ["gtts", "gtts"]
    service.count = 0
    return begun


def endure(outage: Outage) -> Counter[Answer]:
    """Let the half hour pass, and return how often the service answered in each way."""
    start = outage.clock()
    asked = Counter[Answer]()
    for minute in range(OUTAGE_MIN):
        outage.service.answer = PHASES[minute // MINUTES_PER_PHASE]
        before = outage.service.count
        if minute in PUBLISHED_DURING:
            outage.publish(PUBLISHED_DURING[minute])
        outage.clock.now = max(outage.clock.now, start + timedelta(minutes=minute))
        outage.renderer.render_due()
        outage.visitors.restore()
        outage.visit_all()
        asked[outage.service.answer] += outage.service.count - before
    return asked


def heal(outage: Outage) -> None:
    """Let the service answer again, and an hour pass."""
    outage.service.answer = outage.service.speak
    for _ in range(60):
        outage.clock.turn(60)
        outage.renderer.render_due()


def test_half_an_hour_without_gtts_is_heard_by_nobody_and_made_good_within_the_hour(
    outage: Outage,
) -> None:
    asked = endure(outage)
    assert outage.visit_all() == ["gtts"] * 2 + ["espeak"] * 6
    assert outage.requests > 500
    assert min(asked[phase] for phase in PHASES) >= 1
    assert asked.total() < 20
    heal(outage)
    assert outage.visit_all() == ["gtts"] * 8
