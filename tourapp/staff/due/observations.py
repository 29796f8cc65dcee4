"""What walkers noticed and nobody has read yet."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from tourapp.itineraries.clock import french_day
from tourapp.observations.queries import (
    ObservationQuery,
    count_observations,
    find_oldest_waiting,
)
from tourapp.staff.due.items import Item


def list_unread(session: Session) -> Iterator[Item]:
    """Yield one item for all that waits to be read, with the day of the oldest."""
    oldest = find_oldest_waiting(session)
    if oldest is None:
        return
    count = count_observations(session, ObservationQuery(state="waiting"))
    yield Item(
        text="Une remarque de visiteur" if count == 1 else f"{count} remarques de visiteurs",
        url="/bureau/remarques",
        count=count,
        told=f"la plus ancienne est du {french_day(oldest.noticed_on, 'd MMMM')}",
    )
