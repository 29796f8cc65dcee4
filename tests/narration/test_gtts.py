import base64
import re
import socket
from collections.abc import Callable, Iterator

import gtts.tts
import pytest
import requests
import responses

from tests.gtts_service import Service, running_service
from tourapp.narration.engines.gtts import GttsEngine
from tourapp.narration.engines.protocol import (
    BrokenAnswerError,
    RefusedTextError,
    Speech,
    ThrottledError,
    UnreachableError,
    Voice,
)
from tourapp.narration.sound import MP3, encode, through

SERVICE = re.compile(r"https://translate\.google\.com/_/TranslateWebserverUi/data/batchexecute")
SHORT = "Que voyez-vous autour de vous ?"
LONG = (
    "Pendant plus d'un siècle, des milliers de mineurs sont descendus ici chaque jour, "
    "puis le charbon remontait par le puits, il était trié, lavé et chargé dans des wagons."
)

Say = Callable[[str], Speech]


@pytest.fixture(scope="session")
def answer(french: tuple[Speech, ...]) -> bytes:
    """Return what the service answers, with real MP3 at its rate."""
    mp3 = encode(through(french[0], ("aresample", "24000")), MP3)
    return line(base64.b64encode(mp3).decode())


def line(audio: str) -> bytes:
    return (
        f')]}}\'\n\n99\n[["wrb.fr","jQ1olc","[\\"{audio}\\"]",null,null,null,"generic"]]\n'.encode()
    )


@pytest.fixture
def service() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as service:
        yield service


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def say(waits: list[float]) -> Say:
    engine = GttsEngine(pause_s=0, sleep=waits.append, chance=lambda: 0.5)
    voice = engine.find_voice("fr")
    assert voice is not None
    return lambda text: engine.speak(text, voice=voice)


def sent(service: responses.RequestsMock) -> dict[str, object]:
    """Return how the first request was sent."""
    options: dict[str, object] = vars(service.calls[0].request)["req_kwargs"]
    return options


def test_it_tells_what_to_expect_of_it() -> None:
    capability = GttsEngine().capability
    assert {"fr", "en", "nl", "de"} <= set(capability.languages)
    assert (capability.times_words, capability.needs_network) == (False, True)


def test_a_sentence_is_spoken(service: responses.RequestsMock, say: Say, answer: bytes) -> None:
    service.post(SERVICE, answer)
    speech = say(SHORT)
    assert speech.rate_hz == 24_000
    assert 3 < speech.duration_s < 6


def test_a_long_sentence_takes_as_few_requests_as_it_can(
    service: responses.RequestsMock, say: Say, answer: bytes
) -> None:
    service.post(SERVICE, answer)
    one, both = say(SHORT).duration_s, say(LONG).duration_s
    assert len(service.calls) == 3
    assert both == pytest.approx(2 * one + 0.12)


def test_certificates_are_checked(
    service: responses.RequestsMock, say: Say, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
    service.post(SERVICE, answer)
    say(SHORT)
    assert sent(service)["verify"] is True


def test_a_bundle_of_certificates_named_by_the_environment_is_used(
    service: responses.RequestsMock, say: Say, answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/house.pem")
    service.post(SERVICE, answer)
    say(SHORT)
    assert sent(service)["verify"] == "/etc/house.pem"


def test_every_request_is_limited_in_time(
    service: responses.RequestsMock, say: Say, answer: bytes
) -> None:
    service.post(SERVICE, answer)
    say(SHORT)
    assert sent(service)["timeout"] == (5.0, 20.0)


def test_a_pause_goes_before_every_request(
    service: responses.RequestsMock, waits: list[float], answer: bytes
) -> None:
    service.post(SERVICE, answer)
    engine = GttsEngine(pause_s=1.5, sleep=waits.append)
    engine.speak(LONG, voice=Voice(engine="gtts", name="google-fr", lang="fr", version="1"))
    assert waits == [1.5, 1.5]


def test_a_passing_failure_is_tried_again_after_growing_waits(
    service: responses.RequestsMock, say: Say, waits: list[float], answer: bytes
) -> None:
    service.post(SERVICE, body=requests.ConnectTimeout("too slow"))
    service.post(SERVICE, status=503)
    service.post(SERVICE, answer)
    assert say(SHORT).duration_s > 3
    assert waits == [0, 1, 0, 2, 0]


def test_a_lasting_failure_is_given_up(service: responses.RequestsMock, say: Say) -> None:
    service.post(SERVICE, status=502)
    with pytest.raises(UnreachableError, match="status 502"):
        say(SHORT)
    assert len(service.calls) == 3


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry-After": "120"}, 120), ({}, None), ({"Retry-After": "tomorrow"}, None)],
)
def test_too_many_requests_end_at_once_with_the_time_to_come_back(
    service: responses.RequestsMock, say: Say, headers: dict[str, str], seconds: float | None
) -> None:
    service.post(SERVICE, status=429, headers=headers)
    with pytest.raises(ThrottledError) as caught:
        say(SHORT)
    assert caught.value.retry_after_s == seconds
    assert len(service.calls) == 1


def test_a_page_that_asks_for_a_human_is_a_request_for_fewer(
    service: responses.RequestsMock, say: Say
) -> None:
    page = b"<html><form id='captcha-form'>Our systems have detected unusual traffic</form></html>"
    service.post(SERVICE, page, content_type="text/html; charset=utf-8")
    with pytest.raises(ThrottledError):
        say(SHORT)
    assert len(service.calls) == 1


def test_a_way_to_the_page_that_asks_for_a_human_is_one_too(
    service: responses.RequestsMock, say: Say
) -> None:
    sorry = "https://www.google.com/sorry/index"
    service.post(SERVICE, status=302, headers={"Location": sorry})
    service.get(sorry, b"<html></html>", content_type="text/html")
    with pytest.raises(ThrottledError):
        say(SHORT)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html><title>Are you a robot?</title></html>", "0 bytes"),
        (b'[["wrb.fr","jQ1olc",null,null,null,[3],"generic"]]', "no sound: status 200"),
        (line(base64.b64encode(b"no sound at all").decode()), "15 bytes"),
        (line("A"), "not base64"),
        (line("é"), "not base64"),
    ],
)
def test_a_page_without_the_sound_is_a_broken_answer(
    service: responses.RequestsMock, say: Say, body: bytes, said: str
) -> None:
    service.post(SERVICE, body)
    with pytest.raises(BrokenAnswerError, match=said):
        say(SHORT)
    assert len(service.calls) == 1


def test_a_refusal_is_a_broken_answer(service: responses.RequestsMock, say: Say) -> None:
    service.post(SERVICE, status=403)
    with pytest.raises(BrokenAnswerError, match="status 403"):
        say(SHORT)


def test_a_sound_too_short_for_its_text_is_a_broken_answer(
    service: responses.RequestsMock, say: Say, french: tuple[Speech, ...]
) -> None:
    cut = Speech(french[0].samples[:6_000], french[0].rate_hz)
    service.post(SERVICE, line(base64.b64encode(encode(cut, MP3)).decode()))
    with pytest.raises(BrokenAnswerError, match="s of sound for 31 characters"):
        say(SHORT)


@pytest.mark.parametrize("text", ["", "...", " — "])
def test_a_text_without_a_word_is_refused_without_asking(say: Say, text: str) -> None:
    with pytest.raises(RefusedTextError, match="no word"):
        say(text)


def test_an_unknown_language_has_no_voice_and_is_refused_without_asking() -> None:
    assert GttsEngine().find_voice("tlh") is None
    voice = Voice(engine="gtts", name="google-tlh", lang="tlh", version="1")
    with pytest.raises(RefusedTextError, match="'tlh'"):
        GttsEngine(pause_s=0).speak("Qapla'", voice=voice)


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> Iterator[Service]:
    """Let a real server on this machine stand for the service."""
    with running_service(monkeypatch, answer) as running:
        yield running


@pytest.mark.usefixtures("loopback")
def test_a_sentence_is_spoken_over_a_real_connection(say: Say) -> None:
    assert say(SHORT).duration_s > 3


def test_an_answer_cut_on_its_way_is_a_failed_connection(loopback: Service, say: Say) -> None:
    loopback.answer = lambda request: request.send(200, loopback.sound, missing=1_000)
    with pytest.raises(UnreachableError, match="IncompleteRead"):
        say(SHORT)


def test_a_closed_port_is_a_failed_connection(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib.request.getproxies", dict)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setattr(gtts.tts, "_translate_url", lambda **_: f"http://127.0.0.1:{port}/")
    with pytest.raises(UnreachableError, match=r"not reach .*Connection refused"):
        say(SHORT)
