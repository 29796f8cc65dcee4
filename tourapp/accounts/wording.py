"""What people of the office read about accounts, in French."""

from tourapp.accounts.signing.passwords import LONGEST, SHORTEST, Fault
from tourapp.errors import ExceededError

ROLE_NAMES = {
    "redaction": "Rédaction",
    "publication": "Publication",
    "guide": "Guide",
    "administration": "Administration",
}

ROLE_HINTS = {
    "redaction": "écrit des brouillons et corrige la prononciation",
    "publication": "publie, programme et retire les textes",
    "guide": "prépare et mène des visites",
    "administration": "fait tout cela, et invite les autres",
}

SCOPE_NAMES = {
    "stops:draft": "Écrire des brouillons",
    "stops:publish": "Publier, programmer, retirer",
    "lexicon:write": "Corriger le lexique",
    "signs:manage": "Tenir le registre des panneaux",
    "itineraries:write": "Écrire des itinéraires",
    "audience:read": "Lire la fréquentation",
    "observations:read": "Lire les remarques",
    "observations:moderate": "Publier les remarques, y répondre",
    "people:manage": "Gérer les personnes",
}

PASSWORD_FAULTS: dict[Fault, str] = {
    "short": f"Trop court\u202f: il faut au moins {SHORTEST} caractères.",
    "long": f"Trop long\u202f: {LONGEST} caractères au plus.",
    "guessable": (
        "Trop facile à deviner. Prenez plutôt quatre mots sans rapport entre eux, avec des espaces."
    ),
}

WRONG_PASSWORD = "L’adresse et le mot de passe ne vont pas ensemble."  # noqa: S105 -- a sentence
WRONG_OWN_PASSWORD = "Ce n’est pas votre mot de passe actuel."  # noqa: S105 -- a sentence
WRONG_CODE = "Ce code n’est pas le bon, a expiré ou a déjà servi."

_LONGEST_IN_SECONDS = 90


def wait_told(error: ExceededError) -> str:
    """Tell how long somebody has to wait who tried too often."""
    left_s = max(1, round(error.retry_after_s or 0))
    minutes = -(-left_s // 60)
    seconds = f"{left_s}\u00a0seconde{'s' if left_s > 1 else ''}"
    waiting = seconds if left_s <= _LONGEST_IN_SECONDS else f"{minutes}\u00a0minutes"
    return f"Trop d’essais. Le prochain sera possible dans {waiting}."
