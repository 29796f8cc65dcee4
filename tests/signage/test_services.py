"""Signs, and the stops that they lead to."""

import pytest

from tests.samples import CODES
from tourapp.errors import NotFoundError
from tourapp.resources import Resources
from tourapp.signage.models import Sign
from tourapp.signage.services import UnknownSignError, get_first_sign, get_sign, list_first_codes
from tourapp.stops.services import get_stop


def test_the_oldest_sign_of_a_stop_is_its_first(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        stop = get_stop(session, "terril")
        session.add(Sign(code="ZZZZZZ", stop_id=stop.id, created_at=stop.updated_at))
        session.flush()
        assert get_first_sign(session, stop).code == CODES[0]
        assert list_first_codes(session, [stop.id]) == {stop.id: CODES[0]}
        assert get_sign(session, "zzzzzz").stop is stop


def test_a_stop_without_sign_is_told(seeded: Resources) -> None:
    with seeded.database.transaction() as session:
        stop = get_stop(session, "terril")
        get_first_sign(session, stop).retired_at = stop.updated_at
        session.flush()
        with pytest.raises(NotFoundError, match="has no sign"):
            get_first_sign(session, stop)


def test_a_code_that_no_sign_bears_is_unknown(seeded: Resources) -> None:
    with seeded.database.reading() as session, pytest.raises(UnknownSignError):
        get_sign(session, "000000")
