"""Staff who are signed in get what every visitor gets, to the byte."""

import pytest

from tests.publishing.edges import Sides

PATHS = ("/", "/fr/arrets/terril", "/Q/X4T8RA", "/api/v1/stops", "/nowhere", "/bureaux")


@pytest.mark.parametrize("path", PATHS)
def test_whoever_is_signed_in_visits_as_everybody_does(sides: Sides, path: str) -> None:
    answers = [
        sides.assert_alike(path, X_Request_Id="the-same-one"),
        sides.assert_alike(
            path, X_Request_Id="the-same-one", Cookie="__Host-bureau=kept; appareil=known"
        ),
    ]
    plain, signed_in = answers
    assert signed_in.data == plain.data
    assert set(signed_in.headers.keys()) == set(plain.headers.keys())
    assert "Cookie" not in signed_in.headers.get("Vary", "")
    assert "Set-Cookie" not in signed_in.headers
