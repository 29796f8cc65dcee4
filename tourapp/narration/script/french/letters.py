"""The names of the letters in French, respelled so that an engine cannot mistake them."""

from collections.abc import Mapping

from tourapp.narration.lexicon import Notation

LetterNames = Mapping[str, str]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NAMES_IN_ORDER = (
    "a bé cé dé eu effe gé hache i ji ka elle emme "
    "enne o pé cu erre esse té u vé double_vé ixe i_grec zède"
)
_NAMES = {
    letter: name.replace("_", " ")
    for letter, name in zip(_LETTERS, _NAMES_IN_ORDER.split(), strict=True)
}

# eSpeak NG, which Piper reads through, takes « eu » for « eût » and « emme » for « amme ».
_NAMES_FOR_ESPEAK = _NAMES | {"E": "e", "M": "aime"}


def letter_names(notation: Notation) -> LetterNames:
    """Return the names of the capitals for the engines of a notation."""
    return _NAMES if notation == "plain" else _NAMES_FOR_ESPEAK


def spelled(letters: str, names: LetterNames) -> str:
    """Return the names of the letters one after the other."""
    return " ".join(names.get(letter.upper(), letter.lower()) for letter in letters)
