"""`tourapp signs`: the register from a terminal."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from tests.samples import CODES
from tourapp.cli import main
from tourapp.resources import Resources

Run = Callable[..., Result]


@pytest.fixture
def run(environ: dict[str, str], seeded: Resources) -> Run:
    """Return `tourapp signs`, in an installation with the small stops."""
    assert seeded

    def signs(*arguments: str) -> Result:
        return CliRunner(env=environ, mix_stderr=False).invoke(main, ["signs", *arguments])

    return signs


def test_a_sign_is_planned_described_checked_moved_and_retired(run: Run) -> None:
    told = run("add", "terril", "--place", "Au sommet", "--support", "pupitre").stdout
    code, _, url = told.strip().partition("  ")
    assert url == f"HTTPS://VISITE.EXAMPLE.FR/Q/{code}"
    line = f"{code}  planned     1 terril  Au sommet · pupitre\n"
    assert run("list", "--stop", "terril").stdout.splitlines(keepends=True)[1] == line
    run("set", code, "--state", "installed", "--note", "Clé de 10.")
    assert run("list", "--state", "installed").stdout.startswith(f"{code}  installed")
    assert run("check", code, "--state", "damaged").stdout.startswith(f"{code}  damaged")
    assert run("move", code, "arret-2").stdout.startswith(f"{code}  damaged     2 arret-2")
    assert run("retire", code).stdout.startswith(f"{code}  retired")
    assert run("list", "--retired").stdout.startswith(code)
    assert run("retire", code, "--undo").stdout.startswith(f"{code}  damaged")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["add", "nowhere"], "no stop 'nowhere'"),
        (["move", "ZZZZZZ", "terril"], "no sign 'ZZZZZZ'"),
        (["set", CODES[0], "--state", "removed"], "a sign that is planned cannot become removed"),
    ],
)
def test_a_mistake_is_told_in_one_line(run: Run, arguments: list[str], error: str) -> None:
    told = run(*arguments)
    assert told.exit_code == 1
    assert told.stderr.startswith(f"Error: {error}")
    assert told.stderr.count("\n") == 1
