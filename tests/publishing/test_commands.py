"""`tourapp stops`: files into the database and back; what staff changed is never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from tests.samples import NARRATIVE, sample_stop, write_samples
from tourapp.cli import main
from tourapp.resources import Resources
from tourapp.signage.models import Sign
from tourapp.stops.content import FactSource, NarrativeContent
from tourapp.stops.models import Revision, Stop
from tourapp.stops.queries import get_published_stop
from tourapp.stops.services import add_revision, find_stop, get_narrative, get_stop

Run = Callable[..., Result]
NOW = datetime(2026, 11, 23, tzinfo=UTC)
ATLAS = FactSource(title="Un atlas")


@pytest.fixture
def run(environ: dict[str, str]) -> Run:
    """Return `tourapp stops`, in the environment of one installation."""

    def stops(*arguments: object) -> Result:
        runner = CliRunner(env=environ, mix_stderr=False)
        return runner.invoke(main, ["stops", *map(str, arguments)])

    return stops


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the one small stop."""
    return write_samples(tmp_path / "files")


def _title(resources: Resources) -> str:
    with resources.database.reading() as session:
        return get_published_stop(session, "terril", lang="fr").revision.title


def _corrected_by_staff(resources: Resources, content: NarrativeContent) -> None:
    with resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        add_revision(session, narrative, content, origin="staff", now=NOW)


def test_a_new_stop_is_published_at_once(run: Run, folder: Path, resources: Resources) -> None:
    assert run("import", folder).stdout.splitlines() == [
        "created   terril/stop.toml",
        "created   terril/fr.md",
    ]
    assert _title(resources) == "Montée du terril"


def test_importing_again_changes_nothing(run: Run, folder: Path, resources: Resources) -> None:
    run("import", folder)
    assert run("import", folder).stdout.splitlines() == [
        "unchanged terril/stop.toml",
        "unchanged terril/fr.md",
    ]
    with resources.database.reading() as session:
        counts = [session.scalar(select(func.count(each.id))) for each in (Stop, Revision, Sign)]
    assert counts == [1, 1, 1]


def test_a_changed_text_waits_to_be_published(run: Run, folder: Path, resources: Resources) -> None:
    run("import", folder)
    write_samples(folder, sample_stop(1, title="Neuf"))
    assert "updated   terril/fr.md" in run("import", folder).stdout
    assert _title(resources) == "Montée du terril"
    assert run("publish", "terril").stdout == "terril (fr): revision 2\n"
    assert _title(resources) == "Neuf"
    assert run("publish", "terril").stdout == "everything was published already\n"


def test_a_changed_place_is_updated(run: Run, folder: Path, resources: Resources) -> None:
    run("import", folder)
    stop = sample_stop(1)
    write_samples(folder, replace(stop, place=replace(stop.place, number=9, sources=(ATLAS,))))
    said = "updated   terril/stop.toml: says anew: number, sources\n"
    assert said in run("import", folder).stdout
    with resources.database.reading() as session:
        assert get_stop(session, "terril").number == 9


def test_what_staff_changed_is_kept(run: Run, folder: Path, resources: Resources) -> None:
    run("import", folder)
    _corrected_by_staff(resources, replace(NARRATIVE, title="De l’équipe"))
    result = run("import", folder)
    assert "kept      terril/fr.md: changed in the database" in result.stdout
    assert result.exit_code == 0
    run("publish", "terril")
    assert _title(resources) == "De l’équipe"


def test_two_changes_of_one_text_are_a_conflict(
    run: Run, folder: Path, resources: Resources
) -> None:
    run("import", folder)
    _corrected_by_staff(resources, replace(NARRATIVE, title="De l’équipe"))
    write_samples(folder, sample_stop(1, title="Du fichier"))
    result = run("import", folder)
    assert "conflict  terril/fr.md: changed in the database and in the file" in result.stdout
    assert result.exit_code == 1
    assert result.stderr == "Error: conflicts were left as they are in the database\n"


def test_a_conflict_ends_once_both_say_the_same(
    run: Run, folder: Path, resources: Resources
) -> None:
    run("import", folder)
    _corrected_by_staff(resources, replace(NARRATIVE, title="De l’équipe"))
    write_samples(folder, sample_stop(1, title="De l’équipe"))
    assert "unchanged terril/fr.md" in run("import", folder).stdout
    write_samples(folder, sample_stop(1, title="De tous"))
    assert "updated   terril/fr.md" in run("import", folder).stdout


def test_a_text_that_no_file_brought_is_not_overwritten(
    run: Run, folder: Path, resources: Resources
) -> None:
    run("import", folder)
    with resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        narrative.imported_digest = None
    write_samples(folder, sample_stop(1, title="Du fichier"))
    assert "conflict  terril/fr.md" in run("import", folder).stdout


def test_a_folder_that_was_renamed_gets_no_code_of_another(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("import", folder)
    stop = sample_stop(1)
    renamed = replace(stop, slug="terril-nord", place=replace(stop.place, number=5))
    result = run("import", write_samples(tmp_path / "renamed", renamed))
    assert "code 7K2M9Q leads to another stop, and 'terril-nord' has none" in result.stdout
    assert run("export", tmp_path / "out").exit_code == 0
    assert "code" not in (tmp_path / "out/terril-nord/stop.toml").read_text("utf-8")


def test_a_number_that_is_taken_is_a_conflict(
    run: Run, folder: Path, tmp_path: Path, resources: Resources
) -> None:
    run("import", folder)
    other = replace(sample_stop(1), slug="autre", code="X4T8RB")
    result = run("import", write_samples(tmp_path / "others", other))
    assert "conflict  autre/stop.toml: number 1 belongs to 'terril'" in result.stdout
    with resources.database.reading() as session:
        assert find_stop(session, "autre") is None


def test_a_printed_code_never_changes(run: Run, folder: Path) -> None:
    run("import", folder)
    write_samples(folder, replace(sample_stop(1), code="X4T8RB"))
    result = run("import", folder)
    assert "stop 'terril' already bears code 7K2M9Q, not X4T8RB" in result.stdout
    assert result.exit_code == 1


def test_what_staff_withdrew_is_not_published_again(
    run: Run, folder: Path, resources: Resources
) -> None:
    run("import", folder)
    with resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        narrative.published_revision_id = None
    run("import", folder)
    with resources.database.reading() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        assert narrative.published_revision_id is None


def test_nothing_is_imported_from_a_broken_set(
    run: Run, folder: Path, resources: Resources
) -> None:
    write_samples(folder, sample_stop(2))
    (folder / "arret-2" / "fr.md").write_text("rien")
    result = run("import", folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: arret-2/fr.md:1: expected front matter")
    with resources.database.reading() as session:
        assert find_stop(session, "terril") is None


def test_a_check_counts_the_stops_or_names_the_mistakes(run: Run, folder: Path) -> None:
    assert run("check", folder).stdout == "1 stops are well written, and so is the lexicon\n"
    assert run("check").stdout == "11 stops are well written, and so is the lexicon\n"
    (folder / "terril" / "fr.md").unlink()
    refused = run("check", folder)
    assert refused.stderr == "Error: terril/fr.md:1: missing: expected the French narrative\n"


def test_an_export_gives_the_files_back_byte_for_byte(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("import", folder)
    out = tmp_path / "out"
    assert run("export", out).stdout.endswith("1 stops, 3 files written\n")
    files = [path.relative_to(folder) for path in folder.rglob("*.*")]
    assert all((out / file).read_bytes() == (folder / file).read_bytes() for file in files)
    assert run("export", out).stdout == "1 stops, 0 files written\n"
    assert "created" not in run("import", out).stdout


def test_an_unknown_stop_is_not_published(run: Run) -> None:
    refused = run("publish", "nulle-part")
    assert (refused.exit_code, refused.stderr) == (1, "Error: no stop 'nulle-part'\n")
