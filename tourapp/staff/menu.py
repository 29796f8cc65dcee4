"""What a person finds in the bureau, by what they may do."""

from dataclasses import dataclass

from tourapp.accounts.services import Actor


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the bureau, and what one goes there for."""

    title: str
    hint: str
    url: str
    permission: str | None = None


_ENTRIES = (
    Entry(
        "Arrêts",
        "Écrire, écouter, publier",
        "/bureau/arrets",
        permission="stops:draft",
    ),
    Entry(
        "Lexique",
        "Corriger comment un nom se dit",
        "/bureau/lexique",
        permission="lexicon:write",
    ),
    Entry(
        "Panneaux",
        "Où ils sont, dans quel état, les imprimer",
        "/bureau/panneaux",
        permission="signs:manage",
    ),
    Entry(
        "Remarques",
        "Ce que les marcheurs disent, et la suite donnée",
        "/bureau/remarques",
        permission="observations:read",
    ),
    Entry(
        "Fréquentation",
        "Ce qui est lu, vu et écouté",
        "/bureau/frequentation",
        permission="audience:read",
    ),
    Entry(
        "Itinéraires",
        "Préparer une visite, la partager, l’emporter",
        "/guide/",
        permission="itineraries:write",
    ),
    Entry(
        "Fichiers",
        "Emporter les arrêts, en apporter",
        "/bureau/fichiers",
        permission="stops:draft",
    ),
    Entry(
        "Personnes",
        "Inviter, donner des rôles, retirer l’accès",
        "/bureau/personnes",
        permission="people:manage",
    ),
    Entry(
        "Journal",
        "Qui a changé quoi, et quand",
        "/bureau/journal",
        permission="people:manage",
    ),
    Entry(
        "Mon compte",
        "Mot de passe, code du téléphone, appareils, jetons",
        "/bureau/compte",
    ),
)


def entries_for(by: Actor) -> list[Entry]:
    """Return the places that somebody may go to."""
    return [
        entry
        for entry in _ENTRIES
        if entry.permission is None or entry.permission in by.permissions
    ]
