"""Who else works at a text, over HTTP."""

from typing import Any

from tourapp.accounts.guards import GUARDED, looking
from tourapp.presence.schemas import CompanionSchema, companion_document
from tourapp.presence.services import list_company
from tourapp.publishing.naming import about_telling
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
@about_telling
def get_company(telling: Telling) -> list[dict[str, Any]]:
    """List who else has a text open in the bureau, or a draft of it."""
    with looking("stops:draft") as look:
        company = list_company(look.session, telling, by=look.by)
        return [companion_document(companion) for companion in company]
