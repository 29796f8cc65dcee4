"""What a language brings to the script."""

from collections.abc import Callable
from dataclasses import dataclass

from tourapp.narration.script.rules import Finder
from tourapp.narration.script.tracing import Replacement


@dataclass(frozen=True, slots=True)
class Language:
    """The rules of a language, those that precede the lexicon apart.

    `preparations` make ready a folded sentence, `numeral` says digits that no rule has claimed, and
    `ends_no_sentence` judges the dot between two texts.
    """

    code: str
    first_rules: tuple[Finder, ...]
    rules: tuple[Finder, ...]
    preparations: tuple[Replacement, ...]
    numeral: Callable[[str], str]
    ends_no_sentence: Callable[[str, str], bool]
