"""Who else works at a text, over HTTP."""

from typing import Any

from tourapp.accounts.guards import GUARDED, looking
from tourapp.presence.schemas import CompanionSchema, companion_document
from tourapp.presence.services import list_company
from tourapp.publishing.schemas import TellingQuerySchema
from tourapp.stops.editing import Telling
from tourapp.web.api import ApiBlueprint

presence = ApiBlueprint(
    "presence",
    __name__,
    url_prefix="/api/v1/stops",
    description="Who works at a text, with a token",
)


@presence.get("/<slug>/company")
@presence.doc(**GUARDED)
@presence.arguments(TellingQuerySchema, location="query")
@presence.response(200, CompanionSchema(many=True))
def get_company(query: dict[str, Any], slug: str) -> list[dict[str, Any]]:
    """List who else has a text open in the bureau, or a draft of it."""
    telling = Telling(slug=slug, **query)
    with looking("stops:draft") as look:
        company = list_company(look.session, telling, by=look.by)
        return [companion_document(companion) for companion in company]
