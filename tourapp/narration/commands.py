"""`tourapp narrations` and `speech`: the sound, made and tried."""

from pathlib import Path

import click
from click._termui_impl import ProgressBar

from tourapp.errors import InvalidError, UnavailableError
from tourapp.narration import saying
from tourapp.narration.engines.protocol import Capability
from tourapp.narration.joining import Clip
from tourapp.narration.lexicon import Lexicon
from tourapp.narration.lexicon.file import LEXICON_FILE, read_lexicon_file
from tourapp.narration.lexicon.store import read_lexicon
from tourapp.narration.loudness import measure
from tourapp.narration.options import language
from tourapp.narration.recordings.commands import record, recordings, withdraw
from tourapp.narration.rendering import open_renderer
from tourapp.narration.script import spoken_sentences
from tourapp.narration.studio import Studio
from tourapp.resources import Resources
from tourapp.variables import ENGINES

SUFFIXES = (".mp3", ".opus")
TRIALS = {
    "fr": "Bonjour, et bienvenue au pied du terril.",
    "en": "Hello, and welcome to the foot of the hill.",
    "nl": "Hallo, en welkom aan de voet van de berg.",
    "de": "Guten Tag, und willkommen am Fuß des Berges.",
}


@click.group()
def narrations() -> None:
    """Speak what is published, or have it read by people."""


for _command in (record, recordings, withdraw):
    narrations.add_command(_command)


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
@language
@click.argument("text", default="-")
@click.pass_obj
def script(resources: Resources, lang: str, text: str) -> None:
    """Print TEXT, or what comes on the standard input, as it is said: a sentence a line."""
    lexicon = _lexicon(resources)
    for sentence in spoken_sentences(_read(text), lang=lang, lexicon=lexicon):
        click.echo(sentence.text)


@speech.command()
@language
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
    said = _said_by_the_best(resources, _read(text), lang=lang)
    clip, voice = said.clip, said.voice
    output.write_bytes(clip.opus if output.suffix == ".opus" else clip.mp3)
    click.echo(f"{output}: {clip.duration_s:.1f} s by {voice.engine}, voice {voice.name}")


def _said_by_the_best(resources: Resources, text: str, *, lang: str) -> saying.Said:
    """Have the best engine that answers say a text, and tell why those before it did not."""
    studio, lexicon = Studio.open(resources.settings), _lexicon(resources)
    for engine in studio.engines.values():
        try:
            voice = studio.get_voice(engine, lang)
            return saying.say(engine, text, voice=voice, lexicon=lexicon)
        except UnavailableError as error:
            click.echo(f"{engine.name}: {error}", err=True)
    message = "no engine answers"
    raise UnavailableError(message)


@speech.command()
@language
@click.pass_obj
def doctor(resources: Resources, lang: str) -> None:
    """Have every engine say one sentence, and tell which answer."""
    studio, lexicon = Studio.open(resources.settings), _lexicon(resources)
    for engine in studio.engines.values():
        try:
            voice = studio.get_voice(engine, lang)
            said = saying.say(engine, TRIALS[lang], voice=voice, lexicon=lexicon)
        except UnavailableError as error:
            click.echo(f"{engine.name:<7} no: {error}")
        else:
            version = f"{said.voice.name} ({said.voice.version})"
            spoke = f"spoke for {said.clip.duration_s:.1f} s, {_traits(engine.capability)}"
            click.echo(f"{engine.name:<7} ok: {version} {spoke}")


def _traits(capability: Capability) -> str:
    where = "by a service elsewhere" if capability.needs_network else "on this machine"
    return f"{where}; it tells when each word is said" if capability.times_words else where


@speech.command("try")
@language
@click.argument("name", metavar="ENGINE", type=click.Choice(ENGINES))
@click.pass_obj
def try_(resources: Resources, lang: str, name: str) -> None:
    """Have ENGINE say one sentence, and tell the sound or why there is none."""
    studio = Studio.open(resources.settings)
    engine = studio.engines.get(name)
    if engine is None:
        message = f"{name} is not in use here; there are {', '.join(studio.engines)}"
        raise InvalidError(message)
    voice, lexicon = studio.get_voice(engine, lang), _lexicon(resources)
    said = saying.say(engine, TRIALS[lang], voice=voice, lexicon=lexicon)
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


def _lexicon(resources: Resources) -> Lexicon:
    """Return the lexicon of the database, or of the files while there is no database yet."""
    try:
        with resources.database.reading() as session:
            return read_lexicon(session)
    except UnavailableError as error:
        folder = resources.settings.root / "stops"
        click.echo(f"{error}; names are said as {folder / LEXICON_FILE} tells", err=True)
        return read_lexicon_file(folder)
