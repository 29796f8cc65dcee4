"""Files of ways and places as the guides' pages speak of them."""

from tourapp.itineraries.drawings.content import (
    LONGEST_FILE_BYTES,
    MOST_MARKS,
    MOST_POINTS,
    DrawingFault,
)

MOST_MB = LONGEST_FILE_BYTES // 1_000_000

LONGEST_FORM_BYTES = LONGEST_FILE_BYTES + 100_000
"""A file with the fields around it."""

DRAWING_FAULTS: dict[DrawingFault, str] = {
    "too_large": f"Ce fichier est trop lourd\u202f: {MOST_MB}\u00a0Mo au plus.",
    "too_many_points": f"Ce chemin a trop de points\u202f: {MOST_POINTS} au plus. Allégez-le.",
    "too_many_marks": f"Ce fichier nomme trop de lieux\u202f: {MOST_MARKS} au plus.",
    "too_short": "Il n’y a pas de chemin dans ce fichier\u202f: ni trace, ni route, ni ligne.",
    "no_place": "Un point de ce fichier n’est nulle part sur Terre.",
    "other_kind": "Ce n’est ni du GPX, ni du KML, ni du GeoJSON, ou le fichier est abîmé.",
    "document_type": "Ce fichier déclare un type de document\u202f: par prudence, il est refusé.",
}
