"""A thing that is due, as the home tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to do, or `count` of a kind, where, and since or until when."""

    text: str
    url: str
    count: int = 1
    told: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Things to do of one kind."""

    heading: str
    items: Sequence[Item]

    @property
    def count(self) -> int:
        """How many they are."""
        return sum(item.count for item in self.items)
