"""Files into the database and back: each stop's fate, two at once, and what staff wrote."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.pictures.stops import pictured_stop
from tests.samples import CODES, NARRATIVE, sample_stop, small_stops, write_samples
from tourapp.accounts.models import AuditEvent
from tourapp.accounts.services import operator
from tourapp.narration.lexicon import Entry, Lexicon
from tourapp.narration.lexicon.file import write_lexicon_file
from tourapp.narration.voicing import Voicing
from tourapp.publishing.commands import seed
from tourapp.publishing.seeding import export_stops, import_stops
from tourapp.publishing.services import publish_stop
from tourapp.resources import Resources
from tourapp.signage.register.services import move_sign, retire_sign
from tourapp.signage.services import get_sign
from tourapp.stops.content import NarrativeContent, Place, StopContent
from tourapp.stops.editing import get_locked_stop
from tourapp.stops.models import Stop
from tourapp.stops.queries import get_published_stop
from tourapp.stops.renaming import rename_stop
from tourapp.stops.services import add_revision, get_narrative, get_stop, place_of, set_place
from tourapp.stops.source.writing import write_stop

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PLACE = sample_stop(1).place
BY_FILE = replace(PLACE, number=7)
LOOS = Entry("Loos", "fr", "losse")
BY_STAFF = replace(PLACE, number=8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


def _seeded(
    resources: Resources, folder: Path, *contents: StopContent, lexicon: Entry | None = None
) -> list[str]:
    written = write_samples(folder, *contents)
    if lexicon is not None:
        write_lexicon_file(folder, [lexicon])
    findings = seed(resources, written)
    return [f"{finding.outcome} {finding.file}" for finding in findings]


def _brought(resources: Resources, content: StopContent, entry: Entry) -> list[str]:
    """Bring a stop and a word in as an archive does."""
    with resources.database.transaction() as session:
        findings = import_stops(
            session,
            [content],
            lexicon=Lexicon([entry]),
            is_seed=False,
            by=operator("tests", now=NOW),
            voicing=Voicing.of(resources.settings),
        )
    return [finding.outcome.value for finding in findings]


def _placed(resources: Resources, place: Place) -> None:
    with resources.database.transaction() as session:
        set_place(get_stop(session, "terril"), place, now=NOW)


def _told(resources: Resources, content: NarrativeContent) -> None:
    with resources.database.transaction() as session:
        narrative = get_narrative(session, get_stop(session, "terril"), lang="fr")
        add_revision(session, narrative, content, origin="staff", now=NOW)


def _exported(resources: Resources) -> list[StopContent]:
    with resources.database.reading() as session:
        return list(export_stops(session, resources.media))


@pytest.mark.parametrize(
    ("file", "database", "outcome", "place"),
    [
        (PLACE, PLACE, "unchanged", PLACE),
        (BY_FILE, PLACE, "updated", BY_FILE),
        (PLACE, BY_STAFF, "kept", BY_STAFF),
        (BY_FILE, BY_STAFF, "conflict", BY_STAFF),
        (BY_STAFF, BY_STAFF, "unchanged", BY_STAFF),
    ],
)
def test_a_place_is_never_overwritten_in_silence(
    resources: Resources, folder: Path, file: Place, database: Place, outcome: str, place: Place
) -> None:
    _seeded(resources, folder, sample_stop(1))
    _placed(resources, database)
    findings = _seeded(resources, folder, replace(sample_stop(1), place=file))
    assert findings == [f"{outcome} terril/stop.toml", "unchanged terril/fr.md"]
    with resources.database.reading() as session:
        assert place_of(get_stop(session, "terril")) == place


def test_a_place_on_which_both_agreed_follows_its_file_again(
    resources: Resources, folder: Path
) -> None:
    _seeded(resources, folder, sample_stop(1))
    _placed(resources, BY_STAFF)
    _seeded(resources, folder, replace(sample_stop(1), place=BY_STAFF))
    findings = _seeded(resources, folder, replace(sample_stop(1), place=BY_FILE))
    assert findings[0] == "updated terril/stop.toml"


def test_what_an_archive_changed_is_kept_by_a_folder_that_stayed_as_it_was(
    resources: Resources, folder: Path
) -> None:
    first = replace(sample_stop(1), place=BY_STAFF)
    changed = replace(sample_stop(1, title="Apporté"), place=BY_FILE)
    words = [replace(LOOS, said=said) for said in ("losse", "lousse", "losse-en-goelle")]
    _seeded(resources, folder, first, lexicon=words[0])
    _brought(resources, changed, words[1])
    for kept in (first, first):
        assert _seeded(resources, folder, kept, lexicon=words[0]) == [
            "kept lexicon.toml",
            "kept terril/stop.toml",
            "kept terril/fr.md",
        ]
    newer = replace(sample_stop(1, title="Du dossier"), place=PLACE)
    assert _seeded(resources, folder, newer, lexicon=words[2]) == [
        "updated lexicon.toml",
        "updated terril/stop.toml",
        "updated terril/fr.md",
    ]
    # An archive is looked at before it is brought in: it may go back.
    assert _brought(resources, first, words[0]) == ["updated"] * 3


def test_another_language_is_published_at_once_beside_the_first(
    resources: Resources, folder: Path
) -> None:
    stop = sample_stop(1)
    _seeded(resources, folder, stop)
    stop.narratives["nl", "standard"] = replace(NARRATIVE, title="De berg")
    stop.narratives["fr", "facile"] = replace(NARRATIVE, title="Facile")
    assert _seeded(resources, folder, stop)[1:] == [
        "created terril/fr.facile.md",
        "unchanged terril/fr.md",
        "created terril/nl.md",
    ]
    with resources.database.reading() as session:
        assert get_published_stop(session, "terril", lang="nl").revision.title == "De berg"
        assert get_published_stop(session, "terril", lang="fr").revision.title == NARRATIVE.title


def test_a_stop_whose_number_is_taken_keeps_its_own_and_its_text_goes_on(
    resources: Resources, folder: Path
) -> None:
    first, second = sample_stop(1), sample_stop(2)
    _seeded(resources, folder / "one", first, second)
    taken = replace(sample_stop(2, title="Neuf"), place=replace(second.place, number=1))
    assert _seeded(resources, folder / "two", taken) == [
        "conflict arret-2/stop.toml",
        "updated arret-2/fr.md",
    ]
    assert [stop.place.number for stop in _exported(resources)] == [1, 2]


def test_the_folder_of_a_stop_that_was_renamed_makes_no_second_one(
    resources: Resources, folder: Path
) -> None:
    _seeded(resources, folder / "one", sample_stop(1))
    with resources.database.transaction() as session:
        rename_stop(session, get_stop(session, "terril"), "montee")
    findings = seed(resources, write_samples(folder / "two", sample_stop(1, title="Neuf")))
    [finding] = findings
    assert (finding.outcome, finding.file) == ("kept", "terril/stop.toml")
    assert "is called 'montee'" in finding.reason
    [exported] = _exported(resources)
    assert _seeded(resources, folder / "three", exported) == [
        "unchanged montee/stop.toml",
        "unchanged montee/fr.md",
    ]


def test_a_code_never_leads_to_another_stop(resources: Resources, folder: Path) -> None:
    _seeded(resources, folder / "one", sample_stop(1))
    thief = replace(sample_stop(2), code=CODES[0])
    assert "conflict arret-2/stop.toml" in _seeded(resources, folder / "two", thief)
    with resources.database.reading() as session:
        assert get_sign(session, CODES[0]).stop.slug == "terril"


def test_a_stop_whose_code_was_taken_gets_the_next_one_it_is_given(
    resources: Resources, folder: Path
) -> None:
    _seeded(resources, folder / "one", sample_stop(1))
    _seeded(resources, folder / "two", replace(sample_stop(2), code=CODES[0]))
    _seeded(resources, folder / "two", sample_stop(2))
    assert [stop.code for stop in _exported(resources)] == list(CODES[:2])


def test_a_stop_whose_sign_was_moved_is_exported_and_imported_without_one(
    resources: Resources, folder: Path
) -> None:
    _seeded(resources, folder / "in", *small_stops())
    with resources.database.transaction() as session:
        move_sign(session, CODES[0], to="arret-2", tag="1", by=operator("tests", now=NOW))
    exported = _exported(resources)
    assert [stop.code for stop in exported] == [None, CODES[0], CODES[2]]
    for source in (exported, small_stops()):
        findings = _seeded(resources, folder / str(len(exported)), *source)
        assert {finding.split()[0] for finding in findings} == {"unchanged"}


def test_a_retired_sign_is_not_brought_back_by_its_file(resources: Resources, folder: Path) -> None:
    _seeded(resources, folder, sample_stop(1))
    with resources.database.transaction() as session:
        retire_sign(session, CODES[0], tag="1", by=operator("tests", now=NOW))
    assert {each.split()[0] for each in _seeded(resources, folder, sample_stop(1))} == {"unchanged"}
    [stop] = _exported(resources)
    assert stop.code is None


def test_what_is_exported_changes_nothing_when_imported(resources: Resources, folder: Path) -> None:
    _seeded(resources, folder / "in", *small_stops())
    exported = _exported(resources)
    assert exported == list(small_stops())
    findings = _seeded(resources, folder / "out", *exported)
    assert {finding.split()[0] for finding in findings} == {"unchanged"}


def test_photographs_come_back_byte_for_byte(resources: Resources, folder: Path) -> None:
    stop = pictured_stop(shades=("olive", "navy"))
    _seeded(resources, folder, stop)
    again = folder.with_name("again")
    for content in _exported(resources):
        write_stop(again, content)
    assert _bytes(again) == _bytes(folder)
    assert {finding.outcome for finding in seed(resources, again)} == {"unchanged"}
    assert write_stop(again, stop) == []


def test_photographs_follow_their_file(resources: Resources, folder: Path) -> None:
    _seeded(resources, folder, pictured_stop(shades=("olive", "navy", "teal")))
    fewer = pictured_stop(shades=("teal", "olive"))
    assert _seeded(resources, folder, fewer)[0] == "updated terril/stop.toml"
    with resources.database.reading() as session:
        assert place_of(get_stop(session, "terril")) == fewer.place


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_what_staff_wrote_is_exported_and_agreed_on(resources: Resources, folder: Path) -> None:
    seed(resources, write_samples(folder))
    _told(resources, replace(NARRATIVE, text="\r\n\r\nTrès noir.\r\n\r\nVraiment.\r\n"))
    [exported] = _exported(resources)
    assert write_stop(folder, exported) == [folder / "terril/fr.md"]
    assert (folder / "terril/fr.md").read_bytes().endswith("\n\nTrès noir.\n\nVraiment.\n".encode())
    assert {finding.outcome for finding in seed(resources, folder)} == {"unchanged"}


def test_an_import_is_in_the_log_with_what_it_changed(resources: Resources, folder: Path) -> None:
    _seeded(resources, folder, sample_stop(1))
    _seeded(resources, folder, sample_stop(1, title="Neuf"))
    with resources.database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(event.action, event.subject, event.detail["outcome"]) for event in events] == [
        ("file.import", "terril/stop.toml", "created"),
        ("file.import", "terril/fr.md", "created"),
        ("file.import", "terril/fr.md", "updated"),
    ]


def test_four_servers_that_start_at_once_import_the_stops_once(
    resources: Resources, folder: Path
) -> None:
    write_samples(folder, *small_stops())
    with ThreadPoolExecutor(4) as pool:
        imports = list(pool.map(_seed_apart, [resources] * 4, [folder] * 4))
    outcomes = sorted(sorted(set(each)) for each in imports)
    assert outcomes == [["created"], ["unchanged"], ["unchanged"], ["unchanged"]]


def _seed_apart(resources: Resources, folder: Path) -> list[str]:
    own = Resources.open(resources.settings)
    outcomes = [str(finding.outcome) for finding in seed(own, folder)]
    own.close()
    return outcomes


def test_an_import_waits_for_whoever_changes_a_stop(seeded: Resources, folder: Path) -> None:
    write_samples(folder, sample_stop(1, title="Du fichier"))
    with ThreadPoolExecutor(1) as pool:
        with seeded.database.transaction() as session:
            stop = get_locked_stop(session, "terril")
            waiting = pool.submit(_seed_apart, seeded, folder)
            narrative = get_narrative(session, stop, lang="fr")
            content = replace(NARRATIVE, title="De l’équipe")
            add_revision(session, narrative, content, origin="staff", now=NOW)
        assert "conflict" in waiting.result()


def test_every_language_of_a_stop_is_published_together(resources: Resources, folder: Path) -> None:
    stop = small_stops()[1]
    _seeded(resources, folder, stop)
    for key, narrative in tuple(stop.narratives.items()):
        stop.narratives[key] = replace(narrative, text="Neuf.")
    _seeded(resources, folder, stop)
    by = operator("tests", now=NOW)
    with resources.database.transaction() as session:
        voicing = Voicing.of(resources.settings)
        published = publish_stop(session, "arret-2", by=by, voicing=voicing)
    assert published == ["arret-2 (fr): revision 2", "arret-2 (en): revision 2"]
    with resources.database.reading() as session:
        assert get_published_stop(session, "arret-2", lang="en").revision.text == "Neuf."


def test_an_empty_database_is_exported_as_nothing(resources: Resources) -> None:
    assert _exported(resources) == []
    with resources.database.reading() as session:
        assert session.scalars(select(Stop)).all() == []
