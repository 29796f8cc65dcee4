"""Moments as a form tells them, by the place's own clock."""

from datetime import datetime, tzinfo


def local_moment(written: str, *, zone: tzinfo) -> datetime | None:
    """Return the moment that a field of a date and an hour tells; None where it tells none."""
    try:
        return datetime.fromisoformat(written).replace(tzinfo=zone)
    except ValueError:
        return None
