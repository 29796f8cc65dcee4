"""Who else works at a text, as the API describes it."""

from typing import Any

from marshmallow import Schema, fields

from tourapp.presence.services import Companion


class CompanionSchema(Schema):
    """Somebody else who has a text open, or a draft of it."""

    person = fields.String(required=True)
    is_here = fields.Boolean(
        required=True, metadata={"description": "whether they had it open within two minutes"}
    )
    drafted_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "when their draft was saved last"}
    )


def companion_document(companion: Companion) -> dict[str, Any]:
    """Return what `CompanionSchema` describes."""
    return {
        "person": companion.person.email,
        "is_here": companion.is_here,
        "drafted_at": companion.drafted_at,
    }
