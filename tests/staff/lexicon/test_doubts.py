"""Which words a voice may get wrong, and why; and which of them nobody has to listen to."""

import pytest

from tourapp.narration.lexicon import Entry, Lexicon
from tourapp.narration.script import spoken_sentences
from tourapp.staff.lexicon.doubts import MOST, Doubt, find_doubts

SPELLED = "sigle dit lettre à lettre"
AS_WORD = "sigle dit comme un mot"
LEFT = "sigle que chaque voix dit à sa façon"
CODE = "lettres et chiffres mêlés"
UNIT = "unité que les voix ne connaissent pas"
ENDING = "nom dont la fin se dit, ou non"
FOREIGN = "mot d’une autre langue"


def doubts(text: str, *entries: Entry, lang: str = "fr") -> list[Doubt]:
    lexicon = Lexicon(entries)
    sentences = spoken_sentences(text, lang=lang, lexicon=lexicon)
    return [*find_doubts(sentences, lang=lang, lexicon=lexicon)]


def reasons(text: str, *entries: Entry, lang: str = "fr") -> dict[str, str]:
    return {doubt.word: doubt.reason for doubt in doubts(text, *entries, lang=lang)}


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("Le CPIE est là.", "CPIE", SPELLED),
        ("Classé par l’UNESCO.", "UNESCO", AS_WORD),
        ("Le CD2E travaille ici.", "CD2E", CODE),
        ("On prend l’A21.", "A21", CODE),
        ("Il donne 12 kWp par jour.", "kWp", UNIT),
        ("Une vis de 4 Nm.", "Nm", UNIT),
        ("On voit Lens au loin.", "Lens", ENDING),
        ("Le terril de Ruitz est grand.", "Ruitz", ENDING),
        ("Un workshop a lieu ici.", "workshop", FOREIGN),
        ("Du land art, par Kazuyo.", "Kazuyo", FOREIGN),
    ],
)
def test_a_word_is_doubtful_for_a_reason(text: str, word: str, reason: str) -> None:
    assert reasons(text)[word] == reason


@pytest.mark.parametrize(
    "text",
    [
        "Un kilomètre plus loin, la coopérative et son wagon.",
        "Il y a 32\u202f000\u00a0kWh et 250\u00a0m² au 2e étage, à 14h30.",
        "Au XIXe siècle, Louis XIV était mort depuis longtemps.",
        "Lens dort encore.",
        "Comptez de 30 à 45 minutes, au numéro 4 a.",
        "La commune annonce 159 espèces d’animaux et 61\u00a0kWh/m² par an.",
        "Un sentier de 35 mètres monte vers Paris et Arras.",
        "",
    ],
)
def test_what_every_voice_reads_rightly_is_not_told(text: str) -> None:
    assert reasons(text) == {}


def test_what_the_lexicon_says_is_no_doubt_any_more() -> None:
    lens = Entry("Lens", "fr", "Lance")
    assert reasons("Vers Lens, et le Louvre-Lens.", lens) == {}


def test_a_doubt_tells_how_the_word_is_said_now() -> None:
    [doubt] = doubts("Voici le CPIE, puis le CPIE encore.")
    assert (doubt.word, doubt.said) == ("CPIE", "cé pé i eu")


@pytest.mark.parametrize(
    ("lang", "text", "word", "reason"),
    [
        ("en", "The CPIE is here.", "CPIE", LEFT),
        ("en", "It gives 12 Nm.", "Nm", UNIT),
        ("nl", "Naar Gohèlle, langs de berg.", "Gohèlle", None),
        ("de", "Die Straße nach Chênelet.", "Chênelet", FOREIGN),
        ("en", "Towards the Résidence.", "Résidence", FOREIGN),
        ("en", "It opened on 4 December 2012.", "December", None),
    ],
)
def test_other_languages_have_their_own_doubts(
    lang: str, text: str, word: str, reason: str | None
) -> None:
    assert reasons(text, lang=lang).get(word) == reason


def test_a_long_list_ends_somewhere() -> None:
    text = " ".join(f"Le KW{number}Z dort." for number in range(MOST + 5))
    assert len(doubts(text)) == MOST
