"""Why signs could not be printed, in French."""

from collections.abc import Mapping

from tourapp.staff.messages import UNFORESEEN, translated

_PARTS = {
    "the title": "le titre",
    "the number": "le numéro",
    "the lede": "le chapeau",
    "the address": "l’adresse du site",
}

# As `signage/plates/` tells them; of a code that is read badly, whatever was measured.
_REASONS: Mapping[str, str] = {
    r"sign (\w+): nothing of stop '(.+)' is published in French": (
        "panneau {0}, rien de l’arrêt {1} n’est publié en français."
    ),
    r"sign (\w+): its code cannot be read from the page": (
        "panneau {0}, son code ne se relit pas sur la page. Prenez un format plus grand."
    ),
    r"sign (\w+): (?:its code|the contrast|the \d+ modules) .+": (
        "panneau {0}, son code ne se relirait pas assez bien. Prenez un format plus grand."
    ),
    r"sign (\w+): (the \w+) does not fit, even at its smallest size": (
        "panneau {0}, {1} n’y tient pas, même en petit. Prenez un format plus grand, ou un texte"
        " plus court."
    ),
    r"sign (\w+) leads elsewhere since it was printed.*": (
        "le panneau {0} a changé d’arrêt entre-temps. Commandez-le à nouveau."
    ),
    r"a code of \d+ mm does not fit on (\w+): it can be read from at most (\d+) cm.*": (
        "le code n’y tient pas. Sur {0}, il se lit de {1}\u00a0cm au plus\u202f: prenez cette"
        " distance, ou un format plus grand."
    ),
    r"a picture shows one sign, not (\d+).*": (
        "une image ne montre qu’un panneau, et il y en a {0}. Demandez une archive."
    ),
    r"the typefaces of signs are not installed.*": (
        "les caractères d’imprimerie ne sont pas installés. Prévenez qui tient le serveur."
    ),
    r"the (?:worker|process) .*ended.*": (
        "l’impression s’est arrêtée plusieurs fois. Recommencez avec moins de panneaux."
    ),
}


def refusal(reason: str) -> str:
    """Say why a batch was not printed."""
    return translated(reason, _REASONS, words=_PARTS) or UNFORESEEN
