"""What is wrong with the files of an archive, and what came of them, in French.

The messages are those of `stops/source/` and of the lexicon, which programs and commands read too.
"""

import re
from collections.abc import Mapping

from tourapp.staff.messages import translated
from tourapp.staff.place.wording import parts_told

_QUOTED = r"'(.*)'"

_EXPECTED: Mapping[str, str] = {
    r"a text of 1 to (\d+) characters": "un texte de 1 à {0} caractères",
    r"degrees between -(\d+) and \d+": "des degrés entre −{0} et {0}",
    r"whole metres from (-?\d+) to (\d+)": "un nombre entier de mètres, de {0} à {1}",
    r"a whole number from (\d+) to (\d+)": "un nombre entier, de {0} à {1}",
    r"hundredths from (\d+) to (\d+)": "des centièmes, de {0} à {1}",
    r"two whole hundredths, .*": "deux nombres entiers, de 0 à 100, depuis la gauche et le haut",
    r"a day such as (\S+)": "un jour, comme {0}",
    r"no day before (\S+)": "un jour qui ne soit pas avant le {0}",
    r"a reason by language, in French at least": "une raison par langue, en français au moins",
    r"what the picture shows by language, in French at least": (
        "ce que montre l’image, par langue, en français au moins"
    ),
    r"a caption by language, in French at least": "une légende par langue, en français au moins",
    r"the name of an SVG file in the same folder": "le nom d’un fichier SVG du même dossier",
    r"the name of a JPEG in the same folder": "le nom d’un JPEG du même dossier",
    r"six of 0-9 and A-Z without I, L, O and U|the six characters of the first sign's code": (
        "les six signes du code d’un panneau, de 0 à 9 et de A à Z sans I, L, O ni U"
    ),
    r"a table": "une table",
    r"an? \[(\w+)\] table": "une table [{0}]",
    r"at least one \[\[(\w+)\]\] table": "au moins une table [[{0}]]",
    r"at most (\d+) \[\[(\w+)\]\](?: tables)?": "au plus {0} tables [[{1}]]",
    r"an address such as (\S+)": "une adresse, comme {0}",
    r"at most (\d+) characters of an address": "une adresse de {0} caractères au plus",
    r"altitude_m and altitude_source together": "altitude_m et altitude_source ensemble",
    r"a file (\S+) beside this one": "un fichier {0} à côté de celui-ci",
    r'an SVG drawing with viewBox="0 0 800 500".*': 'un dessin SVG avec viewBox="0 0 800 500"',
    r"front matter between two lines of (\S+), then the text": (
        "un en-tête entre deux lignes {0}, puis le récit"
    ),
    r"this file": "ce fichier",
    r"the French narrative": "le récit en français, fr.md",
    r"a narrative's name: (\S+).*": "le nom d’un récit, comme {0}",
    r"UTF-8 text": "un texte enregistré en UTF-8",
    r"a name of small letters, digits and single hyphens": (
        "un nom en lettres minuscules sans accent, chiffres et tirets simples"
    ),
    r"a folder a stop, with its (\S+)": "un dossier par arrêt, avec son {0}",
    r"a JPEG that holds pixels alone.*": (
        "une photographie qui ne dit que ce qui se voit, sans lieu, ni heure, ni appareil, ni autre"
        " fichier. Envoyez-la par la page Images de l’arrêt, qui n’en garde que l’image"
    ),
    r"a picture .*": "une photographie en JPEG, de 40 millions de points au plus",
    r"at most (\d+) plain characters": "un texte ordinaire de {0} caractères au plus",
    r"a text with letters": "un texte avec des lettres",
    r"no square bracket": "un texte sans crochets",
    r"numbers in words": "les nombres en lettres",
    r"at most (\d+) optional parts, each in parentheses": (
        "au plus {0} parties facultatives, chacune entre parenthèses"
    ),
    r"letters and no blank around them.*": "des lettres, sans blanc autour",
    r"\[\[entry\]\] tables only": "des tables [[entry]] seules",
    r"fr, en, nl, de": "fr, en, nl ou de",
}
_GOT: Mapping[str, str] = {
    r"only white space": "il n’y a que des blancs",
    r"(U\+\w+)": "il y a un caractère que personne ne voit ({0})",
    rf"{_QUOTED}|(.*)": "il y a «\u00a0{0:.80}\u00a0»",
}
_OTHERS: Mapping[str, str] = {
    r"unknown key": "ce mot n’est pas connu ici",
    r"(\S+) already belongs to (\S+)": "{0} est déjà à {1}",
    r"the picture is broken.*": "ce fichier est abîmé, ou n’est pas une photographie entière",
    rf"{_QUOTED} stands twice for the language {_QUOTED}": "«\u00a0{0}\u00a0» y est deux fois",
    r"its sign was lacking": "son panneau manquait",
    r"number (\d+) .*": "le numéro {0} est déjà à un autre arrêt, ou sur un panneau",
    r"stop '.*' already bears code (\S+), not (\S+)": (
        "cet arrêt a déjà le code {0}, et un code ne se change pas en {1}"
    ),
    r"code (\S+) leads to another stop.*": "le code {0} mène à un autre arrêt",
    rf"is called {_QUOTED} in the database.*": (
        "cet arrêt s’appelle maintenant {0}\u202f: emportez-le de nouveau, et ôtez ce dossier"
    ),
    r"(\d+) entr(?:y|ies) \((.*)\)(?:: .*)?": "mots du lexique\u202f: {1} ({0} en tout)",
}
_NO_TOML = "cette ligne ne se lit pas\u202f: vérifiez les guillemets, les crochets et les signes ="
_NO_TOML_SAID = re.compile(
    r"(?:Invalid|Expected|Cannot|Unterminated|Unclosed|Illegal|Unescaped|Found|Empty|Duplicate"
    r"|Exceeds|the lexicon is not TOML)\b.*",
    re.DOTALL,
)
_ANEW = "says anew: "
_LINE = re.compile(r"line (\d+): (.*)", re.DOTALL)
_KEY = re.compile(r"([\w.'-]+|\w+ of '.*?'): (.*)", re.DOTALL)
_WANTED = re.compile(r"(missing: )?expected (.*?)(?:, got (.*))?", re.DOTALL)


def mistake(message: str) -> str | None:
    """Say what is wrong with a line of a file; None for a message that is not known here."""
    if found := _LINE.fullmatch(message):
        told = mistake(found[2])
        return told and f"ligne\u00a0{found[1]}, {told}"
    if (found := _KEY.fullmatch(message)) and not message.startswith("missing"):
        told = _told(found[2])
        return told and f"{found[1].replace(' of ', ' de ')}\u202f: {told}"
    return _told(message)


def _told(message: str) -> str | None:
    if found := _WANTED.fullmatch(message):
        return _wanted(found[2], got=found[3], is_missing=bool(found[1]))
    if _NO_TOML_SAID.fullmatch(message):
        return _NO_TOML
    if message.startswith(_ANEW):
        return f"change\u202f: {parts_told(message.removeprefix(_ANEW).split(', '))}"
    return translated(message, _OTHERS)


def _wanted(what: str, *, got: str | None, is_missing: bool) -> str | None:
    told = translated(what, _EXPECTED)
    if told is None:
        return None
    told = f"{'il manque' if is_missing else 'il faut'} {told}"
    return told if got is None else f"{told}\u202f; {translated(got, _GOT)}"
