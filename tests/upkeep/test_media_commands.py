"""`tourapp media`: what is lost is found and made again, what nobody names goes after a day."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from tests.narration.workshop import open_workshop
from tests.publishing.edges import Sides
from tourapp.accounts.services import create_person, operator
from tourapp.app import create_app
from tourapp.errors import NotFoundError
from tourapp.narration.models import MasteredSentence, Narration, Preview, Sentence
from tourapp.narration.previews.previewing import open_previewer
from tourapp.narration.previews.services import request_preview
from tourapp.narration.rendering import open_renderer
from tourapp.publishing import listening
from tourapp.publishing.commands import seed
from tourapp.publishing.picturing import Illustrator
from tourapp.resources import Resources
from tourapp.signage.plates.models import SignBatch
from tourapp.upkeep.commands import media
from tourapp.upkeep.comparing import find_lost, find_orphans

NARRATION = "/api/v1/stops/terril/narrations/fr"


@pytest.fixture
def spoken(resources: Resources, tmp_path: Path) -> Resources:
    """Publish one stop, and speak it."""
    open_workshop(resources, tmp_path)
    open_renderer(resources).render_due()
    return resources


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return the folder of the files."""
    return tmp_path / "media"


def run(resources: Resources, *arguments: str) -> Result:
    return CliRunner().invoke(media, arguments, obj=resources, standalone_mode=False)


def narration(resources: Resources) -> Narration:
    with resources.database.reading() as session:
        return session.scalars(select(Narration)).one()


def sentences(resources: Resources) -> set[str]:
    with resources.database.reading() as session:
        return set(session.scalars(select(Sentence.media)))


def mastered(resources: Resources) -> list[MasteredSentence]:
    with resources.database.reading() as session:
        return list(session.scalars(select(MasteredSentence).order_by(MasteredSentence.media)))


def files(store: Path) -> set[str]:
    return {path.name for path in store.iterdir()}


def grow_old(path: Path) -> None:
    two_days_ago = datetime.now(UTC).timestamp() - 2 * 86_400
    os.utime(path, (two_days_ago, two_days_ago))


def test_a_pictures_form_that_is_lost_is_made_again(spoken: Resources, store: Path) -> None:
    illustrator = Illustrator(spoken)
    while illustrator.make_next():
        """Every picture in turn."""
    before = files(store)
    for path in store.glob("*.jpg"):
        path.unlink()
    assert isinstance(run(spoken, "check").exception, NotFoundError)
    assert run(spoken, "check", "--mend").exception is None
    while illustrator.make_next():
        """Those that were lost."""
    assert files(store) == before
    assert run(spoken, "check").exception is None


def preview(resources: Resources) -> set[str]:
    """Have a text spoken that is not saved, and return its files."""
    by = operator("tests", now=datetime.now(UTC))
    with resources.database.transaction() as session:
        person = create_person(session, email="a@b.fr", name="", roles=["redaction"], by=by)
        session.flush()
        asked = request_preview(session, "Sentez.", lang="fr", by=replace(by, person_id=person.id))
    open_previewer(resources).speak_wanted()
    with resources.database.reading() as session:
        made = session.get_one(Preview, asked.id)
        return {str(made.opus_media), str(made.mp3_media)}


def test_nothing_is_lost_where_everything_is_there(spoken: Resources) -> None:
    checked = run(spoken, "check", "--mend")
    assert checked.exception is None
    assert checked.stdout == "0 files lost\n0 narrations are made again\n"


def test_what_is_lost_is_told_and_left_as_it_is(spoken: Resources, store: Path) -> None:
    lost = str(narration(spoken).chapters_media)
    (store / lost).unlink()
    checked = run(spoken, "check")
    assert checked.stdout == f"lost      {lost}  narration.chapters_media\n1 files lost\n"
    assert "1 files of narration.chapters_media are lost; --mend has" in str(checked.exception)
    assert narration(spoken).state == "ready"


@pytest.mark.parametrize(
    "column", ["opus_media", "mp3_media", "vtt_media", "words_media", "chapters_media"]
)
def test_a_sound_of_which_a_file_is_lost_is_made_again(
    spoken: Resources, store: Path, column: str
) -> None:
    before = files(store)
    (store / getattr(narration(spoken), column)).unlink()
    checked = run(spoken, "check", "--mend")
    assert checked.stdout.endswith("1 narrations are made again\n")
    assert narration(spoken).failure == "its sound was lost from the media store"
    assert open_renderer(spoken).render_due() == 1
    assert files(store) == before


@pytest.mark.parametrize("column", ["opus_media", "mp3_media"])
def test_a_mastered_sentence_that_is_lost_is_forgotten(
    spoken: Resources, store: Path, column: str
) -> None:
    [first, second] = mastered(spoken)
    (store / getattr(first, column)).unlink()
    assert run(spoken, "check", "--mend").stdout.endswith("0 narrations are made again\n")
    assert [each.media for each in mastered(spoken)] == [second.media]


def test_until_it_is_made_again_no_visitor_is_sent_to_a_lost_file(
    spoken: Resources, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "LONGEST_DOUBT_S", -1)
    visitors = Sides.of(create_app(spoken), spoken)
    visitors.restore()
    assert ".mp3" in visitors.edge.get(NARRATION).text
    (store / str(narration(spoken).mp3_media)).unlink()
    run(spoken, "check", "--mend")
    assert visitors.edge.get(NARRATION).status_code == 404
    for address in ("/fr/arrets/terril", "/api/v1/stops", "/Q/7K2M9Q"):
        assert ".mp3" not in visitors.assert_alike(address).text


def test_a_file_that_was_cut_short_is_made_again(spoken: Resources, store: Path) -> None:
    cut = store / str(narration(spoken).opus_media)
    whole = cut.read_bytes()
    cut.write_bytes(whole[:100])
    run(spoken, "check", "--mend")
    open_renderer(spoken).render_due()
    assert cut.read_bytes() == whole


def test_a_lost_sentence_is_forgotten_and_the_rest_stays(spoken: Resources, store: Path) -> None:
    previewed = preview(spoken)
    kept, lost = sorted(sentences(spoken))
    (store / lost).unlink()
    assert run(spoken, "check", "--mend").exception is None
    assert sentences(spoken) == {kept}
    assert narration(spoken).state == "ready"
    assert previewed <= files(store)
    assert find_lost(spoken.database, spoken.media) == []


def test_a_lost_preview_is_gone(spoken: Resources, store: Path) -> None:
    (store / min(preview(spoken))).unlink()
    assert run(spoken, "check", "--mend").exception is None
    assert find_lost(spoken.database, spoken.media) == []


def test_a_lost_batch_of_signs_is_gone_and_the_others_stay(spoken: Resources, store: Path) -> None:
    files = {key: spoken.media.put(key.encode(), suffix="pdf") for key in ("kept", "lost")}
    by = operator("tests", now=datetime.now(UTC))
    with spoken.database.transaction() as session:
        person = create_person(session, email="a@b.fr", name="", roles=["publication"], by=by)
        session.flush()
        values = {"person_id": person.id, "ordered": {}, "signs": 1, "state": "ready"}
        times = {"attempts": 1, "created_at": by.at, "ends_at": by.at + timedelta(hours=1)}
        for key, name in files.items():
            session.add(SignBatch(id=key, file_media=name, file_bytes=4, **values, **times))
    (store / files["lost"]).unlink()
    assert run(spoken, "check", "--mend").exception is None
    with spoken.database.reading() as session:
        assert list(session.scalars(select(SignBatch.id))) == ["kept"]
    assert find_lost(spoken.database, spoken.media) == []


def test_a_lost_drawing_comes_back_with_the_next_import(
    spoken: Resources, store: Path, tmp_path: Path
) -> None:
    next(store.glob("*.svg")).unlink()
    checked = run(spoken, "check", "--mend")
    assert "1 files of stop.drawing_media are lost; bring them back" in str(checked.exception)
    seed(spoken, tmp_path / "stops")
    assert find_lost(spoken.database, spoken.media) == []


def test_what_is_named_is_never_collected(spoken: Resources, store: Path) -> None:
    preview(spoken)
    before = files(store)
    for path in store.iterdir():
        grow_old(path)
    assert run(spoken, "collect", "--delete").stdout.endswith("; 0 deleted\n")
    assert files(store) == before


def test_an_old_orphan_is_told_first_and_deleted_when_asked(spoken: Resources, store: Path) -> None:
    before = files(store)
    orphan = spoken.media.put(b"RIFF", suffix="wav")
    grow_old(store / orphan)
    told = run(spoken, "collect").stdout
    assert told.startswith(f"orphan    {orphan}  4 bytes\n1 files, 4 bytes, that nothing names")
    assert files(store) == before | {orphan}
    assert run(spoken, "collect", "--delete").stdout.endswith("; 1 deleted\n")
    assert files(store) == before


def test_a_young_orphan_is_spared_for_a_commit_may_be_about_to_name_it(
    spoken: Resources, store: Path
) -> None:
    orphan = spoken.media.put(b"RIFF", suffix="wav")
    run(spoken, "collect", "--delete")
    assert orphan in files(store)


def test_an_old_orphan_that_is_written_again_is_young(spoken: Resources, store: Path) -> None:
    orphan = spoken.media.put(b"RIFF", suffix="wav")
    grow_old(store / orphan)
    spoken.media.put(b"RIFF", suffix="wav")
    assert find_orphans(spoken.database, spoken.media, now=datetime.now(UTC)) == []


def test_what_a_killed_process_left_half_written_is_collected(
    spoken: Resources, store: Path
) -> None:
    for name in (".staged-x", ".gitkeep", "notes.txt"):
        (store / name).touch()
        grow_old(store / name)
    run(spoken, "collect", "--delete")
    assert not (store / ".staged-x").exists()
    assert {".gitkeep", "notes.txt"} <= files(store)


def test_files_of_a_table_that_this_release_does_not_know_are_spared(
    spoken: Resources, store: Path
) -> None:
    named = spoken.media.put(b"RIFF", suffix="wav")
    grow_old(store / named)
    with spoken.database.transaction() as session:
        session.execute(text("CREATE TABLE newer (picture_media VARCHAR)"))
        session.execute(text("INSERT INTO newer VALUES (:name)"), {"name": named})
    run(spoken, "collect", "--delete")
    assert named in files(store)
