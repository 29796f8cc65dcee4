import logging
from dataclasses import replace

import pytest
from flask import Blueprint, Flask, abort
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from tests.running import wait_until
from tests.visit.reading import words
from tourapp.app import create_app
from tourapp.resources import Resources
from tourapp.web.limits import register_limits, register_proxies

VISITOR = "198.51.100.7"
NEIGHBOUR = "198.51.100.8"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: nothing is counted in it."""
    return sqlite_url


@pytest.fixture(params=["memory", "redis"])
def url(request: pytest.FixtureRequest) -> str:
    """Return where requests are counted, of each kind, with nothing counted yet."""
    return request.getfixturevalue("redis_url") if request.param == "redis" else "memory://"


def limited(url: str, *, requests: str = "3 per minute", trusted: int = 0) -> FlaskClient:
    """Return a client of a small application whose limits are soon met."""
    app = Flask(__name__)
    app.secret_key = "a secret that is only good for tests"  # noqa: S105 -- as it says
    free = Blueprint("free", __name__)
    free.add_url_rule("/free", view_func=lambda: "free", endpoint="free")
    register_proxies(app, trusted=trusted)
    register_limits(app, url, unlimited=[free], requests=requests, failed_tokens="2 per minute")
    app.register_blueprint(free)
    app.add_url_rule("/", "page", lambda: "page")
    app.add_url_rule("/change", "change", lambda: abort(401))
    return app.test_client()


def ask(client: FlaskClient, path: str = "/", *, of: str = VISITOR, **headers: str) -> TestResponse:
    return client.get(path, environ_overrides={"REMOTE_ADDR": of}, headers=headers)


def statuses(client: FlaskClient, path: str = "/", *, of: str = VISITOR, times: int) -> list[int]:
    return [ask(client, path, of=of).status_code for _ in range(times)]


def guesses(client: FlaskClient, *, of: str = VISITOR, times: int) -> list[int]:
    """Return the statuses of changes under a token that is not known."""
    headers = {"Authorization": "Bearer no"}
    return [ask(client, "/change", of=of, **headers).status_code for _ in range(times)]


def test_whoever_asks_for_too_much_is_told_when_to_come_back(url: str) -> None:
    client = limited(url)
    assert statuses(client, times=4) == [200, 200, 200, 429]
    assert ask(client).headers["Retry-After"] == "60"
    assert statuses(client, of=NEIGHBOUR, times=1) == [200]


def test_after_its_time_a_limit_is_forgotten(url: str) -> None:
    client = limited(url, requests="1 per second")
    assert 429 in statuses(client, times=3)
    wait_until(lambda: ask(client).status_code == 200, within_s=5)


def test_addresses_that_do_not_exist_count_too(url: str) -> None:
    assert statuses(limited(url), "/nowhere", times=4) == [404, 404, 404, 429]


@pytest.mark.parametrize("path", ["/free", "/static/none.css"])
def test_what_is_cheap_or_watched_is_not_counted(path: str) -> None:
    client = limited("memory://")
    assert 429 not in statuses(client, path, times=5)
    assert statuses(client, times=1) == [200]


@pytest.mark.parametrize("of", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_machine_itself_is_not_counted(of: str) -> None:
    assert 429 not in statuses(limited("memory://"), of=of, times=5)


def test_a_customer_with_many_addresses_counts_once() -> None:
    client = limited("memory://")
    assert [ask(client, of=f"2001:db8::{n}").status_code for n in range(4)] == [200, 200, 200, 429]
    assert ask(client, of="2001:db8:0:1::1").status_code == 200


def test_two_addresses_that_a_socket_shows_alike_count_apart() -> None:
    client = limited("memory://")
    assert 429 in statuses(client, of=f"::ffff:{VISITOR}", times=4)
    assert ask(client, of=f"::ffff:{NEIGHBOUR}").status_code == 200


def test_failed_tokens_are_counted_and_nothing_else_is_hurt(url: str) -> None:
    client = limited(url, requests="99 per minute")
    assert guesses(client, times=3) == [401, 401, 429]
    assert statuses(client, times=1) == [200]
    assert guesses(client, of=NEIGHBOUR, times=1) == [401]


def test_a_forgotten_token_is_no_guess() -> None:
    client = limited("memory://", requests="99 per minute")
    assert statuses(client, "/change", times=4) == [401] * 4


def test_guesses_from_the_machine_itself_are_counted() -> None:
    assert guesses(limited("memory://"), of="127.0.0.1", times=3) == [401, 401, 429]


def test_processes_that_share_a_redis_count_together(redis_url: str) -> None:
    one, other = limited(redis_url), limited(redis_url)
    assert statuses(one, times=2) + statuses(other, times=2) == [200, 200, 200, 429]


def test_a_redis_holds_no_address(redis_url: str) -> None:
    ask(limited(redis_url))
    with Redis.from_url(redis_url, decode_responses=True) as client:
        [key] = client.keys()
        assert client.ttl(key) in range(1, 61)
    assert VISITOR not in key


def test_without_its_redis_each_process_counts_for_itself(caplog: pytest.LogCaptureFixture) -> None:
    client = limited("redis://127.0.0.1:1/1")
    assert statuses(client, times=4) == [200, 200, 200, 429]
    assert guesses(client, of=NEIGHBOUR, times=3) == [401, 401, 429]
    assert "falling back to in-memory storage" in caplog.text


def test_a_limit_that_is_met_is_logged_without_the_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    assert 429 in statuses(limited("memory://"), times=4)
    assert "exceeded" in caplog.text
    assert VISITOR not in caplog.text


def test_a_caller_cannot_choose_the_address_that_is_counted() -> None:
    client = limited("memory://")
    forged = [{"X-Forwarded-For": f"203.0.113.{n}"} for n in range(4)]
    assert [ask(client, **each).status_code for each in forged][-1] == 429


def test_behind_a_trusted_proxy_visitors_are_counted_apart() -> None:
    client = limited("memory://", trusted=1)
    told = [{"X-Forwarded-For": f"203.0.113.99, 203.0.113.{n}"} for n in range(4)]
    assert [ask(client, of="10.0.0.2", **each).status_code for each in told] == [200] * 4
    assert [ask(client, **told[0]).status_code for _ in range(3)] == [200, 200, 429]


def test_what_a_proxy_does_not_know_is_counted_as_one() -> None:
    client = limited("memory://", trusted=1)
    told = [{"X-Forwarded-For": name} for name in ("unknown", "1.2.3.4:80", "_hidden", "")]
    assert [ask(client, **each).status_code for each in told][:3] == [200] * 3
    assert ask(client, **told[0]).status_code == 429


@pytest.fixture
def tired(seeded: Resources) -> FlaskClient:
    """Return a client of the site, from an address that has asked for too much."""
    app = create_app(seeded)
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = VISITOR
    headers = {"Authorization": "Bearer no"}
    wait_until(lambda: client.get("/api/v1/stops/terril/draft", headers=headers).status_code == 429)
    client.environ_base["HTTP_AUTHORIZATION"] = "Bearer no"
    return client


def test_too_much_is_told_as_a_problem_document(tired: FlaskClient) -> None:
    answer = tired.get("/api/v1/stops")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.get_json(force=True)
    assert problem["detail"] == "too many requests from one address; try again in a minute"
    assert answer.headers["Cache-Control"] == "no-store"


def test_too_much_is_told_as_a_page(tired: FlaskClient) -> None:
    answer = tired.get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Trop de demandes arrivent à la fois de votre réseau." in words(answer)


def test_health_answers_whoever_asks(tired: FlaskClient) -> None:
    assert [tired.get("/livez").status_code for _ in range(3)] == [200] * 3


def test_a_class_at_one_stop_is_never_told_to_wait(seeded: Resources) -> None:
    client = create_app(seeded).test_client()
    pages = [ask(client, "/fr/arrets/terril").status_code for _ in range(35 * 2)]
    assert pages == [200] * 70


def test_the_site_counts_where_its_settings_say(seeded: Resources, redis_url: str) -> None:
    settings = replace(seeded.settings, limits_url=redis_url, trusted_proxies=1)
    client = create_app(replace(seeded, settings=settings)).test_client()
    assert client.get("/", headers={"X-Forwarded-For": VISITOR}).status_code == 200
    with Redis.from_url(redis_url) as counts:
        assert len(counts.keys()) == 1
