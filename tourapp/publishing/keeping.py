"""What a worker keeps doing beside the queue: what is due, what is stale, what is not added up.

Beside it, since a sound that takes a minute must not keep corrected texts waiting.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from zoneinfo import ZoneInfo

from tourapp.audience.adding import Adder
from tourapp.itineraries.routing.opening import open_routing
from tourapp.itineraries.routing.pathfinder import Pathfinder
from tourapp.itineraries.walks.leading import end_forgotten
from tourapp.itineraries.walks.queries import is_any_forgotten
from tourapp.narration.voicing import Voicing
from tourapp.observations.services import forget_words, is_any_to_forget
from tourapp.publishing.picturing import Illustrator
from tourapp.publishing.placing import is_turning, turn_next
from tourapp.publishing.restoring import Restorer
from tourapp.publishing.scheduling import act_on_next_due, is_due
from tourapp.resources import Resources
from tourapp.retrying import keep_on

log = logging.getLogger(__name__)

POLL_S = 0.2


class Keeper:
    """Keeps what visitors see up to date; `nudge` has what was published spoken soon."""

    def __init__(
        self,
        resources: Resources,
        restorer: Restorer,
        *,
        nudge: Callable[[], object],
    ) -> None:
        self._resources = resources
        self._restorer = restorer
        self._illustrator = Illustrator(resources)
        settings = resources.settings
        routing = open_routing(settings.routing_url, timeout_s=settings.routing_timeout_s)
        self._pathfinder = Pathfinder(resources.database, routing)
        self._adder = Adder(resources.database)
        self._nudge = nudge
        self._is_begun = False

    def keep(self, ended: Event) -> None:
        """Do whatever is to be done, until `ended` is set; nothing that goes wrong ends it."""
        steps = (
            self._begin_once,
            self.act_on_due,
            self.turn_due,
            self.end_forgotten_walks,
            self.forget_words,
            self._restorer.restore_next,
            self._illustrator.make_next,
            self._pathfinder.find_next,
            self._adder.add_next,
        )
        keep_on(steps, ended, poll_s=POLL_S, doing="bringing pages up to date", log=log)

    def _begin_once(self) -> bool:
        if not self._is_begun:
            self._restorer.begin()
            self._is_begun = True
        return False

    def act_on_due(self) -> bool:
        """Publish and withdraw what is due of one stop, and tell whether there was any."""
        now = datetime.now(UTC)
        database = self._resources.database
        # Looking comes first: a change would keep every other one waiting, five times a second.
        with database.reading() as session:
            if not is_due(session, now=now):
                return False
        with database.transaction() as session:
            voicing = Voicing.of(self._resources.settings)
            acted = act_on_next_due(session, voicing=voicing, now=now)
        self._nudge()
        return acted

    def turn_due(self) -> bool:
        """Let the next stop be seen closed, or open again, whose day has come."""
        settings, database = self._resources.settings, self._resources.database
        today = datetime.now(ZoneInfo(settings.time_zone)).date()
        with database.reading() as session:
            if not is_turning(session, today=today):
                return False
        with database.transaction() as session:
            return turn_next(session, today=today)

    def end_forgotten_walks(self) -> bool:
        """End led walks that nobody ended: their codes, and the phones that joined, are let go."""
        now = datetime.now(UTC)
        with self._resources.database.reading() as session:
            if not is_any_forgotten(session, now=now):
                return False
        with self._resources.database.transaction() as session:
            return end_forgotten(session, now=now)

    def forget_words(self) -> bool:
        """Delete what visitors said and staff set aside, once nobody can go back on that."""
        now = datetime.now(UTC)
        with self._resources.database.reading() as session:
            if not is_any_to_forget(session, now=now):
                return False
        with self._resources.database.transaction() as session:
            return forget_words(session, now=now)
