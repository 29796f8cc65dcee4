"""How local names are found in a text, and which entries are refused."""

import pytest

from tourapp.narration.lexicon import Entry, EntryError, Lexicon, Notation

LOOS = Entry("Loos", "fr", "Losse")
GOHELLE = Entry("Loos-en-Gohelle", "fr", "Losse-en-Goëlle")
TERRIL = Entry("terril(s)", "fr", "téri", espeak="ter'i", piper="teʁi")


def standing(lexicon: Lexicon, text: str, *, lang: str = "fr") -> list[str]:
    """Return the forms that are found in a text, as they stand in it."""
    found = lexicon.standing(text, lang=lang)
    return [text[start:end] for start, (_, end) in found.items()]


def written(lexicon: Lexicon, text: str) -> list[str]:
    return [entry.written for entry, _ in lexicon.standing(text, lang="fr").values()]


def test_the_longest_form_is_found_and_hides_what_stands_in_it() -> None:
    lexicon = Lexicon([LOOS, GOHELLE, Entry("Gohelle", "fr", "Goëlle")])
    text = "Loos, Loos-en-Gohelle, la Gohelle"
    assert standing(lexicon, text) == ["Loos", "Loos-en-Gohelle", "Gohelle"]


def test_of_two_that_overlap_the_first_stands() -> None:
    lexicon = Lexicon([Entry("Saint Pierre", "fr", "a"), Entry("Pierre Blanche", "fr", "b")])
    assert standing(lexicon, "Saint Pierre Blanche") == ["Saint Pierre"]


@pytest.mark.parametrize("text", ["Looser", "Loosé", "loos", "Lôos", "Lo"])
def test_only_the_whole_word_as_written_is_found(text: str) -> None:
    assert standing(Lexicon([LOOS]), text) == []


@pytest.mark.parametrize("text", ["terril", "Terril", "TERRIL", "terrils", "Terrils", "TERRILS"])
def test_capitals_and_optional_letters_are_the_same_form(text: str) -> None:
    assert written(Lexicon([TERRIL]), text) == ["terril(s)"]


def test_a_form_of_its_own_goes_before_another_in_capitals() -> None:
    lexicon = Lexicon([Entry("lens", "fr", "lense"), Entry("Lens", "fr", "Lance")])
    assert written(lexicon, "Lens") == ["Lens"]


@pytest.mark.parametrize("text", ["Loos en Gohelle", "Loos-en-Gohelle", "Loos-en Gohelle"])
def test_a_hyphen_stands_for_a_space(text: str) -> None:
    assert written(Lexicon([GOHELLE]), text) == ["Loos-en-Gohelle"]


def test_accents_typed_in_two_characters_are_one_in_an_entry() -> None:
    assert written(Lexicon([Entry("Che\u0302nelet", "fr", "Chênelè")]), "Chênelet")


@pytest.mark.parametrize(
    ("form", "text"),
    [("C++", "du C++."), ("a.b", "a.b"), ("A|B", "A|B"), ("x*", "x*"), ("L’Îlot", "L'Îlot")],
)
def test_signs_of_a_form_stand_for_themselves(form: str, text: str) -> None:
    lexicon = Lexicon([Entry(form, "fr", "mot")])
    assert written(lexicon, text) == [form]
    assert written(lexicon, "axb Cxx AB xx") == []


@pytest.mark.parametrize("text", ["d'Oignies", "l'Oignies,", "qu'Oignies"])
def test_an_article_may_be_elided_before_a_form(text: str) -> None:
    assert standing(Lexicon([Entry("Oignies", "fr", "Ogni")]), text) == ["Oignies"]


def test_an_entry_holds_for_its_language_only() -> None:
    lexicon = Lexicon([LOOS, Entry("Loos", "en", "Loss")])
    assert standing(lexicon, "Loos", lang="nl") == []
    assert lexicon.standing("Loos", lang="en") == {0: (Entry("Loos", "en", "Loss"), 4)}


@pytest.mark.parametrize(
    ("notation", "phonemes"), [("plain", None), ("espeak", "ter'i"), ("piper", "teʁi")]
)
def test_phonemes_are_given_in_the_notation_of_the_engine(
    notation: Notation, phonemes: str | None
) -> None:
    assert TERRIL.phonemes(notation) == phonemes


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry("", "fr", "x"), "written of '': expected a text with letters, got ''"),
        (Entry("x", "tlh", "x"), "lang of 'x': expected fr, en, nl, de, got 'tlh'"),
        (Entry("Rev3", "fr", "rève 3"), "said of 'Rev3': expected numbers in words, got 'rève 3'"),
        (Entry("x", "fr", "x", espeak=" "), "espeak of 'x': expected a text with letters, got ' '"),
        (Entry("x", "fr", "x", piper="[[a]]"), "piper of 'x': expected no square bracket"),
        (Entry("x", "fr", "x" * 201), "said of 'x': expected at most 200 plain characters"),
        (Entry("x", "fr", "x", note="\0"), "note of 'x': expected at most 600 plain characters"),
        (Entry("a(b", "fr", "x"), "written of 'a(b': expected at most 3 optional parts"),
        (Entry("a(b(c))", "fr", "x"), "written of 'a(b(c))': expected at most 3 optional parts"),
        (Entry("a(b)(c)(d)(e)", "fr", "x"), "written of 'a(b)(c)(d)(e)': expected at most 3"),
        (Entry("(s)", "fr", "x"), "written of '(s)': expected letters and no blank around them"),
        (Entry("Loos (s)", "fr", "x"), "written of 'Loos (s)': expected letters and no blank"),
    ],
)
def test_an_entry_that_cannot_be_said_is_refused(entry: Entry, reason: str) -> None:
    with pytest.raises(EntryError) as refusal:
        Lexicon([LOOS, entry])
    assert str(refusal.value).startswith(reason)
    assert refusal.value.position == 1


@pytest.mark.parametrize("twice", ["Loos(-en-Gohelle)", "Loos"])
def test_two_entries_cannot_say_the_same_form(twice: str) -> None:
    with pytest.raises(EntryError, match="'Loos' stands twice for the language 'fr'"):
        Lexicon([LOOS, Entry(twice, "fr", "x")])


def test_no_text_makes_the_search_long() -> None:
    lexicon = Lexicon(Entry(f"lieu{'a' * at}", "fr", "lieu") for at in range(76))
    text = f"lieu{'a' * 19_000}b"
    assert standing(lexicon, f"{text} {text}") == []
