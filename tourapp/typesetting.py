"""Type set by Typst, as PDF/A-2a with the tags of PDF/UA-1.

Equal orders give equal bytes: the day is given, and no typeface is the machine's own.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time
from functools import cache, cached_property
from pathlib import Path

import typst

from tourapp.errors import UnavailableError

TYPEFACES = ("Atkinson Hyperlegible Next", "Barlow")

_SUBSTITUTE = "?"
# What is often written, and says the same in another way.
_ALIKE = str.maketrans(
    {
        "\N{RIGHTWARDS ARROW}": ">",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{HYPHEN}": "-",
        "\N{PRIME}": "\N{RIGHT SINGLE QUOTATION MARK}",
        "\N{DOUBLE PRIME}": "\N{RIGHT DOUBLE QUOTATION MARK}",
    }
)
# How JSON writes the control characters that are no white space.
_ESCAPED = re.compile(r"\\(u00..|.)")
_WHITE_OR_LITERAL = set('nrt"\\/')
_LAST_OF_LATIN_1 = "\N{LATIN SMALL LETTER Y WITH DIAERESIS}"
_TRIAL_PAGE = '#set document(title: "x")\n' + "".join(
    f'#text(font: "{face}", stretch: 75%, fallback: false, "LETTER")\n' for face in TYPEFACES
)


class Typography:
    """Sets pages, with the templates and the typefaces of an installation."""

    def __init__(self, root: Path) -> None:
        self._templates = root / "templates"
        self._typefaces = root / "tourapp" / "static" / "vendor" / "typefaces"
        self._is_drawn = cache(self._try_letter)

    def set_pages(self, template: str, order: str, *, day: date) -> bytes:
        """Return the PDF of a template, given an order as JSON; it may read its own folder alone.

        Raises typst.TypstError for what cannot be set, and UnavailableError where the typefaces
        were not installed.
        """
        path = self._templates / template
        return typst.compile(
            str(path),
            root=str(path.parent),
            font_paths=self._fonts,
            ignore_system_fonts=True,
            sys_inputs={"order": order},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.combine(day, time(), UTC),
        )

    def set_whatever_was_written(self, template: str, order: str, *, day: date) -> bytes:
        """Return the same, with a question mark for each letter that no typeface has.

        Letters are tried before: pages that fail at one cost as much as those that do not.
        """
        return self.set_pages(template, self.drawn(order), day=day)

    def drawn(self, text: str) -> str:
        """Return a text as JSON, with a question mark for each letter that a typeface lacks."""
        seen = _ESCAPED.sub(_uncontrolled, text)
        composed = unicodedata.normalize("NFC", seen.translate(_ALIKE))
        rare = (letter for letter in set(composed) if not _is_latin_1(letter))
        lacking = {ord(letter): _SUBSTITUTE for letter in rare if not self._is_drawn(letter)}
        return composed.translate(lacking)

    def _try_letter(self, letter: str) -> bool:
        page = _TRIAL_PAGE.replace("LETTER", letter).encode()
        try:
            typst.compile(
                page,
                font_paths=self._fonts,
                ignore_system_fonts=True,
                pdf_standards=["a-2a", "ua-1"],
            )
        except typst.TypstError:
            return False
        return True

    @cached_property
    def _fonts(self) -> typst.Fonts:
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[self._typefaces],
        )
        if set(fonts.families()) != set(TYPEFACES):
            message = (
                "the typefaces of signs are not installed: "
                "run `make run` again when the npm registry answers"
            )
            raise UnavailableError(message)
        return fonts


def _uncontrolled(escape: re.Match[str]) -> str:
    return escape[0] if escape[1] in _WHITE_OR_LITERAL else _SUBSTITUTE


def _is_latin_1(letter: str) -> bool:
    return letter <= _LAST_OF_LATIN_1 and unicodedata.category(letter) != "Cc"
