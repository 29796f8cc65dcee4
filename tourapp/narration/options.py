"""What several commands about the sound may be told."""

import click

from tourapp.stops.content import LANGUAGES

language = click.option("--lang", default="fr", type=click.Choice(LANGUAGES), help="Language.")
