"""What an archive would do and what is wrong with it, in French."""

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


# Of a mistake in a photograph, as `stops/source/photographs.py` tells it, what to know.
_PHOTOGRAPHS: Mapping[str, str] = {
    "pixels alone": (
        "Cette photographie dit plus que ce qui se voit (un lieu, une heure, un appareil, un autre"
        " fichier). Envoyez-la par la page Images de l’arrêt, qui n’en garde que l’image."
    ),
    "expected a file": "Le fichier de cette photographie n’est pas dans l’archive.",
    "expected a picture": "Ce fichier n’est pas un JPEG, ou il a plus de 40 millions de points.",
    "the picture is broken": "Ce fichier est abîmé, ou ce n’est pas une photographie entière.",
}


def photograph_fault(message: str) -> str | None:
    """Say in French what is wrong with a photograph; of another mistake nothing."""
    if not message.startswith("pictures."):
        return None
    return next((told for said, told in _PHOTOGRAPHS.items() if said in message), None)


def archive_fault(error: ArchiveError) -> str:
    """Say why an archive is not opened."""
    return _FAULTS[error.fault] + (f" ({error.name[:80]})" if error.name else "")
