from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tourapp.narration.models import Narration
from tourapp.narration.queries import (
    Heard,
    count_silent,
    count_silent_stops,
    find_heard,
    find_heard_of,
    list_failures,
)
from tourapp.narration.voicing import Voicing
from tourapp.publishing.services import publish_revision
from tourapp.resources import Resources
from tourapp.stops.models import Narrative, Revision
from tourapp.stops.services import add_revision, content_of, get_head, get_narrative, get_stop

NOON = datetime(2026, 6, 21, 12, tzinfo=UTC)
ENGINES = ("gtts", "espeak")
NOTHING_WANTED = Voicing(engines=(), version=101)
GIVEN: dict[str, dict[str, object]] = {
    "ready": {
        "voice": "fr",
        "duration_s": 2.5,
        "opus_media": "a.opus",
        "opus_bytes": 10,
        "mp3_media": "a.mp3",
        "mp3_bytes": 20,
        "vtt_media": "a.vtt",
        "cues": [],
        "chapters": [],
        "rendered_at": NOON,
    },
    "failed": {"failure": "no voice today"},
    "wanted": {},
}


class Terril:
    """The first stop's text, its revisions and its narrations."""

    def __init__(self, resources: Resources) -> None:
        self.database = resources.database
        with self.database.reading() as session:
            self.revision = get_head(session, self._narrative(session))

    def narrate(
        self,
        engine: str = "espeak",
        *,
        recipe: str = "first",
        state: str = "ready",
        revision: Revision | None = None,
        **given: object,
    ) -> int:
        """Write a narration that is there already, and return its id."""
        row = Narration(
            revision_id=(revision or self.revision).id,
            engine=engine,
            recipe=recipe,
            state=state,
            attempts=1,
            next_attempt_at=NOON,
            **GIVEN[state] | given,
        )
        with self.database.transaction() as session:
            session.add(row)
            session.flush()
            return row.id

    def correct(self) -> Revision:
        """Publish a new revision of the text."""
        with self.database.transaction() as session:
            narrative = self._narrative(session)
            head = content_of(get_head(session, narrative))
            content = replace(head, text=f"{head.text}\n\nEncore.")
            new = add_revision(session, narrative, content, origin="staff", now=NOON)
            publish_revision(session, narrative, new, voicing=NOTHING_WANTED, now=NOON)
        return new

    def heard(
        self, revision: Revision | None = None, *, engines: Sequence[str] = ENGINES
    ) -> Heard | None:
        with self.database.reading() as session:
            return find_heard(session, revision or self.revision, engines=engines)

    @staticmethod
    def _narrative(session: Session) -> Narrative:
        return get_narrative(session, get_stop(session, "terril"), lang="fr")


@pytest.fixture
def terril(seeded: Resources) -> Terril:
    return Terril(seeded)


def heard_id(heard: Heard | None) -> int | None:
    return heard.narration.id if heard else None


@pytest.mark.parametrize("state", ["wanted", "failed"])
def test_nothing_is_heard_while_no_narration_is_ready(terril: Terril, state: str) -> None:
    terril.narrate(state=state)
    assert terril.heard() is None


def test_a_plain_voice_is_provisional_while_a_better_one_is_in_use(terril: Terril) -> None:
    terril.narrate("espeak")
    heard = terril.heard()
    assert heard
    assert (heard.provisional, heard.older_than_text) == (True, False)


def test_the_best_engine_is_heard_for_good(terril: Terril) -> None:
    best = terril.narrate("gtts")
    terril.narrate("espeak")
    heard = terril.heard()
    assert heard
    assert (heard.narration.id, heard.provisional) == (best, False)


def test_the_only_engine_is_not_provisional(terril: Terril) -> None:
    terril.narrate("espeak")
    heard = terril.heard(engines=("espeak",))
    assert heard
    assert not heard.provisional


def test_an_engine_no_longer_in_use_is_heard_until_one_in_use_has_spoken(terril: Terril) -> None:
    terril.narrate("piper")
    heard = terril.heard()
    assert heard
    assert heard.provisional
    plain = terril.narrate("espeak")
    assert heard_id(terril.heard()) == plain


def test_the_newest_recipe_is_heard(terril: Terril) -> None:
    terril.narrate(recipe="first")
    newest = terril.narrate(recipe="second")
    assert heard_id(terril.heard()) == newest


def test_a_corrected_text_keeps_the_old_sound_until_it_has_its_own(terril: Terril) -> None:
    old = terril.narrate("gtts")
    corrected = terril.correct()
    heard = terril.heard(corrected)
    assert heard
    assert (heard.narration.id, heard.older_than_text) == (old, True)
    new = terril.narrate("espeak", revision=corrected)
    heard = terril.heard(corrected)
    assert heard
    assert (heard.narration.id, heard.older_than_text, heard.provisional) == (new, False, True)


def test_the_newest_of_older_sounds_is_kept(terril: Terril) -> None:
    terril.narrate()
    newer = terril.narrate(revision=terril.correct())
    assert heard_id(terril.heard(terril.correct())) == newer


def test_a_sound_of_a_later_text_is_not_heard_with_an_earlier_one(terril: Terril) -> None:
    terril.narrate(revision=terril.correct())
    assert terril.heard() is None


def test_many_texts_are_looked_up_together(terril: Terril) -> None:
    mine = terril.narrate()
    with terril.database.reading() as session:
        revisions = session.scalars(select(Revision)).all()
        heard = find_heard_of(session, revisions, engines=ENGINES)
        assert find_heard_of(session, [], engines=ENGINES) == {}
    assert {key: found.narration.id for key, found in heard.items()} == {terril.revision.id: mine}


def test_a_text_is_silent_until_any_sound_of_it_is_there(terril: Terril) -> None:
    with terril.database.reading() as session:
        assert count_silent(session) == 4
    terril.narrate()
    terril.correct()
    with terril.database.reading() as session:
        assert count_silent(session) == 3


def test_what_is_not_published_is_not_silent(resources: Resources) -> None:
    with resources.database.reading() as session:
        assert count_silent(session) == 0


def test_a_stop_is_silent_until_its_french_is_spoken(terril: Terril) -> None:
    with terril.database.reading() as session:
        assert count_silent_stops(session) == 3
    terril.narrate()
    with terril.database.reading() as session:
        assert count_silent_stops(session) == 2


def test_reasons_of_failures_are_told_once(terril: Terril) -> None:
    terril.narrate("gtts", state="failed", failure="no network")
    terril.narrate("piper", state="failed", failure="a broken voice")
    terril.narrate("espeak", state="failed", failure="no network")
    with terril.database.reading() as session:
        assert list_failures(session) == ["a broken voice", "no network"]


def test_failures_with_an_earlier_text_are_forgotten(terril: Terril) -> None:
    terril.narrate(state="failed")
    terril.correct()
    with terril.database.reading() as session:
        assert list_failures(session) == []
