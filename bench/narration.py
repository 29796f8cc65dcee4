"""From text to clip: core seconds of each stage, of the whole and of a correction, and memory.

Run by `make bench`; prints the figures and writes them to docs/benchmarks.md.
"""

import gc
import resource
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from bench.report import write_section
from tourapp.accounts.commands import local_operator
from tourapp.migrating import upgrade
from tourapp.narration.engines.espeak import EspeakEngine
from tourapp.narration.engines.protocol import Speech, Voice
from tourapp.narration.joining import Clip, join
from tourapp.narration.lexicon.file import read_lexicon_file
from tourapp.narration.mastering import master_sentence
from tourapp.narration.recordings.aligning import Alignment, align
from tourapp.narration.rendering import open_renderer
from tourapp.narration.script import SpokenSentence, spoken_sentences
from tourapp.narration.voicing import Voicing
from tourapp.publishing.seeding import import_stops, store_media
from tourapp.publishing.services import publish_revision
from tourapp.resources import Resources
from tourapp.settings import PROJECT_ROOT, Settings
from tourapp.stops.services import add_revision, get_narrative, get_stop
from tourapp.stops.source.reading import read_stops

TITLE = "From text to clip: eSpeak NG"
ROUNDS = 3
BUDGET_S = 10.0
TWENTY = 20
QUARTER_S = 900
READER = "fr+f3"
_PAUSE_S = 0.7
CLIPS = 500
WARM_CLIPS = 100

[STOP, *_] = read_stops(PROJECT_ROOT / "stops")
NARRATIVE = STOP.narratives["fr", "standard"]

Script = Sequence[SpokenSentence]
Work = Callable[[], object]


def main() -> None:
    """Measure, print, write."""
    # First of all: what other stages need would hide what this one does.
    memory = _memory_kb()
    script = _script(NARRATIVE.text)
    stages, clip = _stages(script)
    twenty = NARRATIVE.text[: script[TWENTY - 1].end]
    whole_s = median(_rendered_s(NARRATIVE.text)[0] for _ in range(ROUNDS))
    replaced = script[TWENTY // 2]
    changed = f"{twenty[: replaced.start]}Écoutez le vent d'ici.{twenty[replaced.end :]}"
    pairs = [_rendered_s(twenty, changed) for _ in range(ROUNDS)]
    twenty_s, corrected_s = (median(figures) for figures in zip(*pairs, strict=True))
    measured = stages | {"text to finished clip, with database and files": whole_s}
    told = _report(measured, clip, (twenty_s, corrected_s), memory)
    write_section(TITLE, f"{told}\n{_recorded()}")


@contextmanager
def installation(text: str) -> Iterator["Installation"]:
    """Make an installation with one stop, whose text is published and not spoken yet."""
    with TemporaryDirectory() as folder:
        made = Installation(folder)
        made.publish(text)
        yield made
        made.resources.close()


class Installation:
    """A fresh installation in a folder, with the first stop."""

    def __init__(self, folder: str) -> None:
        environ = {
            "TOURAPP_SECRET_KEY": "x" * 32,
            "TOURAPP_DATABASE_URL": f"sqlite:///{folder}/tourapp.sqlite",
            "TOURAPP_MEDIA_URL": Path(folder, "media").as_uri(),
            "TOURAPP_QUEUE_URL": "memory://",
            "TOURAPP_SPEECH_ENGINES": "espeak",
        }
        self.resources = Resources.open(Settings.from_environ(environ))
        self.voicing = Voicing.of(self.resources.settings)
        upgrade(self.resources.database, root=PROJECT_ROOT)
        store_media(self.resources.media, [STOP])
        with self.resources.database.transaction() as session:
            lexicon, by = read_lexicon_file(PROJECT_ROOT / "stops"), local_operator()
            import_stops(
                session, [STOP], lexicon=lexicon, is_seed=True, by=by, voicing=self.voicing
            )

    def publish(self, text: str) -> None:
        """Publish another text of the stop."""
        now = datetime.now(UTC)
        with self.resources.database.transaction() as session:
            narrative = get_narrative(session, get_stop(session, STOP.slug), lang="fr")
            content = replace(NARRATIVE, text=text)
            revision = add_revision(session, narrative, content, origin="staff", now=now)
            publish_revision(session, narrative, revision, voicing=self.voicing, now=now)

    def render(self) -> None:
        """Render what is due."""
        open_renderer(self.resources).render_due()


def _recorded() -> str:
    """Tell what a quarter of an hour costs that somebody read, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        figures = pool.submit(_quarter).result()
    return f"""\
A recording of {figures.length_s / 60:.0f} minutes, {figures.sentences} sentences in another voice:
{figures.aligned_s:.1f} core seconds and {figures.aligned_mb:.0f} MB to find its sentences, the
worst of them {figures.worst_s:.2f} s beside its place; {figures.mastered_s:.0f} core seconds and
{figures.mastered_mb:.0f} MB at most to master it.
"""


@dataclass(frozen=True)
class Quarter:
    """What a long recording costs; memory beside what the process held before."""

    length_s: float
    sentences: int
    aligned_s: float
    aligned_mb: float
    worst_s: float
    mastered_s: float
    mastered_mb: float


def _quarter() -> Quarter:
    script, engine = _script(NARRATIVE.text), EspeakEngine()
    said, read = list[Speech](), list[Speech]()
    for sentence in script:
        for voice, speeches in (("fr", said), (READER, read)):
            spoken = Voice(engine="espeak", name=voice, lang="fr", version="")
            speeches.append(engine.speak(sentence.text, voice=spoken))
    times = int(QUARTER_S / sum(speech.duration_s + _PAUSE_S for speech in read))
    recording, spans_s = _read_aloud(read * times)
    pauses_s = [sentence.pause_after_s for sentence in script] * times
    before_mb, found = _most_mb(), list[Alignment]()
    aligned_s = _used_s(lambda: found.append(align(recording, said * times, pauses_s=pauses_s)))
    aligned_mb = _most_mb() - before_mb
    pairs = zip(found[0].spans_s, spans_s, strict=True)
    mastered_s = _used_s(lambda: join([master_sentence(recording)], pauses_s=(), tags={}))
    return Quarter(
        length_s=recording.duration_s,
        sentences=len(spans_s),
        aligned_s=aligned_s,
        aligned_mb=aligned_mb,
        worst_s=max(abs(start - right) for (start, _), (right, _) in pairs),
        mastered_s=mastered_s,
        mastered_mb=_most_mb() - before_mb,
    )


def _read_aloud(read: Sequence[Speech]) -> tuple[Speech, list[tuple[float, float]]]:
    """Return sentences with pauses of a person's length, and where each is."""
    rate_hz = read[0].rate_hz
    parts, spans_s, position_s = list[NDArray[np.float32]](), list[tuple[float, float]](), 0.0
    for number, speech in enumerate(read):
        pause_s = _PAUSE_S * (0.5 + number % 3 / 2)
        spans_s.append((position_s, position_s + speech.duration_s))
        parts += speech.samples, np.zeros(round(pause_s * rate_hz), np.float32)
        position_s += speech.duration_s + len(parts[-1]) / rate_hz
    return Speech(np.concatenate(parts), rate_hz), spans_s


def _most_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _script(text: str) -> Script:
    lexicon = read_lexicon_file(PROJECT_ROOT / "stops")
    return spoken_sentences(text, lang="fr", lexicon=lexicon, notation=EspeakEngine.notation)


def _stages(script: Script) -> tuple[dict[str, float], Clip]:
    engine = EspeakEngine()
    voice = engine.find_voice("fr")
    assert voice is not None  # noqa: S101 -- eSpeak NG speaks French
    speeches = [engine.speak(sentence.text, voice=voice) for sentence in script]
    mastered = [master_sentence(speech) for speech in speeches]
    pauses_s = [sentence.pause_after_s for sentence in script]
    stages: Mapping[str, Work] = {
        "the bare engine, sentence by sentence": lambda: [
            engine.speak(sentence.text, voice=voice) for sentence in script
        ],
        "the script": lambda: _script(NARRATIVE.text),
        "mastering each sentence, encoded and heard": lambda: [
            master_sentence(speech) for speech in speeches
        ],
        "joining them, and hearing both files": lambda: join(mastered, pauses_s=pauses_s, tags={}),
    }
    measured = {what: median(_used_s(work) for _ in range(ROUNDS)) for what, work in stages.items()}
    return measured, join(mastered, pauses_s=pauses_s, tags={})


def _rendered_s(*texts: str) -> list[float]:
    """Return what rendering takes of one text after the other, in a fresh installation."""
    used_s = []
    with installation(texts[0]) as made:
        for text in texts:
            made.publish(text)
            used_s.append(_used_s(made.render))
    return used_s


def _memory_kb() -> tuple[float, float]:
    """Return what a worker usually holds in its first clips of one sentence, and in its last."""
    held = []
    with installation("Phrase numéro 0.") as made:
        for number in range(1, CLIPS + 1):
            made.publish(f"Phrase numéro {number}.")
            made.render()
            held.append(_resident_kb())
    return median(held[WARM_CLIPS : 2 * WARM_CLIPS]), median(held[-WARM_CLIPS:])


def _resident_kb() -> int:
    gc.collect()
    _, pages, *_ = Path("/proc/self/statm").read_text().split()
    return int(pages) * resource.getpagesize() // 1024


def _used_s(work: Work) -> float:
    before = _core_s()
    work()
    return _core_s() - before


def _core_s() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _report(
    measured: Mapping[str, float],
    clip: Clip,
    correction_s: tuple[float, float],
    memory_kb: tuple[float, float],
) -> str:
    minutes = clip.duration_s / 60
    bare_s, whole_s = next(iter(measured.values())), [*measured.values()][-1]
    rows = [
        f"| {what} | {used_s:.2f} | {used_s / minutes:.2f} | {used_s / bare_s:.1f} |"
        for what, used_s in measured.items()
    ]
    twenty_s, corrected_s = correction_s
    warm_mb, many_mb = (kilobytes / 1024 for kilobytes in memory_kb)
    table = "\n".join(rows)
    return f"""\
Medians of {ROUNDS} rounds; core seconds are those of the process and its children.

| what | core seconds | per minute of speech | ratio to the bare engine |
|---|---|---|---|
{table}

The first stop's narrative, a clip of {clip.duration_s:.0f} s, weighs {len(clip.opus) / 1000:.0f} kB
as Opus and {len(clip.mp3) / 1000:.0f} as MP3, its cover apart. The budget for the whole is
{BUDGET_S:.0f} core seconds; it took {whole_s:.1f}.

A narrative of {TWENTY} sentences takes {twenty_s:.2f} core seconds. With one sentence changed it
takes {corrected_s:.2f}, {corrected_s / twenty_s:.0%} of that; the budget is a third.

Memory of a worker that renders {CLIPS} clips of one sentence: {warm_mb:.0f} MB in the second
hundred, {many_mb:.0f} MB in the last, as medians.
"""


if __name__ == "__main__":
    main()
