"""What goes wrong while a preview is spoken, and what is left of it; on SQLite alone."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.narration.workshop import NOON, Clock, FakeEngine, open_workshop, raising
from tourapp.accounts.services import Actor, create_person, operator
from tourapp.narration.engines.protocol import UnreachableError
from tourapp.narration.models import Preview
from tourapp.narration.previews.previewing import Previewer
from tourapp.narration.previews.services import MOST_ATTEMPTS, claim_preview, request_preview
from tourapp.narration.rendering import open_renderer
from tourapp.narration.studio import Studio
from tourapp.resources import Resources


@dataclass
class Booth:
    """Where texts are heard before they are saved, with an engine elsewhere and one here."""

    resources: Resources
    writer: Actor
    clock: Clock = field(default_factory=Clock)
    gtts: FakeEngine = field(default_factory=lambda: FakeEngine("gtts"))
    espeak: FakeEngine = field(default_factory=lambda: FakeEngine("espeak"))

    @property
    def previewer(self) -> Previewer:
        engines = {"gtts": self.gtts, "espeak": self.espeak}
        return Previewer(
            database=self.resources.database,
            media=self.resources.media,
            studio=Studio(engines=engines),
            lease_s=60,
            clock=self.clock,
        )

    def ask(self, text: str = "Écoutez.") -> None:
        with self.resources.database.transaction() as session:
            request_preview(session, text, lang="fr", by=self.writer)

    def claim(self) -> None:
        """Begin a preview, and never finish it."""
        with self.resources.database.transaction() as session:
            assert claim_preview(session, lease_s=60, now=self.clock())

    def all(self) -> list[Preview]:
        with self.resources.database.reading() as session:
            return list(session.scalars(select(Preview).order_by(Preview.created_at)))

    @property
    def only(self) -> Preview:
        [preview] = self.all()
        return preview


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def booth(resources: Resources) -> Booth:
    by = operator("tests", now=NOON)
    with resources.database.transaction() as session:
        person = create_person(session, email="a@b.fr", name="", roles=["redaction"], by=by)
        session.flush()
        writer = replace(by, person_id=person.id)
    return Booth(resources, writer)


def files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "media").iterdir()}


def test_no_text_leaves_the_machine_while_somebody_here_speaks(booth: Booth) -> None:
    booth.ask()
    booth.previewer.speak_wanted()
    assert (booth.only.engine, booth.gtts.attempts) == ("espeak", 0)


@pytest.mark.parametrize("how", ["fails", "has no voice"])
def test_another_engine_speaks_where_the_embedded_one_cannot(booth: Booth, how: str) -> None:
    if how == "fails":
        booth.espeak.meet = raising(UnreachableError("no data"))
    else:
        booth.espeak.voices = {}
    booth.ask()
    booth.previewer.speak_wanted()
    assert (booth.only.state, booth.only.engine) == ("ready", "gtts")


def test_where_nobody_can_speak_every_reason_is_told(booth: Booth) -> None:
    booth.espeak.voices = {}
    booth.gtts.meet = raising(UnreachableError("no network"))
    booth.ask()
    booth.previewer.speak_wanted()
    assert booth.only.failure == "espeak: espeak has no voice for 'fr'; gtts: no network"


def test_a_fault_of_ours_fails_one_preview_and_not_the_next(booth: Booth) -> None:
    booth.espeak.meet = lambda text: raising(RuntimeError())(text) if text == "Un." else None
    booth.ask("Un.")
    booth.ask("Deux.")
    booth.previewer.speak_wanted()
    first, second = booth.all()
    assert (first.failure, second.state) == ("RuntimeError()", "ready")


def test_equal_texts_have_files_of_their_own(booth: Booth) -> None:
    booth.ask()
    booth.ask()
    booth.previewer.speak_wanted()
    first, second = booth.all()
    assert first.opus_media != second.opus_media
    assert first.mp3_media != second.mp3_media


def test_a_sound_is_kept_for_an_hour_and_then_deleted_with_its_files(
    booth: Booth, tmp_path: Path
) -> None:
    booth.ask()
    booth.clock.turn(1_800)
    booth.previewer.speak_wanted()
    booth.clock.turn(3_599)
    booth.previewer.end_old()
    assert files(tmp_path) == {booth.only.opus_media, booth.only.mp3_media}
    booth.clock.turn(1)
    booth.previewer.end_old()
    assert (booth.all(), files(tmp_path)) == ([], set())


def test_what_was_never_spoken_is_deleted_too(booth: Booth) -> None:
    booth.ask()
    booth.clock.turn(3_600)
    booth.previewer.speak_wanted()
    booth.previewer.end_old()
    assert (booth.all(), booth.espeak.attempts) == ([], 0)


def test_files_of_others_stay_whatever_ends(booth: Booth, tmp_path: Path) -> None:
    open_workshop(booth.resources, tmp_path)
    open_renderer(booth.resources).render_due()
    before = files(tmp_path)
    booth.ask("Écoutez.\n\nRegardez.")
    booth.previewer.speak_wanted()
    booth.clock.turn(3_600)
    booth.previewer.end_old()
    assert files(tmp_path) == before


def test_what_a_killed_worker_began_is_spoken_by_the_next(booth: Booth) -> None:
    booth.ask()
    booth.claim()
    booth.previewer.speak_wanted()
    meanwhile = booth.only.state
    booth.clock.turn(60)
    booth.previewer.speak_wanted()
    assert (meanwhile, booth.only.state) == ("rendering", "ready")


def test_a_text_that_kills_every_worker_is_given_up(booth: Booth) -> None:
    booth.ask()
    for _ in range(MOST_ATTEMPTS):
        booth.claim()
        booth.clock.turn(60)
    booth.previewer.speak_wanted()
    booth.previewer.end_old()
    assert booth.only.failure == "the worker ended 3 times while it spoke this text"
    assert booth.espeak.attempts == 0


def test_a_preview_that_another_worker_took_over_is_left_to_it(booth: Booth) -> None:
    def be_late(_: str) -> None:
        booth.clock.turn(60)
        booth.claim()

    booth.espeak.meet = be_late
    booth.ask()
    booth.previewer.speak_wanted()
    assert (booth.only.state, booth.only.opus_media) == ("rendering", None)


def test_a_long_text_keeps_its_lease_sentence_by_sentence(booth: Booth) -> None:
    booth.espeak.meet = lambda _: booth.clock.turn(59)
    booth.ask("Un.\n\nDeux.\n\nTrois.")
    booth.previewer.speak_wanted()
    assert (booth.only.state, booth.only.attempts) == ("ready", 1)


def test_a_long_text_has_a_longer_lease_for_its_mastering(booth: Booth) -> None:
    leases_s = []

    def look(_: str) -> None:
        ends_at = booth.only.lease_ends_at
        assert ends_at
        leases_s.append((ends_at - NOON).total_seconds())

    booth.espeak.meet = look
    booth.ask("Un.\n\n" + "Deux." * 400)
    booth.previewer.speak_wanted()
    assert leases_s[:2] == pytest.approx([60, 80], abs=0.1)


def test_one_that_is_interrupted_waits_as_if_it_had_not_begun(booth: Booth) -> None:
    booth.espeak.meet = raising(KeyboardInterrupt())
    booth.ask()
    with pytest.raises(KeyboardInterrupt):
        booth.previewer.speak_wanted()
    assert (booth.only.state, booth.only.attempts) == ("wanted", 0)


def test_a_preview_asked_for_during_a_clip_is_spoken_before_its_next_sentence(
    booth: Booth, tmp_path: Path
) -> None:
    workshop = open_workshop(booth.resources, tmp_path)
    workshop.meanwhile = booth.previewer.speak_wanted
    states = []

    def look(text: str) -> None:
        if text == "Écoutez.":
            booth.ask()
        states.append(booth.only.state)

    workshop.espeak.meet = look
    assert workshop.renderer.render_due() == 1
    assert states == ["wanted", "ready"]
