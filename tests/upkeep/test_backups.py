"""`tourapp backup` and `restore`: all of it or nothing, from and to either kind of database."""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tests.installations import environment
from tests.running import wait_until
from tests.samples import write_samples
from tests.staff.desk import invited
from tests.upkeep.editor import EDIT
from tourapp.accounts.models import AuditEvent
from tourapp.accounts.posting.models import Letter
from tourapp.accounts.posting.services import Message, write_letter
from tourapp.accounts.services import get_person
from tourapp.app import create_app
from tourapp.catalogue.models import Document
from tourapp.db import Database
from tourapp.errors import ConflictError, InvalidError, UnavailableError
from tourapp.media import MediaStore
from tourapp.migrating import downgrade, upgrade
from tourapp.publishing.commands import seed
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT, Settings
from tourapp.stops.services import get_stop
from tourapp.upkeep.backups.commands import backup, restore
from tourapp.upkeep.backups.restoring import DamagedBackupError
from tourapp.upkeep.backups.rows import Summary, list_tables, summarise
from tourapp.upkeep.comparing import find_lost

EDITOR = Path(__file__).with_name("editor.py")


@pytest.fixture
def kept(site: Flask, tmp_path: Path) -> Path:
    """Return a backup of the site that tests only read."""
    target = tmp_path / "kept"
    assert saved(site.extensions["tourapp"], target).exception is None
    return target


@pytest.fixture
def empty(database_url: str, tmp_path: Path) -> Iterator[Resources]:
    """Open an installation of either kind with nothing in it, not even a table."""
    with opened(database_url, tmp_path / "empty") as resources:
        downgrade(resources.database, root=PROJECT_ROOT, revision="base")
        yield resources


@pytest.fixture
def small(sqlite_template: Path, tmp_path: Path) -> Iterator[Resources]:
    """Open an installation of one kind, where the kind does not matter."""
    (tmp_path / "small").mkdir()
    copied = shutil.copy(sqlite_template, tmp_path / "small")
    with opened(f"sqlite:///{copied}", tmp_path / "small") as resources:
        yield resources


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Resources]:
    given = environment(
        folder,
        database_url=url,
        queue_url="memory://",
        secret_key="another secret, of another machine",
        public_url="https://visite.example.fr",
    )
    resources = Resources.open(Settings.from_environ(given))
    yield resources
    resources.close()


def saved(resources: Resources, target: Path) -> Result:
    return CliRunner().invoke(backup, [str(target)], obj=resources)


def put_back(resources: Resources, source: Path, *options: str) -> Result:
    return CliRunner().invoke(restore, [str(source), *options], obj=resources)


def contents(database: Database) -> dict[str, Summary]:
    with database.reading() as session:
        connection = session.connection()
        return {table.name: summarise(connection, table) for table in list_tables(connection)}


def test_all_comes_back_on_either_kind_of_database(
    site: Flask, kept: Path, empty: Resources
) -> None:
    restored = put_back(empty, kept)
    assert restored.exception is None
    before = site.extensions["tourapp"]
    assert contents(empty.database) == contents(before.database)
    assert find_lost(empty.database, empty.media) == []
    visitor = create_app(empty).test_client()
    for path in ("/fr/arrets/terril", "/Q/7K2M9Q", "/api/v1/stops/arret-2?lang=en"):
        assert visitor.get(path).text == site.test_client().get(path).text
    assert_is_used_as_before(empty.database)


def assert_is_used_as_before(database: Database) -> None:
    """Ids go on where they were, and references are held."""
    added = "INSERT INTO person (email, name, created_at) VALUES (:email, 'A', '2026-01-01')"
    with database.transaction() as session:
        for email in ("a@b.fr", "c@d.fr"):
            session.execute(text(added), {"email": email})
    with database.transaction() as session, pytest.raises(IntegrityError):
        session.execute(text("INSERT INTO person_role (person_id, role) VALUES (99, 'guide')"))


def test_letters_that_wait_are_in_no_backup(small: Resources, tmp_path: Path) -> None:
    address = invited(small, "guide")
    with small.database.transaction() as session:
        message = Message(subject="Bonjour", text="Ceci n’est que pour vous.")
        write_letter(session, get_person(session, address), message, at=datetime.now(UTC))
    target = tmp_path / "kept"
    assert saved(small, target).exception is None
    assert not (target / "data" / "tables" / "letter.jsonl.gz").exists()
    assert put_back(small, target, "--replace").exception is None
    with small.database.reading() as session:
        assert get_person(session, address).name == address
        assert session.scalar(select(Letter)) is None


def test_editing_goes_on_meanwhile_and_one_moment_is_kept(
    seeded: Resources, environ: dict[str, str], small: Resources, tmp_path: Path
) -> None:
    target = tmp_path / "kept.tar"
    with seeded.database.transaction() as session:
        get_stop(session, "terril").closures_due_on = date(2026, 12, 1)
        session.add(a_document(b"\0\xff"))
    with editing(environ):
        assert saved(seeded, target).exception is None
        at_the_end = edits(seeded)
        wait_until(lambda: edits(seeded) > at_the_end)
    assert put_back(small, target).exception is None
    with small.database.reading() as session:
        version = get_stop(session, "terril").version
        assert get_stop(session, "terril").closures_due_on == date(2026, 12, 1)
        assert session.get_one(Document, ("/", "fr")).br == b"\0\xff"
        last = session.scalars(
            select(AuditEvent).where(AuditEvent.action == EDIT).order_by(AuditEvent.id.desc())
        ).first()
    assert last is not None
    assert last.detail == {"number": edits(small), "version": version}
    assert find_lost(small.database, small.media) == []


def a_document(content: bytes) -> Document:
    told = {"address": "/", "lang": "fr", "topic": "stops", "tag": "tag", "headers": []}
    return Document(**told, identity=content, gzip=content, br=content)


@contextmanager
def editing(environ: dict[str, str]) -> Iterator[None]:
    """Have somebody save all the time, in another process."""
    command = [sys.executable, str(EDITOR)]
    with subprocess.Popen(command, env=os.environ | environ, stdout=subprocess.PIPE) as editor:
        assert editor.stdout is not None
        assert editor.stdout.readline() == b"begun\n"
        yield
        editor.kill()


def edits(resources: Resources) -> int:
    with resources.database.reading() as session:
        counted = select(func.count(AuditEvent.id)).where(AuditEvent.action == EDIT)
        return session.scalar(counted) or 0


@pytest.fixture
def filled(small: Resources, tmp_path: Path) -> Resources:
    """Publish a stop where the kind of the database does not matter."""
    seed(small, write_samples(tmp_path / "stops"))
    return small


@pytest.fixture
def folder(filled: Resources, tmp_path: Path) -> Path:
    """Return a backup as a folder, to be spoilt."""
    assert saved(filled, tmp_path / "folder").exception is None
    return tmp_path / "folder"


def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    filled: Resources, tmp_path: Path
) -> None:
    downgrade(filled.database, root=PROJECT_ROOT, revision="0010")
    assert "schema 0010" in saved(filled, tmp_path / "old").stdout
    upgrade(filled.database, root=PROJECT_ROOT)
    before = contents(filled.database)
    assert put_back(filled, tmp_path / "old", "--replace").exception is None
    assert contents(filled.database) == before


def test_what_is_in_a_database_is_lost_on_purpose_only(filled: Resources, folder: Path) -> None:
    kept = contents(filled.database)
    with filled.database.transaction() as session:
        get_stop(session, "terril").number = 9
    changed = contents(filled.database)
    refused = put_back(filled, folder)
    assert isinstance(refused.exception, ConflictError)
    assert str(refused.exception) == "the database is not empty; --replace loses what is in it"
    assert contents(filled.database) == changed
    assert put_back(filled, folder, "--replace").exception is None
    assert contents(filled.database) == kept


def test_a_restore_that_fails_at_the_end_changes_nothing(
    filled: Resources, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(filled.database)
    monkeypatch.setattr("tourapp.upkeep.backups.restoring.summarise", lambda *_: None)
    failed = put_back(filled, folder, "--replace")
    assert "does not say what it said when the backup was made" in str(failed.exception)
    assert contents(filled.database) == before


def test_a_backup_is_proved_whole_by_a_common_tool(folder: Path) -> None:
    command = ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt"]
    subprocess.run(command, cwd=folder, check=True)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    listed = (folder / "manifest-sha256.txt").read_text().split()[1::2]
    assert files - {"bagit.txt", "manifest-sha256.txt"} == set(listed)


def test_a_backup_is_read_by_its_owner_alone(folder: Path, filled: Resources) -> None:
    saved(filled, folder.with_name("one.tar"))
    assert folder.stat().st_mode & 0o077 == 0
    assert folder.with_name("one.tar").stat().st_mode & 0o077 == 0


def test_a_backup_says_what_is_in_it_and_that_the_key_is_not(
    filled: Resources, tmp_path: Path
) -> None:
    told = saved(filled, tmp_path / "told.tar")
    assert " files (" in told.stdout
    assert "The secret key is not in it" in told.output
    everything = b"".join(path.read_bytes() for path in tmp_path.glob("told*"))
    assert filled.settings.secret_key.encode() not in everything


def test_a_backup_replaces_nothing(filled: Resources, folder: Path) -> None:
    refused = saved(filled, folder)
    assert str(refused.exception) == f"{folder} is there already; a backup replaces nothing"


def test_a_disk_that_refuses_is_told_and_leaves_nothing(filled: Resources, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = saved(filled, tmp_path / "file" / "kept.tar")
    assert isinstance(refused.exception, UnavailableError)
    assert not list(tmp_path.rglob(".backup-*"))


def test_a_database_without_tables_is_nothing_to_back_up(small: Resources, tmp_path: Path) -> None:
    downgrade(small.database, root=PROJECT_ROOT, revision="base")
    refused = saved(small, tmp_path / "none")
    assert isinstance(refused.exception, ConflictError)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"cut short")])
def test_a_file_that_was_lost_before_is_told(
    filled: Resources, tmp_path: Path, lose: Callable[[Path], object]
) -> None:
    [drawing] = (tmp_path / "small" / "media").glob("*.svg")
    lose(drawing)
    assert f"lost     {drawing.name}" in saved(filled, tmp_path / "lost").stdout
    put_back(filled, tmp_path / "lost", "--replace")
    with filled.database.reading() as session:
        assert get_stop(session, "terril").drawing_media == drawing.name


def test_a_file_whose_row_goes_meanwhile_is_told(
    filled: Resources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [drawing] = (tmp_path / "small" / "media").glob("*.svg")

    def forget(media: MediaStore, name: str) -> bytes:
        media.delete(name)
        with filled.database.transaction() as session:
            get_stop(session, "terril").drawing_media = ""
        return b""

    monkeypatch.setattr(MediaStore, "read", forget)
    assert f"gone     {drawing.name}" in saved(filled, tmp_path / "gone").stdout


def test_a_folder_and_one_file_hold_the_same(
    filled: Resources, folder: Path, small: Resources
) -> None:
    one = folder.with_name("one.tar")
    saved(filled, one)
    with tarfile.open(one) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert names == {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    before = contents(small.database)
    assert put_back(small, one, "--replace").exception is None
    assert contents(small.database) == before


Spoiling = Callable[[Path], object]


def spoil_media(folder: Path) -> None:
    next(folder.glob("data/media/*.svg")).write_bytes(b"<svg/>")


def spoil_rows(folder: Path) -> None:
    (folder / "data/tables/stop.jsonl.gz").write_bytes(gzip.compress(b"[]\n"))


def spoil_many(folder: Path) -> None:
    for number in range(20):
        (folder / f"data/media/{number}.svg").touch()


SPOILT: dict[str, tuple[Spoiling, str]] = {
    "another file": (spoil_media, ".svg has another hash"),
    "other rows": (spoil_rows, "data/tables/stop.jsonl.gz has another hash"),
    "a missing table": (
        lambda folder: (folder / "data/tables/stop.jsonl.gz").unlink(),
        "data/tables/stop.jsonl.gz is missing",
    ),
    "files that are not listed": (spoil_many, "; and 10 more"),
    "no manifest": (
        lambda folder: (folder / "manifest-sha256.txt").unlink(),
        "its manifest lacks data/about.json",
    ),
    "a link": (
        lambda folder: (folder / "data/link").symlink_to("/etc/passwd"),
        "data/link is a link",
    ),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_is_damaged_is_refused_and_changes_nothing(
    filled: Resources, folder: Path, spoilt: str
) -> None:
    spoil, why = SPOILT[spoilt]
    spoil(folder)
    before = contents(filled.database)
    refused = put_back(filled, folder, "--replace")
    assert isinstance(refused.exception, InvalidError)
    assert why in str(refused.exception)
    assert contents(filled.database) == before


@pytest.mark.parametrize("most", [100, 0.5])
def test_a_file_that_was_cut_short_is_refused(
    filled: Resources, tmp_path: Path, most: float
) -> None:
    cut = tmp_path / "cut.tar"
    saved(filled, cut)
    whole = cut.read_bytes()
    cut.write_bytes(whole[: int(most if most > 1 else most * len(whole))])
    assert isinstance(put_back(filled, cut, "--replace").exception, InvalidError)


def test_a_tar_with_links_is_no_backup(filled: Resources, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "odd.tar", "w") as tar:
        link = tarfile.TarInfo("odd/data/about.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    refused = put_back(filled, tmp_path / "odd.tar")
    assert str(refused.exception).endswith("odd/data/about.json is no plain file")


def test_what_is_not_there_is_told(filled: Resources, tmp_path: Path) -> None:
    refused = put_back(filled, tmp_path / "nowhere")
    assert str(refused.exception) == f"there is no backup {tmp_path / 'nowhere'}"


def test_a_file_that_changes_between_two_readings_is_refused(
    filled: Resources, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MediaStore, "put", lambda *_, **__: "another")
    refused = put_back(filled, folder, "--replace")
    assert str(refused.exception).endswith("changed while it was read")


def told_otherwise(folder: Path, **told: object) -> None:
    """Have a backup say something else of itself, with the right hash."""
    about = folder / "data" / "about.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | told))
    manifest = folder / "manifest-sha256.txt"
    lines = [line for line in manifest.read_text().splitlines() if "about.json" not in line]
    digest = hashlib.sha256(about.read_bytes()).hexdigest()
    manifest.write_text("\n".join([*lines, f"{digest}  data/about.json", ""]))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"schema": "9999"}, "of a newer release: schema 9999 is not known here"),
        ({"format": 2}, "the backup has the format 2; this release knows 1"),
        ({"tables": {}}, "the backup does not have the tables of schema"),
    ],
)
def test_a_backup_of_another_release_is_refused(
    filled: Resources, folder: Path, told: dict[str, object], why: str
) -> None:
    told_otherwise(folder, **told)
    before = contents(filled.database)
    assert why in str(put_back(filled, folder, "--replace").exception)
    assert contents(filled.database) == before


def test_a_backup_is_proved_without_being_restored(filled: Resources, folder: Path) -> None:
    before = contents(filled.database)
    checked = put_back(filled, folder, "--check")
    assert checked.stdout.endswith(f"whole    {folder}\n")
    assert contents(filled.database) == before
    spoil_media(folder)
    assert isinstance(put_back(filled, folder, "--check").exception, DamagedBackupError)


def test_memory_holds_a_file_at_a_time_and_few_rows(filled: Resources, tmp_path: Path) -> None:
    row = "INSERT INTO bulk VALUES (:media, :said)"
    with filled.database.transaction() as session:
        session.execute(text("CREATE TABLE bulk (media VARCHAR, said VARCHAR)"))
        for number in range(40):
            name = filled.media.put(bytes([number]) * 1_000_000, suffix="flac")
            session.execute(text(row), {"media": name, "said": "z" * 100_000})
            session.execute(text(row), [{"media": name, "said": str(each)} for each in range(500)])
    tracemalloc.start()
    assert saved(filled, tmp_path / "much.tar").exception is None
    assert put_back(filled, tmp_path / "much.tar", "--check").exception is None
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "much.tar").stat().st_size > 40_000_000
    assert peak < 12_000_000
