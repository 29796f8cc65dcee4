"""From where people ask to come in, at a time of the test's own."""

from datetime import UTC, datetime, timedelta

from tourapp.accounts.signing.doorkeeping import Caller

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def calling(*, after_s: float = 0, address: str = "192.0.2.1", known_as: str = "") -> Caller:
    """Return a caller, so many seconds after nine o'clock."""
    return Caller(
        address=address,
        device="Firefox on Linux",
        known_as=known_as,
        at=NOW + timedelta(seconds=after_s),
    )
