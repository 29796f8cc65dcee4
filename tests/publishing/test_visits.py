import pytest

from tourapp.publishing.visits import Visited, find_visited

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"


def opened(path: str, **headers: str) -> Visited | None:
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_USER_AGENT": PHONE}
    return find_visited(request | headers)


@pytest.mark.parametrize(
    ("path", "visited"),
    [
        ("/Q/7K2M9Q", Visited("sign", "7K2M9Q")),
        ("/q/7k2m9q", Visited("sign", "7K2M9Q")),
        ("/", Visited("page", "/")),
        ("/de/", Visited("page", "/de/")),
        ("/nl/arrets/terril", Visited("page", "/nl/arrets/terril")),
        ("/api/v1/stops", None),
        ("/media/0.mp3", None),
        ("/static/css/visit.css", None),
        ("/livez", None),
    ],
)
def test_signs_and_pages_are_what_people_visit(path: str, visited: Visited | None) -> None:
    assert opened(path) == visited


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0)",
        "facebookexternalhit/1.1",
        "curl/8.5.0",
        "python-requests/2.34",
    ],
)
def test_robots_do_not_visit(agent: str) -> None:
    assert opened("/", HTTP_USER_AGENT=agent) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_SEC_PURPOSE", "prefetch;prerender"),
        ("HTTP_PURPOSE", "prefetch"),
        ("HTTP_X_MOZ", "prefetch"),
    ],
)
def test_a_browser_that_fetches_ahead_does_not_visit(name: str, value: str) -> None:
    assert opened("/", **{name: value}) is None


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_whoever_does_not_read_does_not_visit(method: str) -> None:
    assert opened("/", REQUEST_METHOD=method) is None


def test_an_endless_name_costs_no_more_than_a_long_one() -> None:
    assert opened("/", HTTP_USER_AGENT=PHONE + " " * 400_000 + "Googlebot/2.1") is not None


def test_a_phone_that_does_not_say_what_it_is_visits() -> None:
    assert find_visited({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}) == Visited("page", "/")
