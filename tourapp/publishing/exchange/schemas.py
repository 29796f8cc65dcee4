"""Archives that are brought in, as the API describes them."""

from typing import Any

from marshmallow import Schema, fields

from tourapp.publishing.exchange.models import StopImport
from tourapp.stops.importing import Outcome


class FindingSchema(Schema):
    """What one file of the archive does."""

    file = fields.String(required=True, metadata={"example": "terril/fr.md"})
    outcome = fields.String(
        required=True,
        metadata={
            "enum": [outcome.value for outcome in Outcome],
            "description": "`kept` and `conflict`: staff changed it since, and it stays as it is",
        },
    )
    reason = fields.String(required=True, metadata={"description": "empty where it is plain"})


class ImportSchema(Schema):
    """An archive and what it would change; the ETag is what applying it must name."""

    id = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["tried", "applied"]})
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    created_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    applied_at = fields.AwareDateTime(required=True, allow_none=True)


def import_document(tried: StopImport) -> dict[str, Any]:
    """Return what `ImportSchema` describes."""
    return {
        "id": tried.id,
        "state": "tried" if tried.applied_at is None else "applied",
        "findings": [
            {"file": file, "outcome": outcome, "reason": reason}
            for file, outcome, reason in tried.findings
        ],
        "created_at": tried.created_at,
        "ends_at": tried.ends_at,
        "applied_at": tried.applied_at,
    }
