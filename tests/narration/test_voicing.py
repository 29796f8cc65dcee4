from dataclasses import replace
from pathlib import Path

import pytest

from tourapp.errors import InvalidError
from tourapp.narration.voicing import Voicing, read_lexicon
from tourapp.settings import Settings

LOOS = '[[entry]]\nwritten = "Loos"\nlang = "fr"\nsaid = "Losse"\n'
LENS = '[[entry]]\nwritten = "Lens"\nlang = "fr"\nsaid = "Lance"\n'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of an installation with a lexicon of its own."""
    (tmp_path / "stops").mkdir()
    write(tmp_path, LOOS)
    return Settings.from_environ({}, root=tmp_path)


def write(root: Path, lexicon: str) -> None:
    (root / "stops" / "lexicon.toml").write_text(lexicon)


def test_the_engines_are_those_that_can_be_tried(settings: Settings) -> None:
    assert Voicing.of(settings).engines == ("gtts", "espeak")


def test_the_recipe_stays_while_the_lexicon_says_the_same(settings: Settings) -> None:
    write(settings.root, LOOS + LENS)
    before = Voicing.of(settings)
    write(settings.root, LENS + LOOS)
    assert Voicing.of(settings) == before


def test_the_recipe_changes_with_an_entry_of_the_lexicon(settings: Settings) -> None:
    before = Voicing.of(settings).recipe
    write(settings.root, LOOS.replace("Losse", "Loss"))
    assert Voicing.of(settings).recipe != before


def test_the_recipe_does_not_depend_on_the_engines(settings: Settings) -> None:
    fewer = replace(settings, speech_engines=("espeak",))
    assert Voicing.of(fewer).recipe == Voicing.of(settings).recipe


@pytest.mark.parametrize("lexicon", ["[[entry", '[[entry]]\nwritten = "Loos"\n'])
def test_a_mistake_in_the_lexicon_is_told_with_its_file(settings: Settings, lexicon: str) -> None:
    write(settings.root, lexicon)
    with pytest.raises(InvalidError, match=r"stops/lexicon\.toml: .*(at the end|line 1)"):
        read_lexicon(settings)


def test_a_missing_lexicon_is_told(settings: Settings) -> None:
    (settings.root / "stops" / "lexicon.toml").unlink()
    with pytest.raises(InvalidError, match=r"stops/lexicon\.toml: .*No such file"):
        read_lexicon(settings)
