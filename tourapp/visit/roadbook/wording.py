"""The words of a road book, in the language of its itinerary."""

from collections.abc import Mapping
from typing import Protocol

from babel import Locale

from tourapp.itineraries.planning import PlannedStage
from tourapp.itineraries.route import Transport
from tourapp.visit.figures import NARROW, SPACE, distance, walking_time

_MINUTE_S = 60


class Climbed(Protocol):
    """A way, or a whole plan, with its heights where they are known."""

    @property
    def ascent_m(self) -> int | None:
        """Metres up."""

    @property
    def descent_m(self) -> int | None:
        """Metres down."""


_FRENCH = {
    "title": "Feuille de route",
    "guide": "Exemplaire du guide\N{NARROW NO-BREAK SPACE}: notes et questions privées",
    "trial": "ESSAI — adresse locale, les codes ne mènent nulle part",
    "distance": "Distance",
    "moving": "En chemin",
    "total": "En tout",
    "climb": "Dénivelé",
    "unknown": "inconnu",
    "partly": "{0} de montée, {1} de descente",
    "difficulty": "Difficulté",
    "easy": "facile",
    "moderate": "moyenne",
    "hard": "difficile",
    "theme": "Thème",
    "audience": "Pour qui",
    "accessibility": "Accessibilité",
    "meeting": "Rendez-vous",
    "map": "Carte de l’itinéraire, le nord en haut",
    "map_caption": "Le nord est en haut. Un trait interrompu relie deux haltes à vol d’oiseau"
    "\N{NARROW NO-BREAK SPACE}: le chemin se trouve sur place, et sa longueur est une estimation.",
    "profile": "Profil\N{NARROW NO-BREAK SPACE}: hauteur au-dessus de la mer le long du chemin",
    "profile_caption": "Là où rien n’est dessiné, le dénivelé est inconnu.",
    "timetable": "Les temps",
    "halt": "Halte",
    "halts": "Haltes",
    "elapsed": "Temps écoulé",
    "clock": "Heure",
    "leaves": "Départ",
    "stay": "Sur place",
    "way": "{distance} {means}, environ {duration}",
    "estimate": "estimation",
    "walk": "à pied",
    "bicycle": "à vélo",
    "bus": "en car",
    "start": "Départ",
    "sign": "Panneau n°",
    "scan": "Code QR de l’adresse",
    "look": "À regarder",
    "safety": "Attention",
    "note": "Note",
    "question": "Question au groupe",
    "seen": "Ce que le groupe a vu",
    "emergency": "En cas d’urgence",
    "call": "Appelez le 112",
    "call_about": "Gratuit, de tout téléphone, même verrouillé ou sans abonnement."
    " Qui entend ou parle mal écrit un SMS au 114.",
    "say": "Dites où vous êtes, ce qui s’est passé, combien de personnes sont blessées."
    " Ne raccrochez pas avant qu’on vous le dise.",
    "posts": "Où vous êtes",
    "post": "Borne de secours",
    "no_post": "aucune connue",
    "position": "Position",
    "state": "État du",
}
_ENGLISH = {
    "title": "Road book",
    "guide": "Guide’s copy: private notes and questions",
    "trial": "TRIAL — local address, the codes lead nowhere",
    "distance": "Distance",
    "moving": "On the way",
    "total": "In all",
    "climb": "Ascent",
    "unknown": "unknown",
    "partly": "{0} up, {1} down",
    "difficulty": "Difficulty",
    "easy": "easy",
    "moderate": "moderate",
    "hard": "hard",
    "theme": "Theme",
    "audience": "For whom",
    "accessibility": "Accessibility",
    "meeting": "Meeting point",
    "map": "Map of the itinerary, north above",
    "map_caption": "North is above. A broken line joins two halts as the crow flies: the way is"
    " found on site, and its length is an estimate.",
    "profile": "Profile: height above the sea along the way",
    "profile_caption": "Where nothing is drawn, heights are unknown.",
    "timetable": "Times",
    "halt": "Halt",
    "halts": "Halts",
    "elapsed": "Elapsed",
    "clock": "Time",
    "leaves": "Leaving",
    "stay": "On site",
    "way": "{distance} {means}, about {duration}",
    "estimate": "estimate",
    "walk": "on foot",
    "bicycle": "by bicycle",
    "bus": "by coach",
    "start": "Start",
    "sign": "Sign no.",
    "scan": "QR code of the address",
    "look": "Look",
    "safety": "Take care",
    "note": "Note",
    "question": "To ask the group",
    "seen": "What the group saw",
    "emergency": "In an emergency",
    "call": "Call 112",
    "call_about": "Free, from any phone, even locked or without a contract."
    " If you cannot hear or speak, text 114.",
    "say": "Say where you are, what happened, how many people are hurt."
    " Do not hang up before you are told to.",
    "posts": "Where you are",
    "post": "Rescue post",
    "no_post": "none known",
    "position": "Position",
    "state": "As of",
}
_DUTCH = {
    "title": "Routeboek",
    "guide": "Exemplaar van de gids: eigen notities en vragen",
    "trial": "PROEF — lokaal adres, de codes leiden nergens heen",
    "distance": "Afstand",
    "moving": "Onderweg",
    "total": "In totaal",
    "climb": "Hoogteverschil",
    "unknown": "onbekend",
    "partly": "{0} omhoog, {1} omlaag",
    "difficulty": "Moeilijkheid",
    "easy": "makkelijk",
    "moderate": "gemiddeld",
    "hard": "zwaar",
    "theme": "Thema",
    "audience": "Voor wie",
    "accessibility": "Toegankelijkheid",
    "meeting": "Ontmoetingspunt",
    "map": "Kaart van de route, het noorden boven",
    "map_caption": "Het noorden is boven. Een onderbroken lijn verbindt twee haltes in vogelvlucht:"
    " de weg vindt u ter plaatse, de lengte is een schatting.",
    "profile": "Profiel: hoogte boven de zee langs de weg",
    "profile_caption": "Waar niets getekend is, is de hoogte onbekend.",
    "timetable": "Tijden",
    "halt": "Halte",
    "halts": "Haltes",
    "elapsed": "Verstreken",
    "clock": "Uur",
    "leaves": "Vertrek",
    "stay": "Ter plaatse",
    "way": "{distance} {means}, ongeveer {duration}",
    "estimate": "schatting",
    "walk": "te voet",
    "bicycle": "met de fiets",
    "bus": "met de bus",
    "start": "Vertrek",
    "sign": "Bord nr.",
    "scan": "QR-code van het adres",
    "look": "Kijk",
    "safety": "Let op",
    "note": "Notitie",
    "question": "Vraag aan de groep",
    "seen": "Wat de groep zag",
    "emergency": "In noodgeval",
    "call": "Bel 112",
    "call_about": "Gratis, met elke telefoon, ook vergrendeld of zonder abonnement."
    " Wie niet kan horen of spreken, stuurt een sms naar 114.",
    "say": "Zeg waar u bent, wat er gebeurd is, hoeveel mensen gewond zijn."
    " Hang niet op voordat men het zegt.",
    "posts": "Waar u bent",
    "post": "Hulppost",
    "no_post": "geen bekend",
    "position": "Positie",
    "state": "Stand van",
}
_GERMAN = {
    "title": "Wegbuch",
    "guide": "Exemplar für die Führung: eigene Notizen und Fragen",
    "trial": "PROBE — lokale Adresse, die Codes führen nirgendwohin",
    "distance": "Strecke",
    "moving": "Unterwegs",
    "total": "Insgesamt",
    "climb": "Höhenmeter",
    "unknown": "unbekannt",
    "partly": "{0} Aufstieg, {1} Abstieg",
    "difficulty": "Schwierigkeit",
    "easy": "leicht",
    "moderate": "mittel",
    "hard": "schwer",
    "theme": "Thema",
    "audience": "Für wen",
    "accessibility": "Barrierefreiheit",
    "meeting": "Treffpunkt",
    "map": "Karte der Route, Norden oben",
    "map_caption": "Norden ist oben. Eine unterbrochene Linie verbindet zwei Halte in Luftlinie:"
    " Der Weg findet sich vor Ort, seine Länge ist geschätzt.",
    "profile": "Profil: Höhe über dem Meer entlang des Weges",
    "profile_caption": "Wo nichts gezeichnet ist, sind die Höhen unbekannt.",
    "timetable": "Zeiten",
    "halt": "Halt",
    "halts": "Halte",
    "elapsed": "Verstrichen",
    "clock": "Uhrzeit",
    "leaves": "Abgang",
    "stay": "Vor Ort",
    "way": "{distance} {means}, etwa {duration}",
    "estimate": "geschätzt",
    "walk": "zu Fuß",
    "bicycle": "mit dem Rad",
    "bus": "mit dem Bus",
    "start": "Start",
    "sign": "Tafel Nr.",
    "scan": "QR-Code der Adresse",
    "look": "Schauen Sie",
    "safety": "Vorsicht",
    "note": "Notiz",
    "question": "Frage an die Gruppe",
    "seen": "Was die Gruppe sah",
    "emergency": "Im Notfall",
    "call": "Rufen Sie 112 an",
    "call_about": "Kostenlos, von jedem Telefon, auch gesperrt oder ohne Vertrag."
    " Wer nicht hören oder sprechen kann, schreibt eine SMS an 114.",
    "say": "Sagen Sie, wo Sie sind, was geschehen ist, wie viele verletzt sind."
    " Legen Sie erst auf, wenn man es Ihnen sagt.",
    "posts": "Wo Sie sind",
    "post": "Notrufsäule",
    "no_post": "keine bekannt",
    "position": "Position",
    "state": "Stand",
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": _FRENCH,
    "en": _ENGLISH,
    "nl": _DUTCH,
    "de": _GERMAN,
}


def locale_of(lang: str) -> Locale:
    """Return how figures are written in a language."""
    return Locale("en", "GB") if lang == "en" else Locale(lang)


def told_way(stage: PlannedStage, transport: Transport, *, lang: str) -> str:
    """Tell how one comes to a halt, and whether that is measured or estimated."""
    words = WORDS[lang]
    if stage.way is None:
        return words["start"]
    told = words["way"].format(
        distance=distance(stage.way.distance_m, locale=locale_of(lang)),
        means=words[transport],
        duration=walking_time(stage.way_s),
    )
    if stage.is_estimate:
        return f"{told} ({words['estimate']})"
    return told if stage.way.ascent_m is None else f"{told} · {told_climb(stage.way, lang=lang)}"


def told_climb(measured: Climbed, *, lang: str) -> str:
    """Tell ascent and descent, or that they are unknown."""
    words, locale = WORDS[lang], locale_of(lang)
    if measured.ascent_m is None or measured.descent_m is None:
        return words["unknown"]
    return words["partly"].format(
        distance(measured.ascent_m, locale=locale),
        distance(measured.descent_m, locale=locale),
    )


def elapsed(seconds: int) -> str:
    """Write how long after the start something is, « 1 h 05 »."""
    hours, minutes = divmod(round(seconds / _MINUTE_S), 60)
    return f"{hours}{NARROW}h{SPACE}{minutes:02}"


def minutes(count: int) -> str:
    """Write how many minutes one stays."""
    return f"{count}{NARROW}min"
