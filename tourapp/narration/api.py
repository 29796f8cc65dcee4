"""Narrations over HTTP."""

from typing import Any

from tourapp.errors import NotFoundError
from tourapp.narration.queries import find_heard
from tourapp.narration.schemas import NarrationSchema, narration_document
from tourapp.stops.queries import get_published_narrative
from tourapp.web.addresses import Addresses
from tourapp.web.api import ApiBlueprint
from tourapp.web.context import current_resources

narrations = ApiBlueprint(
    "narrations",
    __name__,
    url_prefix="/api/v1/stops",
    description="Narratives, spoken",
)


class SilentError(NotFoundError):
    """A narrative is published, and its sound is still being made."""


@narrations.get("/<slug>/narrations/<lang>")
@narrations.etag
@narrations.response(200, NarrationSchema)
def get_narration(slug: str, lang: str) -> dict[str, Any]:
    """Return the sound of a stop in one language, with its cues."""
    resources = current_resources()
    settings = resources.settings
    with resources.database.reading() as session:
        published = get_published_narrative(session, slug, lang=lang)
        heard = find_heard(session, published.revision, engines=settings.engines)
    if heard is None:
        message = f"the sound of {slug!r} in {lang!r} is still being made; its text is published"
        raise SilentError(message)
    return narration_document(heard, lang=lang, addresses=Addresses(settings.public_url))
