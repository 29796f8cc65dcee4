"""The addresses of a narrative in the bureau."""

from collections.abc import Mapping
from typing import cast, get_args

from tourapp.stops.content import LANGUAGES, Variant
from tourapp.stops.editing import Telling

TELLING = (
    f"/<slug>/<any({', '.join(LANGUAGES)}):lang>/<any({', '.join(get_args(Variant))}):variant>"
)
"""The part of an address that names a narrative, after `/bureau/arrets`."""

_VIEWS = {
    "edit": "",
    "post_draft": "/enregistrer",
    "post_revision": "/soumettre",
    "post_publication": "/publier",
    "post_discard": "/abandonner",
    "preview": "/apercu",
    "post_measures": "/mesures",
    "post_listening": "/ecouter",
    "post_presence": "/presence",
    "versions": "/versions",
    "recordings": "/lectures",
}


def telling_of(which: Mapping[str, str]) -> Telling:
    """Return which narrative an address names."""
    return Telling(
        slug=which["slug"], lang=which["lang"], variant=cast("Variant", which["variant"])
    )


def address_of(view: str, telling: Telling) -> str:
    """Return where something of a narrative stands."""
    return f"/bureau/arrets/{telling}{_VIEWS[view]}"
