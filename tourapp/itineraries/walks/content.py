"""What a guide says of a walk beforehand, as values."""

from dataclasses import dataclass
from datetime import datetime

from tourapp.itineraries.route import PaceName

LONGEST = {"group_name": 120, "meeting": 300}
"""The most characters that each text may have."""

MOST_PARTICIPANTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkPlan:
    """A walk before it is made: who comes, when, where they meet, and how they walk."""

    group_name: str
    participants: int
    lang: str
    meeting: str
    starts_at: datetime
    pace: PaceName = "adult"
