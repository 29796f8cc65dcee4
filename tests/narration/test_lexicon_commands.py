"""`tourapp lexicon`: how names are said, from the command line."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from tourapp.cli import main
from tourapp.resources import Resources

Run = Callable[..., Result]


@pytest.fixture
def run(environ: dict[str, str], seeded: Resources) -> Run:
    """Return `tourapp lexicon`, in an installation with the small stops."""
    assert seeded

    def lexicon(*arguments: str) -> Result:
        return CliRunner(env=environ, mix_stderr=False).invoke(main, ["lexicon", *arguments])

    return lexicon


def test_an_entry_is_set_listed_confirmed_and_removed(run: Run) -> None:
    told = run("set", "terril(s)", "--said", "téri", "--espeak", "ter'i")
    assert told.stdout == "terril(s) (fr): narrations to be made again: 3\n"
    assert run("list").stdout == "fr  terril(s) → téri  (to be confirmed)\n"
    assert run("confirm", "terril(s)", "--by", "Mme Dubois").stdout == (
        "terril(s) (fr): confirmed by Mme Dubois\n"
    )
    assert run("list", "TERRIL").stdout == "fr  terril(s) → téri  (confirmed by Mme Dubois)\n"
    assert run("list", "--lang", "nl").stdout == ""
    assert run("remove", "terril(s)").stdout.endswith("again: 3\n")
    assert run("list").stdout == ""


def test_what_is_not_given_stays_and_an_empty_text_takes_phonemes_away(run: Run) -> None:
    run("set", "terril", "--said", "téri", "--espeak", "ter'i")
    assert run("set", "terril", "--note", "Sans l.").stdout.endswith("again: 0\n")
    assert run("set", "terril", "--espeak", "").stdout.endswith("again: 3\n")
    assert run("set", "terril", "--said", "téri").stdout.endswith("again: 0\n")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["set", "Loos"], "said of 'Loos': expected a text with letters, got ''"),
        (["set", "Loos", "--said", "3 os"], "said of 'Loos': expected numbers in words, got"),
        (["remove", "Loos"], "no entry 'Loos' in 'fr' in the lexicon"),
        (["confirm", "Loos", "--by", "Ana"], "no entry 'Loos' in 'fr' in the lexicon"),
        (["confirm", "Lens", "--by", " "], "expected whoever agrees in at most 120 characters"),
    ],
)
def test_an_error_is_one_line(run: Run, arguments: list[str], error: str) -> None:
    run("set", "Lens", "--said", "Lance")
    refused = run(*arguments)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"Error: {error}")
    assert len(refused.stderr.splitlines()) == 1
