"""`tourapp narrations` and `tourapp speech`: the sound, made and tried in the foreground."""

from pathlib import Path

import click
from click._termui_impl import ProgressBar

from tourapp.errors import InvalidError, UnavailableError
from tourapp.narration.engines.protocol import Engine, Voice
from tourapp.narration.mastering import Clip, master
from tourapp.narration.rendering import open_renderer
from tourapp.narration.script import spoken_sentences
from tourapp.narration.studio import Studio
from tourapp.narration.voicing import read_lexicon
from tourapp.resources import Resources
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
            voice = studio.get_voice(engine, lang)
            clip = _said(studio, engine, voice, typed)
        except UnavailableError as error:
            click.echo(f"{engine.name}: {error}", err=True)
        else:
            output.write_bytes(clip.opus if output.suffix == ".opus" else clip.mp3)
            click.echo(f"{output}: {clip.duration_s:.1f} s by {engine.name}, voice {voice.name}")
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
            voice = studio.get_voice(engine, lang)
            clip = _said(studio, engine, voice, TRIALS[lang])
        except UnavailableError as error:
            click.echo(f"{engine.name:<7} no: {error}")
        else:
            version = f"{voice.name} ({voice.version})"
            click.echo(f"{engine.name:<7} ok: {version} spoke for {clip.duration_s:.1f} s")


def speaking_bar(clips: int) -> ProgressBar[int]:
    """Draw the progress over so many clips, on a terminal only."""
    return click.progressbar(length=clips, label="Speaking ", show_pos=True)


def _read(text: str) -> str:
    return click.get_text_stream("stdin").read() if text == "-" else text


def _said(studio: Studio, engine: Engine, voice: Voice, text: str) -> Clip:
    script = spoken_sentences(
        text,
        lang=voice.lang,
        lexicon=studio.lexicon,
        notation=engine.notation,
    )
    sounds = [engine.speak(sentence.text, voice=voice) for sentence in script]
    return master(sounds, pauses_s=[sentence.pause_after_s for sentence in script], tags={})
