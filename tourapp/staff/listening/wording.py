"""Why a voice could not say a text, in French."""

from collections.abc import Mapping

from tourapp.staff.messages import UNFORESEEN, translated

# As engines, recordings and the mastering tell it, the first that is found.
_OBSTACLES: Mapping[str, str] = {
    r".*(?:there is no word to say|says nothing for|at least one sentence).*": (
        "une phrase n’a pas de mot à dire. Écrivez-la autrement."
    ),
    r".*(?:does not reach its service|'s service is down).*": (
        "son service ne répond pas. Nouvel essai automatique, rien à faire."
    ),
    r".*(?:asked to make fewer requests).*": (
        "son service demande d’attendre. Nouvel essai automatique, rien à faire."
    ),
    r".*(?:received .*(?:no sound|not base64|s of sound for)).*": (
        "son service répond autre chose que du son. Nouvel essai automatique\u202f; si cela dure,"
        " prévenez qui tient le serveur."
    ),
    r".*(?:does not speak|has no voice|not set up to speak).*": "elle ne parle pas cette langue.",
    r".*(?:is too loud|holds no sound|nothing but silence|no sound that can be decoded).*": (
        "le son obtenu est vide, trop fort ou abîmé. Nouvel essai automatique\u202f; si cela dure,"
        " prévenez qui tient le serveur."
    ),
    r".*(?:did not end within|no answer within|cannot be started|fails:|broke off).*": (
        "elle s’est arrêtée en chemin. Nouvel essai automatique\u202f; si cela dure, prévenez qui"
        " tient le serveur."
    ),
    r".*(?:is not in its folder|cannot be read).*": (
        "les fichiers de cette voix manquent ou sont abîmés. Prévenez qui tient le serveur."
    ),
    r".*(?:was lost from the media store|the media file .* is damaged).*": (
        "un fichier de son a disparu ou est abîmé. Il est refait automatiquement, rien à faire."
    ),
    r".*(?:the worker ended).*": "le programme qui parle s’est arrêté plusieurs fois sur ce texte.",
}


def obstacle(reason: str) -> str:
    """Say why a text is not heard, and what to do, or whom to tell."""
    return translated(reason, _OBSTACLES) or UNFORESEEN
