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
def heard(resources: Resources, tmp_path: Path) -> Resources:
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


def test_a_pictures_form_that_is_lost_is_made_again(heard: Resources, store: Path) -> None:
    illustrator = Illustrator(heard)
    while illustrator.make_next():
        """Every picture in turn."""
    before = files(store)
    for path in store.glob("*.jpg"):
        path.unlink()
    assert isinstance(run(heard, "check").exception, NotFoundError)
    assert run(heard, "check", "--mend").exception is None
    while illustrator.make_next():
        """Those that were lost."""
    assert files(store) == before
    assert run(heard, "check").exception is None


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


def test_nothing_is_lost_where_everything_is_there(heard: Resources) -> None:
    checked = run(heard, "check", "--mend")
    assert checked.exception is None
    assert checked.stdout == "0 files lost\n0 narrations are made again\n"


def test_what_is_lost_is_told_and_left_as_it_is(heard: Resources, store: Path) -> None:
    lost = str(narration(heard).chapters_media)
    (store / lost).unlink()
    checked = run(heard, "check")
    assert checked.stdout == f"lost      {lost}  narration.chapters_media\n1 files lost\n"
    assert "1 files of narration.chapters_media are lost; --mend has" in str(checked.exception)
    assert narration(heard).state == "ready"


@pytest.mark.parametrize(
    "column", ["opus_media", "mp3_media", "vtt_media", "words_media", "chapters_media"]
)
def test_a_sound_of_which_a_file_is_lost_is_made_again(
    heard: Resources, store: Path, column: str
) -> None:
    before = files(store)
    (store / getattr(narration(heard), column)).unlink()
    checked = run(heard, "check", "--mend")
    assert checked.stdout.endswith("1 narrations are made again\n")
    assert narration(heard).failure == "its sound was lost from the media store"
    assert open_renderer(heard).render_due() == 1
    assert files(store) == before


@pytest.mark.parametrize("column", ["opus_media", "mp3_media"])
def test_a_mastered_sentence_that_is_lost_is_forgotten(
    heard: Resources, store: Path, column: str
) -> None:
    [first, second] = mastered(heard)
    (store / getattr(first, column)).unlink()
    assert run(heard, "check", "--mend").stdout.endswith("0 narrations are made again\n")
    assert [each.media for each in mastered(heard)] == [second.media]


def test_until_it_is_made_again_no_visitor_is_sent_to_a_lost_file(
    heard: Resources, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "LONGEST_DOUBT_S", -1)
    visitors = Sides.of(create_app(heard), heard)
    visitors.restore()
    assert ".mp3" in visitors.edge.get(NARRATION).text
    (store / str(narration(heard).mp3_media)).unlink()
    run(heard, "check", "--mend")
    assert visitors.edge.get(NARRATION).status_code == 404
    for address in ("/fr/arrets/terril", "/api/v1/stops", "/Q/7K2M9Q"):
        assert ".mp3" not in visitors.assert_alike(address).text


def test_a_file_that_was_cut_short_is_made_again(heard: Resources, store: Path) -> None:
    cut = store / str(narration(heard).opus_media)
    whole = cut.read_bytes()
    cut.write_bytes(whole[:100])
    run(heard, "check", "--mend")
    open_renderer(heard).render_due()
    assert cut.read_bytes() == whole


def test_a_lost_sentence_is_forgotten_and_the_rest_stays(heard: Resources, store: Path) -> None:
    previewed = preview(heard)
    kept, lost = sorted(sentences(heard))
    (store / lost).unlink()
    assert run(heard, "check", "--mend").exception is None
    assert sentences(heard) == {kept}
    assert narration(heard).state == "ready"
    assert previewed <= files(store)
    assert find_lost(heard.database, heard.media) == []


def test_a_lost_preview_is_gone(heard: Resources, store: Path) -> None:
    (store / min(preview(heard))).unlink()
    assert run(heard, "check", "--mend").exception is None
    assert find_lost(heard.database, heard.media) == []


def test_a_lost_batch_of_signs_is_gone_and_the_others_stay(heard: Resources, store: Path) -> None:
    files = {key: heard.media.put(key.encode(), suffix="pdf") for key in ("kept", "lost")}
    by = operator("tests", now=datetime.now(UTC))
    with heard.database.transaction() as session:
        person = create_person(session, email="a@b.fr", name="", roles=["publication"], by=by)
        session.flush()
        values = {"person_id": person.id, "ordered": {}, "signs": 1, "state": "ready"}
        times = {"attempts": 1, "created_at": by.at, "ends_at": by.at + timedelta(hours=1)}
        for key, name in files.items():
            session.add(SignBatch(id=key, file_media=name, file_bytes=4, **values, **times))
    (store / files["lost"]).unlink()
    assert run(heard, "check", "--mend").exception is None
    with heard.database.reading() as session:
        assert list(session.scalars(select(SignBatch.id))) == ["kept"]
    assert find_lost(heard.database, heard.media) == []


def test_a_lost_drawing_comes_back_with_the_next_import(
    heard: Resources, store: Path, tmp_path: Path
) -> None:
    next(store.glob("*.svg")).unlink()
    checked = run(heard, "check", "--mend")
    assert "1 files of stop.drawing_media are lost; bring them back" in str(checked.exception)
    seed(heard, tmp_path / "stops")
    assert find_lost(heard.database, heard.media) == []


def test_what_is_named_is_never_collected(heard: Resources, store: Path) -> None:
    preview(heard)
    before = files(store)
    for path in store.iterdir():
        grow_old(path)
    assert run(heard, "collect", "--delete").stdout.endswith("; 0 deleted\n")
    assert files(store) == before


def test_an_old_orphan_is_told_first_and_deleted_when_asked(heard: Resources, store: Path) -> None:
    before = files(store)
    orphan = heard.media.put(b"RIFF", suffix="wav")
    grow_old(store / orphan)
    told = run(heard, "collect").stdout
    assert told.startswith(f"orphan    {orphan}  4 bytes\n1 files, 4 bytes, that nothing names")
    assert files(store) == before | {orphan}
    assert run(heard, "collect", "--delete").stdout.endswith("; 1 deleted\n")
    assert files(store) == before


def test_a_young_orphan_is_spared_for_a_commit_may_be_about_to_name_it(
    heard: Resources, store: Path
) -> None:
    orphan = heard.media.put(b"RIFF", suffix="wav")
    run(heard, "collect", "--delete")
    assert orphan in files(store)


def test_an_old_orphan_that_is_written_again_is_young(heard: Resources, store: Path) -> None:
    orphan = heard.media.put(b"RIFF", suffix="wav")
    grow_old(store / orphan)
    heard.media.put(b"RIFF", suffix="wav")
    assert find_orphans(heard.database, heard.media, now=datetime.now(UTC)) == []


def test_what_a_killed_process_left_half_written_is_collected(
    heard: Resources, store: Path
) -> None:
    for name in (".staged-x", ".gitkeep", "notes.txt"):
        (store / name).touch()
        grow_old(store / name)
    run(heard, "collect", "--delete")
    assert not (store / ".staged-x").exists()
    assert {".gitkeep", "notes.txt"} <= files(store)


def test_files_of_a_table_that_this_release_does_not_know_are_spared(
    heard: Resources, store: Path
) -> None:
    named = heard.media.put(b"RIFF", suffix="wav")
    grow_old(store / named)
    with heard.database.transaction() as session:
        session.execute(text("CREATE TABLE newer (picture_media VARCHAR)"))
        session.execute(text("INSERT INTO newer VALUES (:name)"), {"name": named})
    run(heard, "collect", "--delete")
    assert named in files(store)
