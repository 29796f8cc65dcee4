"""`tourapp people`."""

import getpass
import re

import pytest
from click.testing import CliRunner, Result

from tourapp.cli import main


@pytest.fixture
def run(environ: dict[str, str]) -> "Run":
    return Run(environ)


class Run:
    """The command, in the environment of one installation."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ

    def __call__(self, *arguments: str) -> Result:
        """Run `tourapp people` with these arguments."""
        return CliRunner(env=self._environ, mix_stderr=False).invoke(main, ["people", *arguments])


def test_a_person_is_made_known_given_a_token_and_disabled(run: Run) -> None:
    created = run("create", "ana@example.fr", "--name", "Ana", "--role", "publication")
    assert created.stdout == "ana@example.fr is known, with: publication\n"
    token = run("token", "ana@example.fr", "--scope", "stops:publish", "--days", "7")
    assert token.stdout.startswith("tour_")
    assert "this once" in token.stderr
    assert run("disable", "ana@example.fr").exit_code == 0
    assert run("list").stdout == "disabled  ana@example.fr  publication  Ana\n"


def test_an_active_person_is_listed_as_such(run: Run) -> None:
    run("create", "ana@example.fr", "--role", "guide", "--role", "redaction")
    assert run("list").stdout == "active    ana@example.fr  guide, redaction  ana@example.fr\n"


def test_an_invitation_is_a_link_and_so_is_a_second_one(run: Run) -> None:
    links = [
        run("invite", "--role", "administration", "ana@example.fr"),
        run("link", "ana@example.fr"),
    ]
    for link in links:
        assert re.fullmatch(r"https://visite\.example\.fr/bureau/lien/[\w-]{43}\n", link.stdout)
        assert "once, within 7 days" in link.stderr
    assert links[0].stdout != links[1].stdout
    assert run("list").stdout == "active    ana@example.fr  administration  ana@example.fr\n"


def test_a_mistake_is_one_line(run: Run) -> None:
    refused = run("token", "nobody@example.fr", "--scope", "stops:draft")
    assert refused.exit_code == 1
    assert refused.stderr == "Error: nobody is known as 'nobody@example.fr'\n"


def test_a_machine_without_user_names_still_works(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert run("create", "ana@example.fr", "--role", "guide").exit_code == 0
