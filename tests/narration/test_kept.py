from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from tourapp.narration.engines.protocol import TimedWord
from tourapp.narration.kept import find_mastered, find_sentence, keep_mastered, keep_sentence
from tourapp.resources import Resources

NOON = datetime(2026, 6, 21, 12, tzinfo=UTC)
WORD = TimedWord(0, 8, 0.0, 0.662)


def test_a_sentence_is_found_once_it_is_kept(resources: Resources) -> None:
    with resources.database.transaction() as session:
        assert find_sentence(session, "digest") is None
        keep_sentence(session, "digest", "a.flac", words=[WORD], now=NOON)
        kept = find_sentence(session, "digest")
        assert kept
        assert (kept.media, kept.words) == ("a.flac", [[0, 8, 0.0, 0.662]])


def test_a_sentence_kept_by_several_at_once_is_kept_once(resources: Resources) -> None:
    def keep(number: int) -> None:
        with resources.database.transaction() as session:
            keep_sentence(session, "digest", f"{number}.flac", words=[], now=NOON)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(keep, range(16)))
    with resources.database.reading() as session:
        assert find_sentence(session, "digest") is not None


def keep(resources: Resources, opus_media: str, *, mastering: int = 1) -> None:
    names = {"opus_media": opus_media, "mp3_media": "a.mp3"}
    with resources.database.transaction() as session:
        keep_mastered(session, "a.flac", mastering=mastering, samples=24_000, **names)


def test_what_two_masterings_made_of_a_sentence_is_never_mixed(resources: Resources) -> None:
    keep(resources, "older.opus")
    with resources.database.reading() as session:
        assert find_mastered(session, "a.flac", mastering=2) is None
    keep(resources, "newer.opus", mastering=2)
    with resources.database.reading() as session:
        kept = [find_mastered(session, "a.flac", mastering=version) for version in (1, 2)]
    assert [each.opus_media for each in kept if each] == ["older.opus", "newer.opus"]


def test_a_sentence_mastered_again_stands_in_the_place_of_what_was_lost(
    resources: Resources,
) -> None:
    keep(resources, "lost.opus")
    keep(resources, "made again.opus")
    with resources.database.reading() as session:
        kept = find_mastered(session, "a.flac", mastering=1)
    assert kept
    assert kept.opus_media == "made again.opus"
