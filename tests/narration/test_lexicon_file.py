"""`stops/lexicon.toml`: what is read from it, and what is written back."""

from dataclasses import replace
from pathlib import Path

import pytest

from tourapp.errors import InvalidError
from tourapp.narration.lexicon import Entry
from tourapp.narration.lexicon.file import (
    parse_lexicon,
    read_lexicon_file,
    write_lexicon_file,
)
from tourapp.settings import PROJECT_ROOT

TERRIL = Entry("terril", "fr", "téri", espeak="ter'i", piper="teʁi", note="Sans l.")
LOOS = Entry("Loos", "fr", "Losse", confirmed=False)
TERRIL_TABLE = """\
[[entry]]
written = "terril"
lang = "fr"
said = "téri"
espeak = "ter'i"
piper = "teʁi"
note = "Sans l."
"""
LOOS_TABLE = """\
[[entry]]
written = "Loos"
lang = "fr"
said = "Losse"
note = ""
confirmed = false
"""
FILE = f"# Comment on dit\n\n{TERRIL_TABLE}\n# Lieux\n\n{LOOS_TABLE}"


def test_entries_are_read_from_toml() -> None:
    assert parse_lexicon(FILE).entries == (TERRIL, LOOS)


def test_an_empty_file_is_an_empty_lexicon() -> None:
    assert parse_lexicon("").entries == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[entry]", "the lexicon is not TOML: "),
        ('title = "x"', "line 1: expected [[entry]] tables only, got title"),
        ("entry = 3", "line 1: expected [[entry]] tables only, got entry"),
        ("entry = [{}]", "line 1: expected [[entry]] tables only, got entry"),
        (f"{TERRIL_TABLE}\n[[entry]]\nsaid = 'a'", "line 9: expected the key 'lang'; expected"),
        (f"{TERRIL_TABLE}sound = 'a'", "line 1: unknown key 'sound'"),
        (f"{TERRIL_TABLE}confirmed = 'no'", "line 1: confirmed: expected true or false, got 'no'"),
        (TERRIL_TABLE.replace('"fr"', "3"), "line 1: lang: expected a text, got 3"),
        (
            f"{TERRIL_TABLE}\n{TERRIL_TABLE}",
            "line 9: 'terril' stands twice for the language 'fr'",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        parse_lexicon(text)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize("text", [b"[[entry", b'[[entry]]\nwritten = "Loos"\n', b"\xff"])
def test_a_mistake_is_told_with_its_file(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "lexicon.toml").write_bytes(text)
    with pytest.raises(InvalidError, match=r"lexicon\.toml: "):
        read_lexicon_file(tmp_path)
    with pytest.raises(InvalidError, match=r"lexicon\.toml: "):
        write_lexicon_file(tmp_path, [LOOS])
    assert (tmp_path / "lexicon.toml").read_bytes() == text


def test_a_folder_without_a_lexicon_has_an_empty_one(tmp_path: Path) -> None:
    assert read_lexicon_file(tmp_path).entries == ()
    assert write_lexicon_file(tmp_path, []) == []


def test_entries_that_say_the_same_keep_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_bytes(FILE.replace("\n", "\r\n").encode())
    assert write_lexicon_file(tmp_path, [LOOS, TERRIL]) == []
    assert path.read_bytes() == FILE.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("entries", "written"),
    [
        (
            [replace(TERRIL, note="Neuf."), LOOS],
            FILE.replace('Sans l."', 'Neuf."\nconfirmed = true'),
        ),
        ([LOOS], FILE.replace(f"{TERRIL_TABLE}\n", "")),
        ([], "# Comment on dit\n\n# Lieux\n\n"),
        (
            [TERRIL, LOOS, replace(LOOS, written="Lens")],
            f"{FILE}\n{LOOS_TABLE.replace('Loos', 'Lens')}",
        ),
    ],
)
def test_only_what_changed_is_written_anew(
    tmp_path: Path, entries: list[Entry], written: str
) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(FILE, "utf-8")
    assert write_lexicon_file(tmp_path, entries) == [path]
    assert path.read_text("utf-8") == written
    assert set(read_lexicon_file(tmp_path).entries) == set(entries)


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    [path] = write_lexicon_file(tmp_path / "stops", [LOOS])
    assert path.read_text("utf-8") == LOOS_TABLE


def test_the_house_lexicon_marks_what_nobody_has_confirmed() -> None:
    entries = read_lexicon_file(PROJECT_ROOT / "stops").entries
    unconfirmed = {entry.written for entry in entries if not entry.confirmed}
    assert {"Saint-Vaast", "Oignies", "Ruitz"} <= unconfirmed
    assert all(entry.note for entry in entries)
