"""`tourapp narrations` and `tourapp speech`: the sound, made and tried in the foreground."""

from pathlib import Path

import click
from click._termui_impl import ProgressBar

from tourapp.errors import InvalidError, UnavailableError
from tourapp.narration import saying
from tourapp.narration.loudness import measure
from tourapp.narration.mastering import Clip
from tourapp.narration.rendering import open_renderer
from tourapp.narration.script import spoken_sentences
from tourapp.narration.studio import Studio
from tourapp.narration.voicing import read_lexicon
from tourapp.resources import Resources
from tourapp.settings import ENGINES
from tourapp.stops.content import LANGUAGES

SUFFIXES = (".mp3", ".opus")
TRIALS = {
    "fr": "Bonjour, et bienvenue au pied du terril.",
    "en": "Hello, and welcome to the foot of the hill.",
    "nl": "Hallo, en welkom aan de voet van de berg.",
    "de": "Guten Tag, und willkommen am Fuß des Berges.",
}

_language = click.option("--lang", default="fr", type=click.Choice(LANGUAGES), help="Language.")


@click.group()
def narrations() -> None:
    """Speak what is published."""


@narrations.command()
@click.pass_obj
def render(resources: Resources) -> None:
    """Render every narration that is wanted and due, here and now."""
    renderer = open_renderer(resources)
    due = renderer.count_due()
    with speaking_bar(due) as bar:
        ready = renderer.render_due(after_each=lambda: bar.update(1))
    click.echo(f"{ready} of {due} narrations rendered")


@click.group()
def speech() -> None:
    """Try how texts are said, and by whom."""


@speech.command()
@_language
@click.argument("text", default="-")
@click.pass_obj
def script(resources: Resources, lang: str, text: str) -> None:
    """Print TEXT, or what comes on the standard input, as it is said: a sentence a line."""
    lexicon = read_lexicon(resources.settings)
    for sentence in spoken_sentences(_read(text), lang=lang, lexicon=lexicon):
        click.echo(sentence.text)


@speech.command()
@_language
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, .mp3 or .opus.",
)
@click.argument("text", default="-")
@click.pass_obj
def say(resources: Resources, lang: str, output: Path, text: str) -> None:
    """Say TEXT, or what comes on the standard input, with the best engine that answers."""
    if output.suffix not in SUFFIXES:
        message = f"expected a file ending in {' or '.join(SUFFIXES)}, got {output.name!r}"
        raise InvalidError(message)
    studio = Studio.open(resources.settings)
    typed = _read(text)
    for engine in studio.engines.values():
        try:
            said = saying.say(studio, engine, typed, lang=lang)
        except UnavailableError as error:
            click.echo(f"{engine.name}: {error}", err=True)
        else:
            clip = said.clip
            output.write_bytes(clip.opus if output.suffix == ".opus" else clip.mp3)
            told = f"{clip.duration_s:.1f} s by {engine.name}, voice {said.voice.name}"
            click.echo(f"{output}: {told}")
            return
    message = "no engine answers"
    raise UnavailableError(message)


@speech.command()
@_language
@click.pass_obj
def doctor(resources: Resources, lang: str) -> None:
    """Have every engine say one sentence, and tell which answer."""
    studio = Studio.open(resources.settings)
    for engine in studio.engines.values():
        try:
            said = saying.say(studio, engine, TRIALS[lang], lang=lang)
        except UnavailableError as error:
            click.echo(f"{engine.name:<7} no: {error}")
        else:
            version = f"{said.voice.name} ({said.voice.version})"
            click.echo(f"{engine.name:<7} ok: {version} spoke for {said.clip.duration_s:.1f} s")


@speech.command("try")
@_language
@click.argument("name", metavar="ENGINE", type=click.Choice(ENGINES))
@click.pass_obj
def try_(resources: Resources, lang: str, name: str) -> None:
    """Have ENGINE say one sentence, and tell the sound or why there is none."""
    studio = Studio.open(resources.settings)
    engine = studio.engines.get(name)
    if engine is None:
        message = f"{name} is not in use here; there are {', '.join(studio.engines)}"
        raise InvalidError(message)
    said = saying.say(studio, engine, TRIALS[lang], lang=lang)
    click.echo(f"{name}: voice {said.voice.name} ({said.voice.version}), {_measured(said.clip)}")


def speaking_bar(clips: int) -> ProgressBar[int]:
    """Draw the progress over so many clips, on a terminal only."""
    return click.progressbar(length=clips, label="Speaking ", show_pos=True)


def _read(text: str) -> str:
    return click.get_text_stream("stdin").read() if text == "-" else text


def _measured(clip: Clip) -> str:
    encodings = {"Opus": clip.opus, "MP3": clip.mp3}
    told = [
        f"{name} {len(audio)} bytes at {measure(audio).integrated_lufs:.1f} LUFS"
        for name, audio in encodings.items()
    ]
    return ", ".join([f"{clip.duration_s:.1f} s", *told])
