"""Google Translate's voice, by gTTS: pleasant, but a favour that may end at any request."""

import random
import time
from collections.abc import Callable
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import gtts.tts
import requests
from gtts.lang import tts_langs

from tourapp.errors import InvalidError
from tourapp.narration.engines.protocol import (
    BrokenAnswerError,
    Capability,
    EngineError,
    RefusedTextError,
    Speech,
    ThrottledError,
    UnreachableError,
    Voice,
    joined,
    require_words,
)
from tourapp.narration.lexicon import Notation
from tourapp.narration.sound import decode

_MOST_CHARACTERS: int = gtts.tts.gTTS.GOOGLE_TTS_MAX_CHARS
_PAUSING = (",", ";", ":", ".", "!", "?", "…")
_BREATH_S = 0.12
_LEAST_S_PER_CHARACTER = 0.02  # Nobody speaks so fast: the sound was cut.
_FIRST_WAIT_S = 1.0


class _VerifyingSession(requests.Session):
    """Checks certificates, although gTTS passes `verify=False` with every request."""

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # noqa: ANN401 -- requests' own signature
        # None means the bundle that the environment names, else the one of requests.
        settings = self.merge_environment_settings(str(request.url), {}, None, None, None)
        response = super().send(request, **options | {"verify": settings["verify"]})
        if _asks_for_a_human(response):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response


def _asks_for_a_human(response: requests.Response) -> bool:
    """Recognise the page that the service shows to whom it takes for a robot."""
    is_page = "html" in response.headers.get("Content-Type", "")
    return is_page and ("/sorry/" in response.url or b"captcha" in response.content.lower())


# gTTS opens its sessions as `requests.Session()` and offers no other way to hand one in. Its name
# `requests` is therefore bound to what it needs of that package, with a session that verifies;
# nothing changes for others, and gTTS can no longer silence urllib3's warnings for the process.
gtts.tts.requests = SimpleNamespace(
    Request=requests.Request, Session=_VerifyingSession, exceptions=requests.exceptions
)


class GttsEngine:
    """The online engine, as polite as its service needs.

    `pause_s` passes before every request; a request that meets a passing failure is made at most
    `attempts` times, after growing waits of random length.
    """

    name = "gtts"
    notation: Notation = "plain"

    def __init__(
        self,
        *,
        pause_s: float = 1.0,
        timeout_s: tuple[float, float] = (5.0, 20.0),
        attempts: int = 3,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._pause_s = pause_s
        self._timeout_s = timeout_s
        self._attempts = attempts
        self._sleep = sleep
        self._chance = chance

    @property
    def capability(self) -> Capability:
        """Tell what to expect; asks nobody."""
        return Capability(languages=tuple(tts_langs()), times_words=False, needs_network=True)

    def find_voice(self, lang: str) -> Voice | None:
        """Return the voice of a language, or None; asks nobody."""
        if lang not in tts_langs():
            return None
        return Voice(engine=self.name, name=f"google-{lang}", lang=lang, version=gtts.__version__)

    def speak(self, text: str, *, voice: Voice) -> Speech:
        """Say one sentence, in as few requests as the service allows."""
        require_words(text)
        if self.find_voice(voice.lang) is None:
            message = f"gTTS does not speak {voice.lang!r}"
            raise RefusedTextError(message)
        parts = [self._spoken(part, lang=voice.lang) for part in packed(text)]
        return joined(parts, pause_s=_BREATH_S)

    def _spoken(self, part: str, *, lang: str) -> Speech:
        for attempt in range(1, self._attempts):
            try:
                return self._asked(part, lang=lang)
            except UnreachableError:
                self._sleep(_FIRST_WAIT_S * 2**attempt * self._chance())
        return self._asked(part, lang=lang)

    def _asked(self, part: str, *, lang: str) -> Speech:
        self._sleep(self._pause_s)
        request = gtts.tts.gTTS(
            part,
            lang=lang,
            lang_check=False,
            # The text is ready to be said; these would take the full stop from "à l'Est.".
            pre_processor_funcs=[],
            timeout=self._timeout_s,
        )
        try:
            audio = b"".join(request.stream())
        except gtts.tts.gTTSError as error:
            raise _explained(error) from error
        except ValueError as error:
            message = "gTTS received what is not base64"
            raise BrokenAnswerError(message) from error
        return _heard(audio, part=part)


def packed(text: str, *, most: int = _MOST_CHARACTERS) -> list[str]:
    """Cut a text into parts of at most so many characters, after a comma if one is far enough."""
    parts, rest = [], text.strip()
    while rest:
        end = _cut(rest, most)
        parts.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [part for part in parts if any(character.isalnum() for character in part)]


def _cut(text: str, most: int) -> int:
    if len(text) <= most:
        return len(text)
    spaces = [place for place in range(1, most + 1) if text[place] == " "]
    breaths = [place for place in spaces if place > most // 2 and text[:place].endswith(_PAUSING)]
    return max(breaths or spaces or [most])


def _explained(error: Exception) -> EngineError:
    response: requests.Response | None = error.rsp  # type: ignore[attr-defined]
    if response is None:
        return UnreachableError(f"gTTS does not reach its service: {_innermost(error)}")
    status = response.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        message = "gTTS is asked to make fewer requests"
        return ThrottledError(message, retry_after_s=_retry_after_s(response))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return UnreachableError(f"gTTS's service is down: status {status}")
    return BrokenAnswerError(f"gTTS received no sound: status {status}")


def _innermost(error: BaseException) -> BaseException:
    # The outer ones wrap one another in their own words; only the last says what happened.
    return error if error.__context__ is None else _innermost(error.__context__)


def _retry_after_s(response: requests.Response) -> float | None:
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isdecimal() else None


def _heard(audio: bytes, *, part: str) -> Speech:
    try:
        speech = decode(audio).trimmed()
    except InvalidError as error:
        message = f"gTTS received {len(audio)} bytes that are no sound"
        raise BrokenAnswerError(message) from error
    if speech.duration_s < _LEAST_S_PER_CHARACTER * len(part):
        message = f"gTTS received {speech.duration_s:.2f} s of sound for {len(part)} characters"
        raise BrokenAnswerError(message)
    return speech
