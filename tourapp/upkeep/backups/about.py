"""What a backup says of itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from tourapp.errors import InvalidError
from tourapp.upkeep.backups.rows import Summary

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """When a backup was made, by which schema, of how much; and which named files it lacks."""

    made_at: datetime
    schema: str
    tables: Mapping[str, Summary]
    media: int
    lacking: Mapping[str, str]
    """Why each file that rows name is not in it: `lost` before, or `gone` meanwhile."""

    @property
    def rows(self) -> int:
        """How many rows there are, all tables together."""
        return sum(table.rows for table in self.tables.values())

    def written(self) -> bytes:
        """Return it as a file."""
        told = asdict(self) | {"format": FORMAT, "made_at": self.made_at.isoformat()}
        return json.dumps(told, indent=1).encode()


def read_about(content: bytes) -> About:
    """Return what a backup says of itself. Raises InvalidError for a format of another release."""
    told: dict[str, Any] = json.loads(content)
    if (found := told.pop("format")) != FORMAT:
        message = f"the backup has the format {found}; this release knows {FORMAT}"
        raise InvalidError(message)
    tables = {
        name: Summary(table["rows"], tuple(table["columns"]), table["digest"])
        for name, table in told.pop("tables").items()
    }
    return About(made_at=datetime.fromisoformat(told.pop("made_at")), tables=tables, **told)
