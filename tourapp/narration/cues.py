"""Which sentence is said when, for phones to follow: WebVTT."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Cue:
    """A displayed sentence and the span of the clip in which it is said."""

    start_s: float
    end_s: float
    text: str


def to_webvtt(cues: Iterable[Cue]) -> str:
    """Write cues as a WebVTT document, a line of text each."""
    return "\n\n".join(["WEBVTT", *map(_block, cues)]) + "\n"


def _block(cue: Cue) -> str:
    # Escaping ">" also takes "-->" apart; a line break could end the cue, so none is left.
    text = " ".join(filter(None, cue.text.splitlines()))
    return f"{_time(cue.start_s)} --> {_time(cue.end_s)}\n{escape(text, quote=False)}"


def _time(moment_s: float) -> str:
    minutes, milliseconds = divmod(round(moment_s * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"
