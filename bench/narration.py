"""From text to clip: core seconds of the whole pipeline against the bare engine.

Run by `make bench`; prints the figures and writes them to docs/benchmarks.md.
"""

import os
import platform
import resource
from collections.abc import Callable
from statistics import median

from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.lexicon.file import read_lexicon_file
from tourapp.narration.mastering import Clip, decode, encode_flac, master
from tourapp.narration.script import SpokenSentence, spoken_sentences
from tourapp.settings import PROJECT_ROOT
from tourapp.stops.source.reading import read_stops

ROUNDS = 3
BUDGET_S = 10.0


def main() -> None:
    """Measure, print, write."""
    script = _script()
    engine = EspeakEngine()
    voice = engine.find_voice("fr")
    assert voice is not None  # noqa: S101 -- eSpeak NG speaks French
    texts = [sentence.text for sentence in script]
    sounds = [encode_flac(engine.speak(text, voice=voice)) for text in texts]

    def bare() -> None:
        for text in texts:
            engine.speak(text, voice=voice)

    def whole() -> Clip:
        spoken = [encode_flac(engine.speak(text, voice=voice)) for text in texts]
        return _mastered(spoken, script)

    def corrected() -> Clip:
        again = encode_flac(engine.speak(texts[0], voice=voice))
        return _mastered([again, *sounds[1:]], script)

    report = _report(
        clip=_mastered(sounds, script),
        bare_s=_core_seconds(bare),
        whole_s=_core_seconds(whole),
        corrected_s=_core_seconds(corrected),
    )
    print(report)  # noqa: T201 -- a report for a person
    (PROJECT_ROOT / "docs" / "benchmarks.md").write_text(report, encoding="utf-8")


def _script() -> tuple[SpokenSentence, ...]:
    [stop, *_] = read_stops(PROJECT_ROOT / "stops")
    text = stop.narratives["fr", "standard"].text
    lexicon = read_lexicon_file(PROJECT_ROOT / "stops")
    return spoken_sentences(text, lang="fr", lexicon=lexicon, notation=EspeakEngine.notation)


def _mastered(sounds: list[bytes], script: tuple[SpokenSentence, ...]) -> Clip:
    pauses_s = [sentence.pause_after_s for sentence in script]
    return master([decode(sound) for sound in sounds], pauses_s=pauses_s, tags={})


def _core_seconds(work: Callable[[], object]) -> float:
    return median(_once(work) for _ in range(ROUNDS))


def _once(work: Callable[[], object]) -> float:
    before = _used_s()
    work()
    return _used_s() - before


def _used_s() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _report(*, clip: Clip, bare_s: float, whole_s: float, corrected_s: float) -> str:
    minutes = clip.duration_s / 60
    measured = {
        "the bare engine, sentence by sentence": bare_s,
        "text to finished clip": whole_s,
        "after a correction of one sentence": corrected_s,
    }
    rows = [
        f"| {what} | {used_s:.2f} | {used_s / minutes:.2f} | {used_s / bare_s:.1f} |"
        for what, used_s in measured.items()
    ]
    return "\n".join(
        (
            "# Benchmarks",
            "",
            f"Written by `make bench`; medians of {ROUNDS} rounds. Core seconds are those of the",
            "process and its children.",
            f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.",
            "",
            "## From text to clip: eSpeak NG, the first stop's narrative",
            "| what | core seconds | per minute of speech | ratio to the bare engine |",
            "|---|---|---|---|",
            *rows,
            "",
            f"The clip lasts {clip.duration_s:.0f} s.",
            f"It weighs {len(clip.opus) / 1000:.0f} kB as Opus, {len(clip.mp3) / 1000:.0f} as MP3.",
            f"The budget is {BUDGET_S:.0f} core seconds from text to clip.",
            "",
        ),
    )


if __name__ == "__main__":
    main()
