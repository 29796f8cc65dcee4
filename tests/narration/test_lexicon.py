"""How local names are found in a text, and how a lexicon is read."""

import pytest

from tourapp.errors import InvalidError
from tourapp.narration.lexicon import Entry, EntryError, Lexicon, Notation
from tourapp.settings import PROJECT_ROOT

LOOS = Entry("Loos", "fr", "Losse")
GOHELLE = Entry("Loos-en-Gohelle", "fr", "Losse-en-Goëlle")
TERRIL = Entry("terril", "fr", "téri", espeak="ter'i", piper="teʁi")


def written(lexicon: Lexicon, text: str, *, at: int = 0, lang: str = "fr") -> str | None:
    found = lexicon.find(text, at=at, lang=lang)
    return found and found[0].written


def test_the_longest_form_is_found() -> None:
    lexicon = Lexicon([LOOS, GOHELLE])
    assert lexicon.find("Loos-en-Gohelle", at=0, lang="fr") == (GOHELLE, 15)
    assert lexicon.find("Loos-en", at=0, lang="fr") == (LOOS, 4)


@pytest.mark.parametrize("text", ["Looser", "Loosé", "loos", "Lôos", "Lo"])
def test_only_the_whole_word_as_written_is_found(text: str) -> None:
    assert written(Lexicon([LOOS]), text) is None


@pytest.mark.parametrize("text", ["terril", "Terril", "TERRIL"])
def test_capitals_stand_for_small_letters(text: str) -> None:
    assert written(Lexicon([TERRIL]), text) == "terril"


def test_a_form_of_its_own_goes_before_another_in_capitals() -> None:
    lexicon = Lexicon([Entry("lens", "fr", "lense"), Entry("Lens", "fr", "Lance")])
    assert written(lexicon, "Lens") == "Lens"


@pytest.mark.parametrize("text", ["Loos en Gohelle", "Loos-en-Gohelle", "Loos-en Gohelle"])
def test_a_hyphen_stands_for_a_space(text: str) -> None:
    assert written(Lexicon([GOHELLE]), text) == "Loos-en-Gohelle"


def test_accents_typed_in_two_characters_are_one_in_an_entry() -> None:
    assert written(Lexicon([Entry("Che\u0302nelet", "fr", "Chênelè")]), "Chênelet")


def test_an_entry_holds_for_its_language_only() -> None:
    lexicon = Lexicon([LOOS, Entry("Loos", "en", "Loss")])
    assert written(lexicon, "Loos", lang="nl") is None
    assert lexicon.find("Loos", at=0, lang="en") == (Entry("Loos", "en", "Loss"), 4)


@pytest.mark.parametrize(
    ("notation", "phonemes"), [("plain", None), ("espeak", "ter'i"), ("piper", "teʁi")]
)
def test_phonemes_are_given_in_the_notation_of_the_engine(
    notation: Notation, phonemes: str | None
) -> None:
    assert TERRIL.phonemes(notation) == phonemes


def test_the_digest_ignores_the_order_of_entries() -> None:
    assert Lexicon([LOOS, TERRIL]).digest == Lexicon([TERRIL, LOOS]).digest


def test_the_digest_changes_with_anything_that_is_heard() -> None:
    digests = {
        Lexicon(entries).digest
        for entries in (
            [],
            [Entry("Loos", "fr", "Losse")],
            [Entry("Loos", "fr", "Lôsse")],
            [Entry("Loos", "fr", "Losse", espeak="l'Os")],
            [Entry("Loos", "fr", "Losse", piper="lɔs")],
        )
    }
    assert len(digests) == 5


def test_the_digest_ignores_what_editors_tell_one_another() -> None:
    noted = Entry("Loos", "fr", "Losse", note="à confirmer", confirmed=False)
    assert Lexicon([noted]).digest == Lexicon([Entry("Loos", "fr", "Losse")]).digest


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry("", "fr", "x"), "written of '': expected a text with letters, got ''"),
        (Entry("x", "", "x"), "lang of 'x': expected a text with letters, got ''"),
        (Entry("Rev3", "fr", "rève 3"), "said of 'Rev3': expected numbers in words, got 'rève 3'"),
        (Entry("x", "fr", "x", espeak=" "), "espeak of 'x': expected a text with letters, got ' '"),
        (Entry("x", "fr", "x", piper="[[a]]"), "piper of 'x': expected no square bracket"),
    ],
)
def test_an_entry_that_cannot_be_said_is_refused(entry: Entry, reason: str) -> None:
    with pytest.raises(EntryError) as refusal:
        Lexicon([LOOS, entry])
    assert str(refusal.value).startswith(reason)
    assert refusal.value.position == 1


TERRIL_TABLE = """\
[[entry]]
written = "terril"
lang = "fr"
said = "téri"
espeak = "ter'i"
piper = "teʁi"
"""


def test_entries_are_read_from_toml() -> None:
    assert Lexicon.from_toml(TERRIL_TABLE).entries == (TERRIL,)


def test_an_empty_file_is_an_empty_lexicon() -> None:
    assert Lexicon.from_toml("").entries == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[entry]", "the lexicon is not TOML: "),
        ('title = "x"', "line 1: expected [[entry]] tables only, got title"),
        ("entry = 3", "line 1: expected [[entry]] tables only, got entry"),
        ("entry = [{}]", "line 1: expected [[entry]] tables only, got entry"),
        (f"{TERRIL_TABLE}\n[[entry]]\nsaid = 'a'", "line 8: expected the key 'lang'; expected"),
        (f"{TERRIL_TABLE}sound = 'a'", "line 1: unknown key 'sound'"),
        (f"{TERRIL_TABLE}confirmed = 'no'", "line 1: confirmed: expected true or false, got 'no'"),
        (f"{TERRIL_TABLE}note = 3", "line 1: note: expected a text, got 3"),
        (
            f"{TERRIL_TABLE}\n{TERRIL_TABLE}",
            "line 8: 'terril' stands twice for the language 'fr'",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        Lexicon.from_toml(text)
    assert str(refusal.value).startswith(message)


def test_the_house_lexicon_marks_what_nobody_has_confirmed() -> None:
    lexicon = Lexicon.from_toml((PROJECT_ROOT / "stops" / "lexicon.toml").read_text())
    unconfirmed = {entry.written for entry in lexicon.entries if not entry.confirmed}
    assert {"Saint-Vaast", "Oignies", "Ruitz"} <= unconfirmed
    assert all(entry.note for entry in lexicon.entries)
