"""`tourapp narrations record`, `recordings` and `withdraw`: narratives, read by people."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click
from sqlalchemy.orm import Session

from tourapp.accounts.commands import local_operator
from tourapp.narration.options import language
from tourapp.narration.recordings.giving import (
    Given,
    GivenRecording,
    give_recording,
    list_recordings,
    require_place,
    withdraw_recording,
)
from tourapp.narration.recordings.intake import take_in
from tourapp.narration.tasks import register_tasks
from tourapp.narration.voicing import Voicing
from tourapp.resources import Resources
from tourapp.stops.content import Variant
from tourapp.stops.editing import Telling
from tourapp.stops.services import get_narrative, get_stop


def _telling(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command be told which narrative is meant."""
    variant = click.option("--variant", default="standard", type=click.Choice(get_args(Variant)))
    return language(variant(command))


@click.command()
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_telling
@click.option("--revision", type=int, help="The text that is read; the newest by default.")
@click.option("--speaker", required=True, help="Who reads, as visitors may know it.")
@click.option("--credit", default="", help="The line of rights that goes with the voice.")
@click.pass_obj
def record(
    resources: Resources,
    /,
    slug: str,
    file: Path,
    lang: str,
    variant: Variant,
    **told: Any,  # noqa: ANN401 -- what is said of a recording
) -> None:
    """Give FILE as the sound of a narrative of SLUG; visitors hear it once it is mastered."""
    given = Given(telling=Telling(slug=slug, lang=lang, variant=variant), **told)
    with resources.database.reading() as session:
        require_place(session, given, tag=_tag(session, slug))
    with file.open("rb") as opened:
        sound = take_in(opened, resources.media)
    by, voicing = local_operator(), Voicing.of(resources.settings)
    with resources.database.transaction() as session:
        tag = _tag(session, slug)
        kept = give_recording(session, given, sound, tag=tag, by=by, voicing=voicing)
        click.echo(f"recording {kept.recording.id}: {_described(kept)}")
    register_tasks(resources)()


@click.command()
@click.argument("slug")
@_telling
@click.pass_obj
def recordings(resources: Resources, slug: str, lang: str, variant: Variant) -> None:
    """List the recordings of a narrative of SLUG, the newest first."""
    with resources.database.reading() as session:
        narrative = get_narrative(session, get_stop(session, slug), lang=lang, variant=variant)
        for given in list_recordings(session, narrative):
            click.echo(f"{given.recording.id:>4}  {_described(given)}; {_state(given)}")
            for sentence in given.doubtful:
                click.echo(f"      to be listened to: {sentence}")


@click.command()
@click.argument("slug")
@click.argument("recording_id", metavar="ID", type=int)
@_telling
@click.pass_obj
def withdraw(
    resources: Resources, slug: str, recording_id: int, lang: str, variant: Variant
) -> None:
    """Withdraw recording ID of a narrative of SLUG for good; an engine is heard again."""
    telling = Telling(slug=slug, lang=lang, variant=variant)
    with resources.database.transaction() as session:
        tag = _tag(session, slug)
        withdraw_recording(session, telling, recording_id, tag=tag, by=local_operator())
    click.echo(f"recording {recording_id} of {telling} is withdrawn")


def _tag(session: Session, slug: str) -> str:
    """Return the state that whoever stands at this machine acts on: the present one."""
    return str(get_stop(session, slug).version)


def _described(given: GivenRecording) -> str:
    recording = given.recording
    return (
        f"revision {given.revision.number} read by {recording.speaker},"
        f" {recording.duration_s:.0f} s ({recording.format})"
    )


def _state(given: GivenRecording) -> str:
    recording, narration = given.recording, given.narration
    if narration is None:
        return f"withdrawn by {recording.withdrawn_by}"
    if narration.state == "ready":
        return f"ready, confidence {narration.confidence:.2f}"
    return f"{narration.state}: {narration.failure}" if narration.failure else narration.state
