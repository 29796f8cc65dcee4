import json
import logging
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tourapp.web.logs import configure_logging

LOGGERS = ("", "alembic", "huey")


@pytest.fixture(autouse=True)
def logging_restored() -> Iterator[None]:
    """Put the loggers of the whole process back as they were."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(list(logger.handlers), logger.level) for logger in loggers]
    yield
    for logger, (handlers, level) in zip(loggers, before, strict=True):
        logger.handlers = handlers
        logger.setLevel(level)


def test_a_request_is_one_line_of_json(
    visitor: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("INFO")
    visitor.get("/fr/arrets/terril", headers={"X-Request-Id": "from-the-proxy"})
    [line] = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert event.pop("timestamp")
    assert event.pop("duration_ms") >= 0
    assert event == {
        "level": "INFO",
        "logger": "tourapp.web.logs",
        "message": "GET /fr/arrets/terril",
        "request_id": "from-the-proxy",
        "status": 200,
    }


def test_nothing_of_a_visitor_is_logged(
    visitor: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("INFO")
    visitor.get(
        "/?numero=secret",
        environ_base={"REMOTE_ADDR": "203.0.113.7"},
        headers={"X-Forwarded-For": "203.0.113.8", "User-Agent": "Phone", "Referer": "https://a.b"},
    )
    written = capsys.readouterr().err
    assert "GET /" in written
    assert not re.search(r"203\.0|Phone|secret|a\.b", written)


def test_what_happens_within_a_request_bears_its_id(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        logging.getLogger("somewhere").warning("on the way")
        raise RuntimeError

    configure_logging("INFO")
    client.application.testing = False
    client.application.add_url_rule("/broken", "broken", fail)
    client.get("/broken", headers={"X-Request-Id": "from-the-proxy"})
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["message"] for event in events] == [
        "on the way",
        "Exception on /broken [GET]",
        "GET /broken",
    ]
    assert {event["request_id"] for event in events} == {"from-the-proxy"}
    assert "RuntimeError" in events[1]["exc_info"]


def test_what_libraries_say_of_nothing_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO")
    logging.getLogger("huey.consumer").info("looking")
    logging.getLogger("alembic.runtime").info("nothing to do")
    logging.getLogger("huey.consumer").warning("the queue is gone")
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "the queue is gone"


@pytest.mark.parametrize("given", ["12345678", "from-the-proxy", "A.b_c-9" * 9])
def test_a_sane_id_is_taken_over(visitor: FlaskClient, given: str) -> None:
    answer = visitor.get("/livez", headers={"X-Request-Id": given})
    assert answer.headers["X-Request-Id"] == given


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "with space", "{json}", "é" * 8, "12345678\t"]
)
def test_any_other_is_replaced(visitor: FlaskClient, given: str) -> None:
    answer = visitor.get("/livez", headers={"X-Request-Id": given})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-Id"])


def test_each_request_has_an_id_of_its_own(visitor: FlaskClient) -> None:
    ids = {visitor.get("/nowhere").headers["X-Request-Id"] for _ in range(3)}
    assert len(ids) == 3
