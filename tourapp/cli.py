"""The command `tourapp`: each domain adds its own group."""

import os
from importlib import import_module
from typing import Any

import click

from tourapp.errors import TourError
from tourapp.resources import Resources
from tourapp.settings import Settings
from tourapp.web.logs import configure_logging

# Each is loaded where it is asked for: the processes of a server begin here, and would carry along
# whatever any of them needs.
_MODULES = {
    "backup": "tourapp.upkeep.backups.commands",
    "database": "tourapp.installing",
    "itineraries": "tourapp.itineraries.commands",
    "lexicon": "tourapp.narration.correcting.commands",
    "media": "tourapp.upkeep.commands",
    "narrations": "tourapp.narration.commands",
    "people": "tourapp.accounts.commands",
    "pictures": "tourapp.pictures.commands",
    "restore": "tourapp.upkeep.backups.commands",
    "roadbook": "tourapp.visit.roadbook.commands",
    "run": "tourapp.installing",
    "serve": "tourapp.commands",
    "signs": "tourapp.signage.commands",
    "speech": "tourapp.narration.commands",
    "stops": "tourapp.publishing.commands",
    "worker": "tourapp.commands",
}


class TourGroup(click.Group):
    """A group that loads its commands late, tells an error in one line, and exits with 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Return the names of all commands."""
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by its name."""
        if cmd_name not in _MODULES:
            return None
        command: click.Command = getattr(import_module(_MODULES[cmd_name]), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 -- click's own signature
        """Run the command that was chosen."""
        try:
            return super().invoke(ctx)
        except TourError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=TourGroup)
@click.pass_context
def main(context: click.Context) -> None:
    """Run and look after the audio guide.

    Every setting is an environment variable, TOURAPP_…; the README lists them.
    """
    settings = Settings.from_environ(os.environ)
    configure_logging(settings.log_level)
    context.obj = Resources.open(settings)
    context.call_on_close(context.obj.close)
