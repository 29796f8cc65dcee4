"""What is said of a narrative, and where in its text."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tourapp.narration.lexicon import Entry, Lexicon
from tourapp.narration.lexicon.file import read_lexicon_file
from tourapp.narration.script import Notation, spoken_sentences
from tourapp.settings import PROJECT_ROOT
from tourapp.stops.markup import visible_text

LEXICON = read_lexicon_file(PROJECT_ROOT / "stops")
SPOKEN = {"fr": "french", "en": "english", "nl": "dutch", "de": "german"}
CASES = [
    pytest.param(lang, typed, said, id=f"{lang}, {category}: {typed}")
    for lang, name in SPOKEN.items()
    for category, pairs in tomllib.loads(
        Path(__file__).with_name(f"spoken_{name}.toml").read_text("utf-8")
    ).items()
    for typed, said in pairs.items()
]
NARRATIVE = """\
## Le terril 11/19

Vous êtes à **186 m**. *M. Caron* fut maire de 2001 à 2023 : il\u00a0a vu
l’Unesco venir, le 30/06/2012…

> « Vous êtes monté ? » demandait-on[^1]. Oui !

- 97\u202f% en [1991](https://exemple.fr/1991)
- puis `0`

![Le terril](terril.jpg)
"""

LANGUAGES = st.sampled_from(["fr", "en", "nl", "de", "pcd"])
ANY_TEXT = st.text(st.characters(exclude_categories=()))
SHOWN = st.text(st.characters(codec="utf-8", exclude_characters="\u02bc^"))
FRAGMENTS = """
    0 1 2 9 11 21 80 200 1990 2012 000 \u202f000 , . … ! ? : ; ( ) « » ’ - – − / + × x * ** _ `
    ~~ # > [a](b) <http://a.fr> \\ &amp; a É m m² km km/h kWh € M€ % ° °C h bis e er re XIX I
    IV Louis fosse n° p. M. J.-F. etc. av. J.-C. Le maison terril Loos-en-Gohelle CPIE UNESCO
    CD2E A21 www.a.fr a@b.fr ¹ ½ Ⅳ 一 ٣ \u00ad
"""
BLANKS = ["", " ", " ", "\u202f", "\n", "\n\n", "\n- ", "\n1. ", "\t", "  \n", "\r\n", "    "]
AUTHORED = st.lists(st.sampled_from([*FRAGMENTS.split(), *BLANKS])).map("".join)


def said(narrative: str, *, lang: str = "fr") -> list[str]:
    return [sentence.text for sentence in spoken_sentences(narrative, lang=lang, lexicon=LEXICON)]


def spans(narrative: str) -> list[str]:
    sentences = spoken_sentences(narrative, lang="fr", lexicon=LEXICON)
    return [narrative[sentence.start : sentence.end] for sentence in sentences]


def letters_and_digits(text: str) -> list[str]:
    return [character for character in text if character.isalnum() and character != "¹"]


@pytest.mark.parametrize(("lang", "typed", "expected"), CASES)
def test_a_text_is_said_as_a_reader_would_say_it(lang: str, typed: str, expected: str) -> None:
    assert " ".join(said(typed, lang=lang)).removesuffix(".") == expected


def test_a_narrative_is_said_sentence_by_sentence() -> None:
    assert said(NARRATIVE) == [
        "Le téri onze dix-neuf.",
        "Vous êtes à cent quatre-vingt-six mètres.",
        (
            "monsieur Caron fut maire de deux mille un à deux mille vingt-trois: "
            "il a vu l'Unesco venir, le trente juin deux mille douze."
        ),
        "Vous êtes monté? demandait-on.",
        "Oui!",
        "quatre-vingt-dix-sept pour cent en mille neuf cent quatre-vingt-onze.",
        "puis zéro.",
    ]


def test_a_span_holds_the_sentence_as_typed_with_its_marks() -> None:
    assert spans(NARRATIVE) == [
        "Le terril 11/19",
        "Vous êtes à **186 m**.",
        "*M. Caron* fut maire de 2001 à 2023 : il\u00a0a vu\nl’Unesco venir, le 30/06/2012…",
        "« Vous êtes monté ? » demandait-on[^1].",
        "Oui !",
        "97\u202f% en [1991](https://exemple.fr/1991)",
        "puis `0`",
    ]


def test_headings_paragraphs_and_items_are_counted_as_paragraphs() -> None:
    sentences = spoken_sentences(NARRATIVE, lang="fr", lexicon=LEXICON)
    assert [sentence.paragraph for sentence in sentences] == [0, 1, 1, 2, 2, 3, 4]


def test_the_pause_comes_from_the_mark_and_is_longest_after_a_paragraph() -> None:
    sentences = spoken_sentences(
        "Un. Deux ? Trois ! Quatre… Cinq.\n\nSix.", lang="fr", lexicon=LEXICON
    )
    pauses = [sentence.pause_after_s for sentence in sentences]
    assert pauses == [0.4, 0.5, 0.5, 0.6, 0.9, 0.9]


@pytest.mark.parametrize(
    "silent", ["", " \n\n ", "…", "***", "![Le terril](a.png)", "🎉", "\u203a1\u2039"]
)
def test_what_cannot_be_said_makes_no_sentence(silent: str) -> None:
    assert said(silent) == []


@pytest.mark.parametrize(
    "one_sentence",
    [
        "M. Caron est là.",
        "Le site, env. 30 ha, ferme.",
        "Il a lu J.-F. Petit et F. Marty.",
        "La S.N.C.F. a cédé la ligne.",
        "Des fleurs, des oiseaux, etc. vivent ici.",
        "Il mesure 1 200 m. de long.",
        "« Quoi ? » dit-il.",
        "Bref… une terre.",
        "La loi (à tort !) le dit.",
        "L’éd. Les Petits Matins.",
        "Voir p. 12 du guide.",
    ],
)
def test_a_dot_that_ends_no_sentence_does_not_cut(one_sentence: str) -> None:
    assert len(said(one_sentence)) == 1


@pytest.mark.parametrize(
    "two_sentences",
    [
        "Il mesure 186 m. Le sommet est plat.",
        "Il pèse 5 t. Le sol tremble.",
        "Des fleurs, etc. Le site ferme.",
        "En 50 av. J.-C. Rome arrive.",
        "C’est le plan B. Il part.",
        "« Venez. Regardez. »",
        "Il ferme en 1990. 2012 arrive.",
        "Une ligne.  \nUne autre",
        "Une ligne\\\nUne autre",
        "Premier mot.¹ Second mot.",
    ],
)
def test_a_dot_that_ends_a_sentence_cuts(two_sentences: str) -> None:
    assert len(said(two_sentences)) == 2


def test_markdown_is_taken_as_the_page_shows_it() -> None:
    typed = "Titre\n===\n\n1. un\\*\n2. d&eacute;j&agrave; <https://exemple.fr>\n\n    code\n"
    assert said(typed) == ["Titre.", "un.", "déjà exemple point effe erre.", "code."]


def test_windows_line_ends_keep_the_spans_exact() -> None:
    assert spans("# Un\r\n\r\nDeux\r\ntrois.\r\n\r\n```\r\nquatre\r\n```") == [
        "Un",
        "Deux\r\ntrois.",
        "quatre",
    ]


def test_a_blank_that_the_page_trims_moves_no_span() -> None:
    assert spans("\u202f\n0") == ["0"]


def test_an_entry_s_phonemes_reach_the_engine_that_reads_them() -> None:
    entry = Entry("terril", "fr", "téri", espeak="ter'i", piper="teʁi")
    texts = [
        spoken_sentences("Le terril.", lang="fr", lexicon=Lexicon([entry]), notation=notation)
        for notation in ("plain", "espeak", "piper")
    ]
    assert [sentences[0].text for sentences in texts] == [
        "Le téri.",
        "Le [[ter'i]].",
        "Le [[teʁi]].",
    ]


def test_an_elided_article_keeps_the_respelling() -> None:
    lexicon = Lexicon([Entry("Oignies", "fr", "Ogni", espeak="on^'i")])
    sentences = spoken_sentences("D’Oignies", lang="fr", lexicon=lexicon, notation="espeak")
    assert sentences[0].text == "D'Ogni."


def test_letters_that_espeak_mistakes_are_named_otherwise_for_it() -> None:
    sentences = spoken_sentences("EDM", lang="fr", lexicon=Lexicon(), notation="espeak")
    assert sentences[0].text == "e dé aime."


def test_nobody_can_type_phonemes() -> None:
    sentences = spoken_sentences("\\[[t'u]]", lang="fr", lexicon=LEXICON, notation="espeak")
    assert [sentence.text for sentence in sentences] == ["t'u."]


@pytest.mark.parametrize(
    ("lang", "typed", "expected"),
    [
        ("en", "In 1990, Mr. Caron saw 12,000 visitors.", "nineteen ninety"),
        ("en", "The 19th stop is 2.5 km away.", "nineteenth"),
        ("en", "The 19th stop is 2.5 km away.", "two point five"),
        ("en", "It weighs 12,000 t.", "twelve thousand"),
        ("en-GB", "Stop 3.", "Stop three."),
        ("de", "Am 4. Dezember 1884, ca. 2,5 km", "achtzehnhundertvierundachtzig"),
        ("de", "12.000 Halden", "zwölftausend Halden."),
        ("nl", "De 2e halde, 12 000 m", "De tweede halde, twaalfduizend meter."),
        ("pcd", "El 3", "El three."),
        ("en", "12345678901234567", "one two three four five six seven eight nine zero"),
    ],
)
def test_other_languages_say_numbers_in_words(lang: str, typed: str, expected: str) -> None:
    (sentence,) = said(typed, lang=lang)
    assert expected in sentence


@pytest.mark.parametrize(
    ("lang", "one_sentence"),
    [
        ("en", "See p. 12 and No. 5."),
        ("de", "Im 19. Jahrhundert, z. B. am 4. Dezember, d. h. im Winter."),
        ("nl", "Nr. 5 is o.a. van dhr. Caron."),
    ],
)
def test_a_dot_of_another_language_that_ends_no_sentence_does_not_cut(
    lang: str, one_sentence: str
) -> None:
    assert len(said(one_sentence, lang=lang)) == 1


@pytest.mark.parametrize(
    ("lang", "two_sentences"),
    [
        ("en", "The museum says 630 m. Even that is blurred."),
        ("en", "Is it big? No. It is not."),
        ("nl", "Nu u. Doe tien stappen."),
        ("de", "Das war 1990. Dann kam er."),
    ],
)
def test_a_dot_of_another_language_that_ends_a_sentence_cuts(lang: str, two_sentences: str) -> None:
    assert len(said(two_sentences, lang=lang)) >= 2


def test_other_languages_are_cut_into_sentences() -> None:
    assert said("Dr. Smith came. J. Doe left! Why?", lang="en") == [
        "Dr. Smith came.",
        "J. Doe left!",
        "Why?",
    ]


@settings(deadline=None)
@given(st.one_of(ANY_TEXT, AUTHORED), LANGUAGES, st.sampled_from(get_args(Notation)))
def test_no_digit_reaches_an_engine(narrative: str, lang: str, notation: Notation) -> None:
    sentences = spoken_sentences(narrative, lang=lang, lexicon=LEXICON, notation=notation)
    texts = [re.sub(r"\[\[.*?\]\]", "", sentence.text) for sentence in sentences]
    assert not [text for text in texts if re.search(r"[\[\]]", text)]
    assert not [character for text in texts for character in text if character.isnumeric()]


@settings(deadline=None)
@given(st.one_of(ANY_TEXT, AUTHORED), LANGUAGES)
def test_spans_are_in_order_and_do_not_overlap(narrative: str, lang: str) -> None:
    sentences = spoken_sentences(narrative, lang=lang, lexicon=LEXICON)
    edges = [edge for sentence in sentences for edge in (sentence.start, sentence.end)]
    assert edges == sorted(edges)
    assert all(0 <= sentence.start < sentence.end <= len(narrative) for sentence in sentences)
    numbers = [sentence.paragraph for sentence in sentences]
    assert all(0 <= after - before <= 1 for before, after in pairwise(numbers))


@settings(deadline=None)
@given(st.one_of(SHOWN, AUTHORED))
def test_spans_cover_every_letter_and_digit_that_the_page_shows(narrative: str) -> None:
    covered = iter("".join(spans(narrative)))
    assert all(character in covered for character in letters_and_digits(visible_text(narrative)))


def test_what_is_shown_is_free_of_marks_and_keeps_its_spaces() -> None:
    typed = "Il est *vieux. Très* vieux,\net [noir](https://example.fr)\u202f!"
    shown = [sentence.shown for sentence in spoken_sentences(typed, lang="fr", lexicon=Lexicon())]
    assert shown == ["Il est vieux.", "Très vieux, et noir\u202f!"]
