"""What an archive would do, and why one is not opened, in French."""

from collections.abc import Mapping

from tourapp.publishing.exchange.archives import (
    MOST_FILES,
    MOST_UNPACKED_BYTES,
    ArchiveError,
    ArchiveFault,
)

_MEGABYTE = 1_000_000

_FAULTS: Mapping[ArchiveFault, str] = {
    ArchiveFault.NO_ZIP: "Ce n’est pas une archive zip.",
    ArchiveFault.FILES: f"Cette archive contient plus de {MOST_FILES} fichiers.",
    ArchiveFault.SIZE: f"Ouverte, elle dépasse {MOST_UNPACKED_BYTES // _MEGABYTE}\u00a0Mo.",
    ArchiveFault.SECRET: "Un de ses fichiers est protégé par un mot de passe.",
    ArchiveFault.LINK: "Elle contient autre chose que des fichiers simples.",
    ArchiveFault.NAME: "Un de ses fichiers n’a pas le nom d’un fichier d’arrêt.",
    ArchiveFault.TWICE: "Deux de ses fichiers portent le même nom.",
    ArchiveFault.DAMAGED: "Un de ses fichiers est abîmé.",
    ArchiveFault.PICTURES: "Ses photographies demandent trop pour être lues.",
    ArchiveFault.EMPTY: "Elle ne contient aucun dossier d’arrêt.",
}

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "conflict": (
        "En conflit",
        "Changés au bureau et dans l’archive\u202f: le bureau garde les siens.",
    ),
    "created": ("Nouveaux", "Publiés aussitôt."),
    "updated": ("Modifiés", "Les textes attendent d’être publiés\u202f; le lieu change aussitôt."),
    "kept": ("Gardés", "L’archive est plus ancienne que le bureau\u202f: rien ne change."),
    "unchanged": ("Sans changement", "L’archive dit la même chose."),
}
"""Of each outcome its title and what it means, in the order in which they matter."""


def archive_fault(error: ArchiveError) -> str:
    """Say why an archive is not opened."""
    return _FAULTS[error.fault] + (f" ({error.name[:80]})" if error.name else "")
