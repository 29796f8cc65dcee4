"""How the bureau's templates tell times, roles, devices and what was done, in French."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import partial

from babel.numbers import format_decimal

from tourapp.accounts.wording import ROLE_NAMES, SCOPE_NAMES
from tourapp.itineraries.clock import clock, french_day
from tourapp.signage.rounds.exports import REASON_NAMES, STATE_NAMES
from tourapp.staff.differences import differences
from tourapp.staff.listening.wording import obstacle
from tourapp.staff.observations.wording import REASON_NAMES as REASONS_AGAINST
from tourapp.staff.observations.wording import STATE_NAMES as NOTICED_STATES
from tourapp.staff.place.wording import parts_told
from tourapp.staff.writing.wording import telling_name
from tourapp.visit.noticing.wording import KIND_NAMES, OUTCOME_NAMES

_ACTIONS = {
    "person.create": "personne ajoutée",
    "person.rename": "personne renommée",
    "person.disable": "accès retiré",
    "person.enable": "accès rendu",
    "person.roles": "rôles changés",
    "link.create": "lien d’entrée créé",
    "password.change": "mot de passe choisi",
    "sign_in.begin": "entrée",
    "sign_in.refuse": "entrée refusée",
    "sign_in.end": "sortie",
    "sign_in.end_all": "sortie de tous les appareils",
    "second_factor.begin": "code du téléphone demandé",
    "second_factor.end": "code du téléphone abandonné",
    "recovery_codes.renew": "codes de secours renouvelés",
    "token.create": "jeton créé",
    "token.revoke": "jeton supprimé",
    "stop.place": "lieu changé",
    "stop.copy": "arrêt dupliqué",
    "stop.archive": "arrêt archivé",
    "stop.bring_back": "arrêt remis en service",
    "revision.create": "version enregistrée",
    "draft.discard": "brouillon abandonné",
    "lexicon.create": "mot ajouté au lexique",
    "lexicon.change": "mot du lexique changé",
    "lexicon.confirm": "mot du lexique confirmé",
    "lexicon.remove": "mot du lexique retiré",
    "sign.create": "panneau prévu",
    "sign.change": "panneau décrit",
    "sign.check": "panneau vérifié",
    "sign.move": "panneau mené à un autre arrêt",
    "sign.print": "panneau imprimé",
    "sign.retire": "panneau retiré",
    "sign.restore": "panneau remis en service",
    "sign.photo.add": "photo de panneau ajoutée",
    "sign.photo.remove": "photo de panneau retirée",
    "sign.report.close": "signalement classé",
    "observation.publish": "remarque publiée",
    "observation.set_aside": "remarque mise de côté",
    "observation.put_back": "remarque remise à lire",
    "observation.answer": "suite donnée à une remarque",
    "recording.give": "lecture à voix haute donnée",
    "recording.withdraw": "lecture à voix haute retirée",
    "review.ask": "relecture demandée",
    "review.approved": "version approuvée",
    "review.returned": "version rendue, à revoir",
    "comment.create": "commentaire ajouté",
    "comment.reply": "réponse à un commentaire",
    "comment.settle": "commentaire réglé",
    "comment.reopen": "commentaire rouvert",
    "itinerary.create": "itinéraire créé",
    "itinerary.change": "itinéraire changé",
    "itinerary.undo": "changement d’itinéraire annulé",
    "itinerary.show": "itinéraire montré ou retiré",
    "itinerary.share": "itinéraire partagé",
    "itinerary.path": "chemin d’itinéraire changé",
    "itinerary.delete": "itinéraire supprimé",
    "walk.create": "marche préparée",
    "walk.change": "préparation de marche changée",
    "walk.end": "marche terminée",
    "walk.delete": "marche supprimée",
    "walk.feed": "lien d’agenda renouvelé",
    "file.import": "fichier importé",
    "narrative.publish": "texte publié",
    "narrative.withdraw": "texte retiré",
    "narrative.schedule": "publication programmée",
    "narrative.unschedule": "programmation annulée",
    "narrative.end": "retrait programmé",
    "narrative.unend": "retrait programmé annulé",
}
_ORIGINS = {"api": "API", "command": "commande", "page": "bureau"}
_EASES = (
    (70, "facile"),
    (50, "courant"),
    (30, "difficile"),
    (0, "très difficile"),
)
_CERTAINTIES = (
    (0.2, "La voix dit ce texte."),
    (0.1, "La voix dit peut-être un autre texte\u202f: écoutez."),
    (0, "La voix dit sans doute un autre texte."),
)
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
_BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrom": "Chrome", "Safari": "Safari"}


def moment(at: datetime, *, zone: tzinfo) -> str:
    """Write a time of the place, « 3 nov. 2026 à 9 h 05 »."""
    local = at.astimezone(zone)
    day = french_day(local.date(), "d MMM y").replace(" ", "\u00a0")
    return f"{day} à {clock(local, lang='fr')}"


def device(agent: str) -> str:
    """Name a device by what its browser says, « Firefox sur Android »."""
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "appareil inconnu")
    browser = next((name for mark, name in _BROWSERS.items() if mark in agent), "Navigateur")
    return f"{browser} sur {system}"


def action(name: str) -> str:
    """Name what was done."""
    return _ACTIONS.get(name, name)


def origin(name: str) -> str:
    """Name by what way something was done."""
    return _ORIGINS[name]


def ease(score: int) -> str:
    """Tell who reads a text easily, after the steps of Flesch."""
    return next(told for least, told in _EASES if score >= least)


def certainty(confidence: float) -> str:
    """Tell how likely a recording reads its text, from what voices that differ much came to."""
    return next(told for least, told in _CERTAINTIES if confidence >= least)


def count(number: int) -> str:
    """Write how many of something there are, « 3 027 »."""
    return format_decimal(number, locale="fr")


def room(size: int) -> str:
    """Write how much room is left, « 12,3 Go »."""
    return f"{format_decimal(size / 1e9, format='0.0', locale='fr')}\u00a0Go"


def filters(zone: tzinfo) -> dict[str, Callable[..., str]]:
    """Return the filters of the bureau's templates."""
    return {
        "action": action,
        "certainty": certainty,
        "counted": count,
        "device": device,
        "differences": differences,
        "ease": ease,
        "moment": partial(moment, zone=zone),
        "noticed_kind": KIND_NAMES.__getitem__,
        "noticed_state": NOTICED_STATES.__getitem__,
        "obstacle": obstacle,
        "origin": origin,
        "outcome": OUTCOME_NAMES.__getitem__,
        "place_parts": parts_told,
        "room": room,
        "role": ROLE_NAMES.__getitem__,
        "set_aside_reason": REASONS_AGAINST.__getitem__,
        "scope": SCOPE_NAMES.__getitem__,
        "sign_reason": REASON_NAMES.__getitem__,
        "sign_state": STATE_NAMES.__getitem__,
        "telling_name": telling_name,
    }
