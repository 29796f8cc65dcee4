"""Every engine fails: visitors read on, whoever looks after the service is told, all heals."""

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.narration.workshop import Workshop, open_workshop, raising
from tourapp.app import create_app
from tourapp.narration.engines.protocol import UnreachableError
from tourapp.narration.voicing import Voicing
from tourapp.resources import Resources


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    return environ | {"TOURAPP_SPEECH_ENGINES": "gtts,espeak"}


@pytest.fixture
def workshop(resources: Resources, tmp_path: Path) -> Workshop:
    """One published stop, and engines that all fail."""
    opened = open_workshop(resources, tmp_path)
    opened.voicing = Voicing.of(resources.settings)
    opened.clock.now = datetime.now(UTC)
    opened.gtts.meet = raising(UnreachableError("no network"))
    opened.espeak.meet = raising(UnreachableError("no data"))
    assert opened.renderer.render_due() == 0
    return opened


@pytest.fixture
def client(workshop: Workshop) -> FlaskClient:
    return create_app(workshop.resources).test_client()


def test_the_text_is_served_without_sound(client: FlaskClient) -> None:
    page = client.get("/fr/arrets/terril")
    assert page.status_code == HTTPStatus.OK
    assert "Écoutez." in page.text
    assert "<audio" not in page.text


def test_readyz_is_degraded_and_says_why(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.OK
    told = answer.get_json()
    assert (told["status"], told["checks"]["sound"]["status"]) == ("degraded", "degraded")
    assert told["checks"]["sound"]["reason"] == (
        "published narratives without sound: 1 (no data; no network)"
    )


def test_all_heals_by_itself_once_an_engine_answers(
    workshop: Workshop, client: FlaskClient
) -> None:
    workshop.espeak.meet = lambda _: None
    assert workshop.renderer.render_due() == 0
    workshop.clock.turn(30)
    assert workshop.renderer.render_due() == 1
    assert client.get("/readyz").get_json()["status"] == "ok"
    assert "<audio" in client.get("/fr/arrets/terril").text


def test_a_sound_once_served_is_served_while_engines_fail(
    workshop: Workshop, client: FlaskClient
) -> None:
    workshop.espeak.meet = lambda _: None
    workshop.clock.turn(30)
    workshop.renderer.render_due()
    workshop.espeak.meet = raising(UnreachableError("no data"))
    workshop.publish(text="Écoutez.\n\nSentez.")
    workshop.renderer.render_due()
    page = client.get("/fr/arrets/terril").text
    assert "Sentez." in page
    assert "<audio" in page
    assert client.get("/readyz").get_json()["checks"]["sound"] == {"status": "ok"}
