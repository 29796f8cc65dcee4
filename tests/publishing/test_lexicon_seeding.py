"""The file of the lexicon into the database and back: what staff changed is never lost."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.samples import sample_stop, write_samples
from tourapp.accounts.services import operator
from tourapp.cli import main
from tourapp.migrating import downgrade
from tourapp.narration.editing import confirm_entry, put_entry, remove_entry
from tourapp.narration.lexicon.store import get_entry_of
from tourapp.narration.rendering import open_renderer
from tourapp.narration.voicing import Voicing
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT

LEXICON = """\
# Comment on dit

[[entry]]
written = "terril"
lang = "fr"
said = "téri"
confirmed = true

# Lieux
[[entry]]
written = "Loos"
lang = "fr"
said = "Losse"
note = "Le s s’entend."
confirmed = false
"""
NOW = datetime(2026, 11, 23, tzinfo=UTC)
BY = operator("tests", now=NOW)
Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one small stop and a lexicon of two entries."""
    folder = write_samples(tmp_path / "files", sample_stop(1))
    (folder / "lexicon.toml").write_text(LEXICON, "utf-8")
    return folder


@pytest.fixture
def run(environ: dict[str, str], folder: Path) -> Run:
    """Return `tourapp`, in an installation into which that folder was imported."""

    def tourapp(*arguments: object) -> Result:
        runner = CliRunner(env=environ, mix_stderr=False)
        return runner.invoke(main, [*map(str, arguments)])

    tourapp("stops", "import", folder)
    return tourapp


def _write(folder: Path, former: str, new: str) -> None:
    assert former in LEXICON
    (folder / "lexicon.toml").write_text(LEXICON.replace(former, new), "utf-8")


def _staff_says(resources: Resources, written: str, said: str) -> None:
    with resources.database.transaction() as session:
        voicing = Voicing.of(resources.settings)
        put_entry(session, written, {"said": said}, lang="fr", by=BY, voicing=voicing)


def _staff_removes(resources: Resources, written: str) -> None:
    with resources.database.transaction() as session:
        row = get_entry_of(session, written, lang="fr")
        tag, voicing = str(row.version), Voicing.of(resources.settings)
        remove_entry(session, row.id, tag=tag, by=BY, voicing=voicing)


def _said(resources: Resources, written: str) -> str:
    with resources.database.reading() as session:
        return get_entry_of(session, written, lang="fr").said


def _imported(run: Run, folder: Path) -> str:
    lines = run("stops", "import", folder).stdout.splitlines()
    return "\n".join(line for line in lines if "lexicon.toml" in line)


def test_the_file_seeds_the_database_once(run: Run, folder: Path, resources: Resources) -> None:
    assert _said(resources, "terril") == "téri"
    assert _imported(run, folder) == "unchanged lexicon.toml: 2 entries (terril, Loos)"
    listed = run("lexicon", "list").stdout.splitlines()
    assert listed == [
        "fr  Loos → Losse  (to be confirmed)",
        "fr  terril → téri  (confirmed by lexicon.toml)",
    ]


def test_a_new_stop_is_said_by_the_lexicon_at_once(run: Run, resources: Resources) -> None:
    assert run("speech", "script", "Le terril.").stdout == "Le téri.\n"
    assert open_renderer(resources).count_due() == 1


def test_an_entry_that_changed_in_the_file_has_its_texts_spoken_again(
    run: Run, folder: Path, resources: Resources
) -> None:
    open_renderer(resources).render_due()
    _write(folder, "Losse", "Lôsse")
    assert _imported(run, folder).splitlines() == [
        "updated   lexicon.toml: 1 entry (Loos)",
        "unchanged lexicon.toml: 1 entry (terril)",
    ]
    assert open_renderer(resources).count_due() == 0
    _write(folder, "téri", "térile")
    _imported(run, folder)
    assert open_renderer(resources).count_due() == 1


def test_what_staff_changed_is_kept(run: Run, folder: Path, resources: Resources) -> None:
    _staff_says(resources, "terril", "autre")
    assert "kept      lexicon.toml: 1 entry (terril): changed in the database since" in _imported(
        run, folder
    )
    assert _said(resources, "terril") == "autre"


def test_two_changes_of_one_entry_are_a_conflict(
    run: Run, folder: Path, resources: Resources
) -> None:
    _staff_says(resources, "terril", "autre")
    _write(folder, "téri", "térile")
    refused = run("stops", "import", folder)
    assert "conflict  lexicon.toml: 1 entry (terril): changed in the database and" in refused.stdout
    assert refused.exit_code == 1
    assert _said(resources, "terril") == "autre"


def test_what_staff_removed_does_not_come_back(
    run: Run, folder: Path, resources: Resources
) -> None:
    _staff_removes(resources, "terril")
    assert "kept      lexicon.toml: 1 entry (terril)" in _imported(run, folder)
    assert "terril" not in run("lexicon", "list").stdout


def test_a_form_that_staff_says_otherwise_is_a_conflict(
    run: Run, folder: Path, resources: Resources
) -> None:
    _staff_says(resources, "Lens(ois)", "Lance")
    _write(folder, '"Loos"', '"Lens"')
    assert "conflict  lexicon.toml: 1 entry (Lens)" in _imported(run, folder)


def test_an_entry_that_the_file_has_no_more_stays(
    run: Run, folder: Path, resources: Resources
) -> None:
    (folder / "lexicon.toml").unlink()
    assert _imported(run, folder) == ""
    assert _said(resources, "terril") == "téri"


def test_many_entries_are_told_in_one_line(run: Run, folder: Path) -> None:
    table = '[[entry]]\nwritten = "Lieu{}"\nlang = "fr"\nsaid = "lieu"\n'
    text = "".join(table.format("a" * (at + 1)) for at in range(60))
    (folder / "lexicon.toml").write_text(text, "utf-8")
    told = "created   lexicon.toml: 60 entries (Lieua, Lieuaa, Lieuaaa, Lieuaaaa, Lieuaaaaa, …)"
    assert _imported(run, folder) == told


def test_a_broken_lexicon_lets_nothing_in(run: Run, folder: Path) -> None:
    _write(folder, 'said = "Losse"', "said = 3")
    write_samples(folder, sample_stop(2))
    refused = run("stops", "import", folder)
    assert refused.exit_code == 1
    assert "lexicon.toml: line 10: said: expected a text, got 3" in refused.stderr
    assert run("stops", "check", folder).stderr == refused.stderr


def test_an_export_gives_the_lexicon_back_byte_for_byte(
    run: Run, folder: Path, resources: Resources, tmp_path: Path
) -> None:
    assert run("stops", "export", folder).stdout == "1 stops, 0 files written\n"
    assert (folder / "lexicon.toml").read_text("utf-8") == LEXICON
    _staff_says(resources, "Loos", "Lôsse")
    assert "lexicon.toml" in run("stops", "export", folder).stdout
    assert (folder / "lexicon.toml").read_text("utf-8") == LEXICON.replace("Losse", "Lôsse")
    run("stops", "export", tmp_path / "out")
    assert "unchanged lexicon.toml: 2 entries" in _imported(run, tmp_path / "out")


def test_what_was_confirmed_is_exported(run: Run, folder: Path, resources: Resources) -> None:
    with resources.database.transaction() as session:
        row = get_entry_of(session, "Loos", lang="fr")
        confirm_entry(session, row.id, tag="1", confirmed_by="Mme Dubois", by=BY)
    run("stops", "export", folder)
    exported = (folder / "lexicon.toml").read_text("utf-8")
    assert exported == LEXICON.replace("confirmed = false", "confirmed = true")
    assert "unchanged lexicon.toml: 2 entries" in _imported(run, folder)


def test_the_lexicon_of_the_project_is_imported_and_exported_whole(
    environ: dict[str, str], tmp_path: Path
) -> None:
    copied = shutil.copytree(PROJECT_ROOT / "stops", tmp_path / "copy")
    runner = CliRunner(env=environ, mix_stderr=False)
    told = runner.invoke(main, ["stops", "import", str(copied)]).stdout
    assert "created   lexicon.toml: " in told
    exported = runner.invoke(main, ["stops", "export", str(copied)]).stdout
    assert exported == "11 stops, 0 files written\n"


@pytest.mark.parametrize("command", ["script", "say"])
def test_without_a_database_the_files_tell_how_names_are_said(
    run: Run, resources: Resources, tmp_path: Path, command: str
) -> None:
    downgrade(resources.database, root=PROJECT_ROOT, revision="base")
    more = ["-o", tmp_path / "essai.mp3"] if command == "say" else []
    told = run("speech", command, "Le terril de Loos.", *more)
    assert told.exit_code == 0
    assert "the database does not answer" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert "lexicon.toml tells" in told.stderr
    assert command == "say" or told.stdout == "Le téri de Losse.\n"
