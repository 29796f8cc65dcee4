"""`tourapp lexicon`: how local names are said, told by whoever operates the machine."""

import click

from tourapp.accounts.commands import local_operator
from tourapp.narration.editing import Changed, confirm_entry, put_entry, remove_entry
from tourapp.narration.lexicon.store import EntryQuery, get_entry_of, list_entries
from tourapp.narration.options import language
from tourapp.narration.tasks import register_tasks
from tourapp.narration.voicing import Voicing
from tourapp.resources import Resources
from tourapp.stops.content import LANGUAGES

PHONEMES = ("espeak", "piper")


@click.group()
def lexicon() -> None:
    """Say how local names are said."""


@lexicon.command("list")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Of one language only.")
@click.argument("words", default="")
@click.pass_obj
def list_(resources: Resources, lang: str | None, words: str) -> None:
    """List the entries, those with WORDS only where some are given."""
    with resources.database.reading() as session:
        for row in list_entries(session, EntryQuery(lang=lang, words=words)):
            agreed = f"confirmed by {row.confirmed_by}" if row.confirmed_by else "to be confirmed"
            click.echo(f"{row.lang}  {row.written} → {row.said}  ({agreed})")


@lexicon.command("set")
@language
@click.option("--said", help="A respelling, numbers in words.")
@click.option("--espeak", help="Mnemonics of eSpeak NG; an empty text removes them.")
@click.option("--piper", help="The same in IPA.")
@click.option("--note", help="What the next editor should know.")
@click.argument("written")
@click.pass_obj
def set_(resources: Resources, /, lang: str, written: str, **given: str | None) -> None:
    """Say WRITTEN otherwise from now on; what is not given stays as it is."""
    parts = {
        name: None if name in PHONEMES and not text else text
        for name, text in given.items()
        if text is not None
    }
    by, voicing = local_operator(), Voicing.of(resources.settings)
    with resources.database.transaction() as session:
        changed = put_entry(session, written, parts, lang=lang, by=by, voicing=voicing)
    _tell_of_change(resources, changed)


@lexicon.command()
@language
@click.argument("written")
@click.pass_obj
def remove(resources: Resources, lang: str, written: str) -> None:
    """Leave WRITTEN to the rules again; an import does not bring it back."""
    by, voicing = local_operator(), Voicing.of(resources.settings)
    with resources.database.transaction() as session:
        row = get_entry_of(session, written, lang=lang)
        tag = str(row.version)
        changed = remove_entry(session, row.id, tag=tag, by=by, voicing=voicing)
    _tell_of_change(resources, changed)


@lexicon.command()
@language
@click.option("--by", "name", required=True, help="Who agrees, an inhabitant at best.")
@click.argument("written")
@click.pass_obj
def confirm(resources: Resources, lang: str, written: str, name: str) -> None:
    """Note that somebody agrees to how WRITTEN is said."""
    by = local_operator()
    with resources.database.transaction() as session:
        row = get_entry_of(session, written, lang=lang)
        confirm_entry(session, row.id, tag=str(row.version), confirmed_by=name, by=by)
    click.echo(f"{written} ({lang}): confirmed by {name}")


def _tell_of_change(resources: Resources, changed: Changed) -> None:
    register_tasks(resources)()
    row, wanted = changed.row, changed.narrations_wanted
    click.echo(f"{row.written} ({row.lang}): narrations to be made again: {wanted}")
