from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from tourapp.narration.models import Narration, Recipe
from tourapp.narration.services import (
    Claim,
    LeaseLostError,
    Rendered,
    claim_next,
    count_attempts,
    count_due,
    postpone_engine,
    record_failure,
    record_ready,
    release,
    renew_lease,
)
from tourapp.narration.voicing import Voicing
from tourapp.narration.wanting import want_narrations
from tourapp.resources import Resources
from tourapp.stops.services import add_revision, content_of, get_head, get_narrative, get_stop

NOON = datetime(2026, 6, 21, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOTH = Voicing(engines=("gtts", "espeak"), version=101)
PLAIN = replace(BOTH, engines=("espeak",))
CLIP = Rendered(
    voice="fr",
    duration_s=2.5,
    opus_media="a.opus",
    opus_bytes=10,
    mp3_media="a.mp3",
    mp3_bytes=20,
    vtt_media="a.vtt",
    words_media=None,
    chapters_media="b.vtt",
    chapters=[{"start_s": 0.3, "end_s": 2.0, "text": "Le terril est noir."}],
    cues=[{"start_s": 0.3, "end_s": 2.0, "text": "Le terril est noir."}],
)


@pytest.fixture
def want(seeded: Resources) -> Callable[..., int]:
    """Return what wants the narrations of the four published narratives, and counts the due."""

    def wanting(voicing: Voicing = BOTH, *, now: datetime = NOON) -> int:
        with seeded.database.transaction() as session:
            want_narrations(session, voicing, now=now)
            return count_due(session, voicing, now=now)

    return wanting


@pytest.fixture
def claim(seeded: Resources) -> Callable[..., Claim | None]:
    """Return what claims the next narration, for a minute."""

    def claiming(voicing: Voicing = BOTH, *, now: datetime = NOON) -> Claim | None:
        with seeded.database.transaction() as session:
            return claim_next(session, voicing, lease_s=60, now=now)

    return claiming


Want = Callable[..., int]
Take = Callable[..., Claim]


def finish(resources: Resources, claim: Claim, *, now: datetime = NOON) -> None:
    with resources.database.transaction() as session:
        record_ready(session, claim, CLIP, now=now)


def fail(resources: Resources, claim: Claim, *, now: datetime = NOON) -> None:
    with resources.database.transaction() as session:
        record_failure(session, claim, "no voice today", now=now)


def narration(resources: Resources, claim: Claim) -> Narration:
    with resources.database.reading() as session:
        return session.scalars(select(Narration).where(Narration.id == claim.narration_id)).one()


def set_all(resources: Resources, **values: object) -> None:
    recipes = select(Recipe.name).where(Recipe.version == BOTH.version)
    mine = update(Narration).where(Narration.recipe.in_(recipes))
    with resources.database.transaction() as session:
        session.execute(mine.values(**values))


def test_each_published_text_wants_one_narration_an_engine(want: Want) -> None:
    assert want(PLAIN) == 4
    assert want(BOTH) == 8


def test_what_is_wanted_is_wanted_once(want: Want) -> None:
    assert [want(), want()] == [8, 8]


def test_several_may_want_the_same_at_once(want: Want) -> None:
    with ThreadPoolExecutor(8) as threads:
        counted = list(threads.map(lambda _: want(), range(16)))
    assert counted == [8] * 16


def test_another_version_wants_everything_again(want: Want) -> None:
    want()
    assert want(replace(BOTH, version=102)) == 8


def test_nothing_is_wanted_where_nothing_is_published(resources: Resources) -> None:
    with resources.database.transaction() as session:
        want_narrations(session, BOTH, now=NOON)
        assert count_due(session, BOTH, now=NOON) == 0


def test_a_text_that_is_not_published_is_not_wanted(seeded: Resources, want: Want) -> None:
    want()
    with seeded.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        content = content_of(get_head(session, narrative))
        add_revision(session, narrative, content, origin="staff", now=NOON)
    assert want() == 8


def test_a_claim_holds_what_the_rendering_needs(want: Want, claim: Take) -> None:
    want()
    taken = claim()
    assert (taken.engine, taken.lang, taken.attempts) == ("espeak", "fr", 1)
    assert (taken.stop_number, taken.title) == (1, "Montée du terril")
    assert taken.text.startswith("Le terril est noir.")


def test_a_plain_voice_comes_first_and_then_the_best_by_the_stops_numbers(
    want: Want, claim: Take
) -> None:
    best_first = Voicing(engines=("gtts", "piper", "espeak"), version=BOTH.version)
    want(best_first)
    order = [claim(best_first) for _ in range(12)]
    assert [taken.engine for taken in order] == ["espeak"] * 4 + ["gtts"] * 4 + ["piper"] * 4
    # French is what most people hear, and what stands where another language lacks its sound.
    assert [taken.stop_number for taken in order] == [1, 2, 3, 2] * 3


def test_what_a_better_engine_has_spoken_is_not_rendered(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want(replace(BOTH, engines=("gtts",)))
    for _ in range(4):
        finish(seeded, claim(replace(BOTH, engines=("gtts",))))
    assert want() == 0
    assert claim() is None


def test_what_a_worse_engine_has_spoken_is_rendered(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want()
    finish(seeded, claim())
    assert want() == 7


def test_what_an_engine_spoke_that_is_not_in_use_any_more_surpasses_nothing(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want(replace(BOTH, engines=("gtts",)))
    finish(seeded, claim(replace(BOTH, engines=("gtts",))))
    assert want(PLAIN) == 4


def test_nothing_is_claimed_before_its_time(want: Want, claim: Take) -> None:
    want(now=NOON + MINUTE)
    assert claim() is None
    assert claim(now=NOON + MINUTE)


def test_workers_at_once_never_hold_the_same_one(want: Want, claim: Take) -> None:
    want()
    with ThreadPoolExecutor(8) as threads:
        taken = [each for each in threads.map(lambda _: claim(), range(16)) if each]
    assert len(taken) == 8
    assert len({each.narration_id for each in taken}) == 8


def test_an_abandoned_one_is_taken_again_when_its_lease_has_ended(want: Want, claim: Take) -> None:
    want(PLAIN)
    abandoned = [claim(PLAIN) for _ in range(4)]
    assert claim(PLAIN, now=NOON + 0.99 * MINUTE) is None
    again = claim(PLAIN, now=NOON + MINUTE)
    assert again.narration_id == abandoned[0].narration_id
    assert (again.attempts, again.lease != abandoned[0].lease) == (2, True)


def test_a_renewed_lease_holds_longer(seeded: Resources, want: Want, claim: Take) -> None:
    want(PLAIN)
    held, *_ = [claim(PLAIN) for _ in range(4)]
    with seeded.database.transaction() as session:
        renew_lease(session, held, lease_s=60, now=NOON + 0.5 * MINUTE)
    taken = [claim(PLAIN, now=NOON + MINUTE) for _ in range(4)]
    assert held.narration_id not in {each.narration_id for each in taken if each}


@pytest.mark.parametrize(
    "record",
    [
        partial(record_ready, rendered=CLIP, now=NOON),
        partial(record_failure, reason="no voice today", now=NOON),
        partial(renew_lease, lease_s=60, now=NOON),
        release,
    ],
)
def test_whoever_lost_the_lease_records_nothing(
    seeded: Resources, want: Want, claim: Take, record: Callable[..., None]
) -> None:
    want(PLAIN)
    late, *_ = [claim(PLAIN) for _ in range(4)]
    other = claim(PLAIN, now=NOON + MINUTE)
    with (
        pytest.raises(LeaseLostError, match="was lost"),
        seeded.database.transaction() as session,
    ):
        record(session, late)
    kept = narration(seeded, late)
    assert (kept.state, kept.lease) == ("rendering", other.lease)


def test_what_is_ready_cannot_be_failed_by_a_late_worker(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want(PLAIN)
    late, *_ = [claim(PLAIN) for _ in range(4)]
    finish(seeded, claim(PLAIN, now=NOON + MINUTE))
    with pytest.raises(LeaseLostError):
        fail(seeded, late)
    assert narration(seeded, late).state == "ready"


def test_a_ready_narration_holds_all_that_was_rendered(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want()
    finish(seeded, taken := claim())
    ready = narration(seeded, taken)
    assert Rendered(**{name: getattr(ready, name) for name in Rendered.__slots__}) == CLIP
    assert (ready.rendered_at, ready.lease, ready.lease_ends_at) == (NOON, None, None)


def test_a_failure_is_kept_and_tried_again_half_a_minute_later(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want()
    fail(seeded, taken := claim())
    failed = narration(seeded, taken)
    assert (failed.state, failed.failure) == ("failed", "no voice today")
    assert failed.next_attempt_at == NOON + 0.5 * MINUTE


def test_what_failed_is_claimed_after_what_was_not_tried(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want(PLAIN)
    fail(seeded, failed := claim(PLAIN))
    order = [claim(PLAIN, now=NOON + MINUTE) for _ in range(4)]
    assert order[-1].narration_id == failed.narration_id
    assert narration(seeded, failed).failure is None


def test_a_released_narration_is_as_if_it_had_not_been_taken(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want()
    taken = claim()
    with seeded.database.transaction() as session:
        release(session, taken)
    again = claim()
    assert (again.narration_id, again.attempts) == (taken.narration_id, 1)


def test_an_engine_is_postponed_as_a_whole_and_no_other(
    seeded: Resources, want: Want, claim: Take
) -> None:
    want()
    with seeded.database.transaction() as session:
        postpone_engine(session, "espeak", until=NOON + MINUTE)
    assert claim().engine == "gtts"
    assert want(PLAIN) == 0
    assert want(PLAIN, now=NOON + MINUTE) == 4


def test_postponing_never_brings_forward(seeded: Resources, want: Want) -> None:
    want(PLAIN)
    set_all(seeded, next_attempt_at=NOON + 2 * MINUTE)
    with seeded.database.transaction() as session:
        postpone_engine(session, "espeak", until=NOON + MINUTE)
    assert want(PLAIN, now=NOON + MINUTE) == 0


def test_the_failures_of_an_engine_add_up_whatever_the_text(
    seeded: Resources, want: Callable[..., int], claim: Callable[..., Claim | None]
) -> None:
    want()
    for _ in range(3):
        taken = claim(replace(BOTH, engines=("gtts",)))
        assert taken is not None
        with seeded.database.transaction() as session:
            record_failure(session, taken, "no network", now=NOON)
    with seeded.database.reading() as session:
        assert count_attempts(session, "gtts") == 3
        assert count_attempts(session, "espeak") == 0
