import logging
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tests.samples import write_samples
from tourapp.cli import main

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    """Leave the test's own process with its way of logging."""
    root, huey = logging.getLogger(), logging.getLogger("huey")
    before = root.handlers[:], root.level, huey.level
    yield
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    huey.setLevel(before[2])


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: commands are the same with any."""
    return sqlite_url


@pytest.fixture
def run(environ: dict[str, str]) -> Run:
    """Return the command `tourapp` in an installation of its own."""

    def running(*arguments: str, **more: str) -> Result:
        return CliRunner().invoke(main, arguments, env=environ | more)

    return running


def commands(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield command
        if isinstance(command, click.Group):
            yield from commands(command)


def test_help_tells_every_command_in_a_whole_sentence() -> None:
    told = CliRunner().invoke(main, ["--help"]).stdout
    assert "Every setting is an environment variable" in told
    assert all(f"  {name} " in told for name in main.list_commands(click.Context(main)))
    assert "..." not in told.partition("Commands:")[2]


@pytest.mark.parametrize("command", list(commands(main)), ids=lambda command: command.name)
def test_every_command_has_a_help_that_is_a_sentence(command: click.Command) -> None:
    assert command.help
    first_line = command.help.splitlines()[0]
    assert first_line[0].isupper()
    assert first_line.endswith(".")


def test_an_error_is_one_line_and_a_failure(run: Run) -> None:
    refused = run("stops", "publish", "nowhere")
    assert refused.exit_code == 1
    assert refused.output == "Error: no stop 'nowhere'\n"


def test_an_unknown_command_is_told_and_a_failure(run: Run) -> None:
    refused = run("stop")
    assert refused.exit_code == 2
    assert "No such command 'stop'" in refused.output


def test_wrong_settings_are_one_line_and_a_failure(run: Run) -> None:
    refused = run("stops", "check", PORT="x", TOURAPP_TYPO="x")
    assert refused.exit_code == 1
    assert refused.output == (
        "Error: PORT: expected a number from 1 to 65535, got 'x';"
        " TOURAPP_TYPO: there is no such setting\n"
    )


def test_a_database_that_is_away_is_one_line_and_a_failure(run: Run) -> None:
    refused = run(
        "database", "upgrade", TOURAPP_DATABASE_URL="postgresql://tour:hush@127.0.0.1:1/t"
    )
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: the database does not answer: ")
    assert len(refused.output.splitlines()) == 1
    assert "hush" not in refused.output


@pytest.mark.parametrize("way", ["upgrade", "downgrade"])
def test_an_unknown_migration_is_one_line_and_a_failure(run: Run, way: str) -> None:
    refused = run("database", way, "yesterday")
    assert refused.exit_code == 1
    assert refused.output == "Error: Can't locate revision identified by 'yesterday'\n"


@pytest.mark.parametrize("command", ["run", "serve"])
def test_a_port_in_use_is_one_line_and_a_failure(run: Run, command: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = run(command, PORT=port)
    assert refused.exit_code == 1
    assert refused.output == (
        f"Error: cannot listen on 127.0.0.1:{port} (Address already in use); choose another PORT\n"
    )


def test_a_fresh_database_goes_up_and_down(run: Run, tmp_path: Path) -> None:
    fresh = partial(run, TOURAPP_DATABASE_URL=f"sqlite:///{tmp_path}/new/tour.sqlite")
    assert fresh("database", "upgrade").exit_code == 0
    assert fresh("stops", "import", str(write_samples(tmp_path / "stops"))).exit_code == 0
    assert fresh("database", "downgrade", "0001").exit_code == 0
    assert fresh("database", "upgrade").exit_code == 0
    assert "1 of 1 narrations rendered" in fresh("narrations", "render").stdout
