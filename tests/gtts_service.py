"""A server on this machine that stands for the service which gTTS asks."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import gtts.tts
import pytest

from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.sound import MP3, encode, through

Answer = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request of gTTS, and the ways in which the service may answer it."""

    server: "Service"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.count += 1
        self.server.answer(self)

    def send(self, status: int, body: bytes = b"", *, missing: int = 0, **headers: str) -> None:
        """Answer; `missing` bytes are announced and never sent."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) + missing))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


class Service(ThreadingHTTPServer):
    """The service: how it answers now, and how often it was asked."""

    daemon_threads = True

    def __init__(self, sound: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.sound = sound
        self.count = 0
        self.is_over = Event()
        self.answer: Answer = self.speak

    def speak(self, request: Request) -> None:
        """Answer as on a good day."""
        request.send(200, self.sound)


@contextmanager
def running_service(monkeypatch: pytest.MonkeyPatch, sound: bytes) -> Iterator[Service]:
    """Let gTTS ask a server of our own for as long as this lasts."""
    monkeypatch.setattr("urllib.request.getproxies", dict)
    with Service(sound) as service:
        url = f"http://127.0.0.1:{service.server_port}/"
        monkeypatch.setattr(gtts.tts, "_translate_url", lambda **_: url)
        Thread(target=service.serve_forever, args=(0.01,)).start()
        yield service
        service.is_over.set()
        service.shutdown()


def good_answer(text: str = "Bonjour à tous.") -> bytes:
    """Return what the service answers, with real MP3 at its rate."""
    engine = EspeakEngine()
    voice = engine.find_voice("fr")
    assert voice is not None
    speech = through(engine.speak(text, voice=voice), ("aresample", "24000"))
    audio = base64.b64encode(encode(speech, MP3)).decode()
    return f')]}}\'\n\n99\n[["wrb.fr","jQ1olc","[\\"{audio}\\"]",null]]\n'.encode()
