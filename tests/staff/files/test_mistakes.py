"""Mistakes in files and troubles of voices, as staff read them."""

import pytest

from tourapp.narration.lexicon import Entry, EntryError
from tourapp.staff.files.mistakes import mistake
from tourapp.staff.listening.wording import obstacle
from tourapp.staff.messages import UNFORESEEN

TOLD = [
    (
        "number: expected a whole number from 1 to 99999, got 0",
        "number : il faut un nombre entier, de 1 à 99999 ; il y a « 0 »",
    ),
    (
        "position.altitude_m: missing: expected whole metres from -500 to 9000",
        "position.altitude_m : il manque un nombre entier de mètres, de -500 à 9000",
    ),
    (
        "closures.0.until: expected no day before 2026-12-02, got 2026-12-01",
        (
            "closures.0.until : il faut un jour qui ne soit pas avant le 2026-12-02 ;"
            " il y a « 2026-12-01 »"
        ),
    ),
    (
        "sources.0.title: expected a text of 1 to 300 characters, got only white space",
        "sources.0.title : il faut un texte de 1 à 300 caractères ; il n’y a que des blancs",
    ),
    (
        "sources.1.url: expected at most 2000 characters of an address",
        "sources.1.url : il faut une adresse de 2000 caractères au plus",
    ),
    ("says anew: sources, rescue_post", "change : sources, borne de secours"),
    (
        "lede: expected a text of 1 to 240 characters, got U+202E",
        (
            "lede : il faut un texte de 1 à 240 caractères ; il y a un caractère que personne ne"
            " voit (U+202E)"
        ),
    ),
    ("missing: expected the French narrative", "il manque le récit en français, fr.md"),
    ("nombre: unknown key", "nombre : ce mot n’est pas connu ici"),
    ("code: 7K2M9Q already belongs to terril", "code : 7K2M9Q est déjà à terril"),
    (
        "Expected newline or end of document after a statement",
        "cette ligne ne se lit pas : vérifiez les guillemets, les crochets et les signes =",
    ),
    (
        "line 3: 'x' stands twice for the language 'fr'",
        "ligne 3, « x » y est deux fois",
    ),
    ("number 3 belongs to 'terril'", "le numéro 3 est déjà à un autre arrêt, ou sur un panneau"),
    ("12 entries (a, b, …): changed", "mots du lexique : a, b, … (12 en tout)"),
]


def plain(told: str | None) -> str:
    return str(told).replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(("message", "told"), TOLD)
def test_a_mistake_in_a_file_is_told_in_french(message: str, told: str) -> None:
    assert plain(mistake(message)) == told


def test_what_was_never_met_stays_as_it_was_said() -> None:
    assert mistake("expected the unexpected") is None
    assert mistake("line 3: said of 'x': something else") is None


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (Entry("Rev3", "fr", "rève 3"), "said de 'Rev3' : il faut les nombres en lettres"),
        (Entry("x", "tlh", "x"), "lang de 'x' : il faut fr, en, nl ou de"),
        (Entry("x", "fr", "x", piper="[a]"), "piper de 'x' : il faut un texte sans crochets"),
        (Entry("a(b", "fr", "x"), "written de 'a(b' : il faut au plus 3 parties facultatives"),
    ],
)
def test_a_mistake_in_the_lexicon_is_too(entry: Entry, told: str) -> None:
    with pytest.raises(EntryError) as raised:
        entry.check()
    assert plain(mistake(str(raised.value))).startswith(told)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("gTTS does not reach its service: [Errno 111]", "son service ne répond pas"),
        ("gTTS is asked to make fewer requests", "son service demande d’attendre"),
        ("gTTS received no sound: status 400", "autre chose que du son"),
        ("espeak: eSpeak NG says nothing for '«'; piper: …", "n’a pas de mot à dire"),
        ("Piper's voice upmc fails: its process ended", "s’est arrêtée en chemin"),
        ("its sound was lost from the media store", "Il est refait automatiquement"),
        ("KeyError('x')", UNFORESEEN),
    ],
)
def test_why_a_voice_is_silent_is_told_in_french(reason: str, told: str) -> None:
    assert told in obstacle(reason)
