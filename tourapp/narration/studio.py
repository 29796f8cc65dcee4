"""What the worker speaks with: the engines, set up as the settings say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tourapp.errors import UnavailableError
from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.gtts import GttsEngine
from tourapp.narration.engines.piper import PiperEngine
from tourapp.narration.engines.protocol import Engine, Voice
from tourapp.settings import Settings


class NoVoiceError(UnavailableError):
    """An engine has no voice of the language, as it is set up now."""


@dataclass(frozen=True, slots=True)
class Studio:
    """The engines by name, the best first, and the licence of what they say.

    `prompter` says a text for a recording to be compared with: every language, on this machine.
    """

    engines: Mapping[str, Engine]
    licence: str = ""
    prompter: Engine = field(default_factory=EspeakEngine)

    @classmethod
    def open(cls, settings: Settings) -> "Studio":
        """Set up what the settings name; no engine is asked anything yet."""
        makers: dict[str, Callable[[], Engine]] = {
            "gtts": GttsEngine,
            "piper": lambda: PiperEngine(settings.piper_voices),
            "espeak": EspeakEngine,
        }
        engines = {name: makers[name]() for name in settings.engines}
        return cls(engines=engines, licence=settings.sound_licence)

    def get_voice(self, engine: Engine, lang: str) -> Voice:
        """Return the engine's voice of a language, or raise NoVoiceError."""
        voice = engine.find_voice(lang)
        if voice is None:
            message = f"{engine.name} has no voice for {lang!r}"
            raise NoVoiceError(message)
        return voice
