"""Mistakes in the folder of a stop: each with its file and line, all of them at once."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pictures.photographs import from_a_phone, photograph
from tests.samples import NARRATIVE, sample_stop, write_samples
from tourapp.stops.source.faults import SourceError
from tourapp.stops.source.reading import read_stops

Edit = Callable[[Path], object]


def _faults(folder: Path) -> list[str]:
    with pytest.raises(SourceError) as raised:
        read_stops(folder)
    return str(raised.value).splitlines()


def _replacing(file: str, before: str, after: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after))

    return edit


def _closing(days: str, *, lang: str = "fr") -> Edit:
    closure = f'\n[[closures]]\n{days}\n[closures.reason]\n{lang} = "Gel."\n'
    return _replacing("terril/stop.toml", 'url = "https://example.fr/livre"\n', f"{closure}")


def _with_photograph(content: bytes | None, **said: str) -> Edit:
    """Say something else of a photograph, or put other bytes in its place."""
    words = {"alt": '{ fr = "Un cône." }', "credit": '"Une main"', "licence": '"CC0"'}
    table = "".join(f"{name} = {value}\n" for name, value in (words | said).items() if value)

    def edit(folder: Path) -> None:
        place = folder / "terril" / "stop.toml"
        name = "" if "file" in said else 'file = "vue.jpg"\n'
        place.write_text(f"{place.read_text()}\n[[pictures]]\n{name}{table}")
        if content is not None:
            (folder / "terril" / "vue.jpg").write_bytes(content)

    return edit


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            _with_photograph(None),
            "21: pictures.0.file: expected a file vue.jpg beside this one",
        ),
        (
            _with_photograph(from_a_phone()),
            (
                "21: pictures.0.file: expected a JPEG that holds pixels alone, not what a camera"
                " writes beside them; `tourapp pictures bare` writes one"
            ),
        ),
        (
            _with_photograph(b"<svg/>"),
            (
                "21: pictures.0.file: expected a picture in one of JPEG, PNG, WEBP, AVIF;"
                " `tourapp pictures bare` writes one"
            ),
        ),
        (
            _with_photograph(photograph(), file='"../vue.jpg"'),
            "24: pictures.0.file: expected the name of a JPEG in the same folder, got '../vue.jpg'",
        ),
        (
            _with_photograph(photograph(), alt=""),
            (
                "20: pictures.0.alt: missing: expected what the picture shows by language, in"
                " French at least"
            ),
        ),
        (
            _with_photograph(photograph(), alt='{ en = "A hill." }'),
            "22: pictures.0.alt.fr: missing: expected a text of 1 to 600 characters",
        ),
        (
            _with_photograph(photograph(), focus="[50]"),
            "25: pictures.0.focus: expected two whole hundredths, from the left and from the top",
        ),
    ],
)
def test_a_mistake_about_a_photograph_is_named(tmp_path: Path, edit: Edit, fault: str) -> None:
    folder = write_samples(tmp_path)
    edit(folder)
    assert _faults(folder) == [f"terril/stop.toml:{fault}"]


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            _replacing("terril/stop.toml", "number = 1", "number = 0"),
            "terril/stop.toml:1: number: expected a whole number from 1 to 99999, got 0",
        ),
        (
            _replacing("terril/stop.toml", "number = 1", 'number = "1"'),
            "terril/stop.toml:1: number: expected a whole number from 1 to 99999",
        ),
        (
            _replacing("terril/stop.toml", "7K2M9Q", "7K2M9O"),
            (
                "terril/stop.toml:2: code: expected six of 0-9 and A-Z without I, L, O and U,"
                " got '7K2M9O'"
            ),
        ),
        (
            _replacing("terril/stop.toml", "latitude = 50.443", "latitude = 150.443"),
            (
                "terril/stop.toml:5: position.latitude: expected degrees between -90 and 90,"
                " got 150.443"
            ),
        ),
        (
            _replacing("terril/stop.toml", "latitude = 50.443\n", ""),
            "terril/stop.toml:4: position.latitude: missing: expected degrees between -90 and 90",
        ),
        (
            _replacing("terril/stop.toml", 'altitude_source = "carte"\n', ""),
            (
                "terril/stop.toml:9: position.altitude_m: expected altitude_m and altitude_source"
                " together"
            ),
        ),
        (
            _closing("from = 2026-12-02\nuntil = 2026-12-01"),
            (
                "terril/stop.toml:21: closures.0.until: expected no day before 2026-12-02,"
                " got 2026-12-01"
            ),
        ),
        (
            _closing("from = 2026-12-02T08:00:00"),
            "terril/stop.toml:20: closures.0.from: expected a day such as 2026-12-01",
        ),
        (
            _closing("from = 2026-12-02", lang="en"),
            (
                "terril/stop.toml:21: closures.0.reason.fr: missing: expected a text of 1 to 240"
                " characters"
            ),
        ),
        (
            _replacing("terril/stop.toml", "number = 1", "number = 1\nnombre = 2"),
            "terril/stop.toml:2: nombre: unknown key",
        ),
        (
            _replacing("terril/stop.toml", "number = 1", "number = "),
            "terril/stop.toml:1: Invalid value",
        ),
        (
            _replacing("terril/stop.toml", "https://example.fr/livre", "livre"),
            (
                "terril/stop.toml:18: sources.0.url: expected an address such as"
                " https://example.fr/page"
            ),
        ),
        (
            _replacing("terril/stop.toml", 'title = "Un livre"', 'title = " "'),
            (
                "terril/stop.toml:17: sources.0.title: expected a text of 1 to 300 characters,"
                " got only white space"
            ),
        ),
        (
            _replacing("terril/stop.toml", 'file = "dessin.svg"', 'file = "../x.svg"'),
            (
                "terril/stop.toml:13: drawing.file: expected the name of an SVG file in the same"
                " folder, got '../x.svg'"
            ),
        ),
        (
            _replacing("terril/stop.toml", "number = 1", "number = 99999999999999999999"),
            (
                "terril/stop.toml:1: number: expected a whole number from 1 to 99999,"
                " got 99999999999999999999"
            ),
        ),
        (
            _replacing("terril/stop.toml", "7K2M9Q", r"7K2M9Q\n"),
            (
                "terril/stop.toml:2: code: expected six of 0-9 and A-Z without I, L, O and U,"
                r" got '7K2M9Q\n'"
            ),
        ),
        (
            _replacing("terril/stop.toml", "latitude = 50.443", 'latitude = "50.443"'),
            "terril/stop.toml:5: position.latitude: expected degrees between -90 and 90",
        ),
        (
            _replacing("terril/stop.toml", "latitude = 50.443", "latitude = nan"),
            "terril/stop.toml:5: position.latitude: expected degrees between -90 and 90",
        ),
        (
            _replacing("terril/stop.toml", "accuracy_m = 80", "accuracy_m = 80\n'à-peu-près' = 1"),
            "terril/stop.toml:8: position.à-peu-près: unknown key",
        ),
        (
            _replacing("terril/stop.toml", "accuracy_m = 80", "  accuracy_m = 0"),
            (
                "terril/stop.toml:7: position.accuracy_m: expected whole metres from 1 to 100000,"
                " got 0"
            ),
        ),
        (
            _replacing("terril/stop.toml", "altitude_m = 186", "altitude_m = 18600"),
            (
                "terril/stop.toml:9: position.altitude_m: expected whole metres from -500 to 9000,"
                " got 18600"
            ),
        ),
        (
            _replacing("terril/stop.toml", "[drawing]", "[parking]\nplaces = 5\n\n[drawing]"),
            "terril/stop.toml:12: parking: unknown key",
        ),
        (
            _replacing("terril/stop.toml", "[[sources]]", "[sources]"),
            "terril/stop.toml:16: sources: expected at least one [[sources]] table",
        ),
        (
            _replacing("terril/stop.toml", 'title = "Un livre"', 'title = ["Un livre"]'),
            "terril/stop.toml:17: sources.0.title: expected a text of 1 to 300 characters",
        ),
        (
            _replacing("terril/stop.toml", "[drawing]", "[position]\n[drawing]"),
            "terril/stop.toml:12: Cannot declare ('position',) twice",
        ),
        (
            lambda folder: (folder / "terril/dessin.svg").unlink(),
            "terril/stop.toml:13: drawing.file: expected a file dessin.svg beside this one",
        ),
        (
            lambda folder: (folder / "terril/dessin.svg").write_text("<svg/>"),
            'terril/dessin.svg:1: expected an SVG drawing with viewBox="0 0 800 500"',
        ),
        (
            lambda folder: (folder / "terril/dessin.svg").write_text("<svg>\n<path\n</svg>"),
            (
                'terril/dessin.svg:3: expected an SVG drawing with viewBox="0 0 800 500":'
                " not well-formed (invalid token): line 3, column 0"
            ),
        ),
        (
            _replacing("terril/dessin.svg", 'viewBox="0 0 800 500"', 'viewBox="0 0 80 50"'),
            'terril/dessin.svg:1: expected an SVG drawing with viewBox="0 0 800 500"',
        ),
        (
            lambda folder: (folder / "terril/stop.toml").unlink(),
            "terril/stop.toml:1: missing: expected this file",
        ),
        (
            lambda folder: (folder / "terril/fr.md").unlink(),
            "terril/fr.md:1: missing: expected the French narrative",
        ),
        (
            lambda folder: (folder / "terril/it.md").write_text("Ciao"),
            "terril/it.md:1: expected a narrative's name: fr.md or en.md or nl.md or de.md",
        ),
        (
            lambda folder: (folder / "terril/fr.md").write_text("Sans rien."),
            "terril/fr.md:1: expected front matter between two lines of +++, then the text",
        ),
        (
            _replacing("terril/fr.md", 'lede = "Une montagne faite à la main."', "lede ="),
            "terril/fr.md:3: Invalid value",
        ),
        (
            _replacing("terril/fr.md", 'look = "Regardez le sentier qui tourne."\n', ""),
            "terril/fr.md:2: look: missing: expected a text of 1 to 600 characters",
        ),
        (
            _replacing("terril/fr.md", "Une montagne faite", 'Une "montagne" faite'),
            "terril/fr.md:3: Expected newline or end of document after a statement",
        ),
        (
            _replacing("terril/fr.md", '"Sentier raide."', '"""\nSentier\nraide."""\ntexte = 1'),
            "terril/fr.md:9: texte: unknown key",
        ),
        (
            _replacing(
                "terril/fr.md", '"Sentier raide."', '"Sentier raide." # a\u2028b\ntexte = 1'
            ),
            "terril/fr.md:7: texte: unknown key",
        ),
        (
            _replacing("terril/fr.md", "Une montagne", r"Une \u0000montagne"),
            "terril/fr.md:3: lede: expected a text of 1 to 240 characters, got U+0000",
        ),
        (
            _replacing("terril/fr.md", "+++\n\n", "text = 'double'\n+++\n\n"),
            "terril/fr.md:9: text: unknown key",
        ),
        (
            _replacing("terril/fr.md", NARRATIVE.text, " "),
            "terril/fr.md:10: text: expected a text of 1 to 20000 characters, got only white space",
        ),
        (
            lambda folder: (folder / "terril/fr.md").write_bytes(b""),
            "terril/fr.md:1: expected front matter between two lines of +++, then the text",
        ),
        (
            lambda folder: (folder / "terril/fr.md").write_bytes(b"+++\ntitle = '\xe9'\n+++\n"),
            "terril/fr.md:2: expected UTF-8 text",
        ),
        (
            lambda folder: (folder / "terril").rename(folder / "Le Terril"),
            "Le Terril:1: expected a name of small letters, digits and single hyphens",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, edit: Edit, fault: str) -> None:
    folder = write_samples(tmp_path)
    edit(folder)
    assert _faults(folder) == [fault]


def test_every_mistake_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    folder = write_samples(tmp_path, sample_stop(1), sample_stop(2))
    _replacing("terril/stop.toml", "number = 1", "number = -1")(folder)
    _replacing("terril/fr.md", "Montée du terril", "x" * 121)(folder)
    _replacing("arret-2/stop.toml", "accuracy_m = 80", "accuracy_m = 0.5")(folder)
    files = [fault.partition(" ")[0] for fault in _faults(folder)]
    assert files == ["arret-2/stop.toml:7:", "terril/fr.md:2:", "terril/stop.toml:1:"]


def test_two_stops_share_neither_number_nor_code(tmp_path: Path) -> None:
    second = replace(sample_stop(1), slug="zut")
    folder = write_samples(tmp_path, sample_stop(1), second)
    assert _faults(folder) == [
        "zut/stop.toml:1: number: 1 already belongs to terril",
        "zut/stop.toml:2: code: 7K2M9Q already belongs to terril",
    ]


def test_a_file_that_breaks_off_is_named_at_its_end(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    (folder / "terril/stop.toml").write_text('number = 1\ncode = """\nABC')
    assert _faults(folder)[0].startswith("terril/stop.toml:3: ")


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "expected a folder a stop" in _faults(tmp_path)[0]


def test_a_number_beyond_all_bounds_is_a_mistake_like_another(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    _replacing("terril/stop.toml", "number = 1", "number = " + "9" * 5000)(folder)
    assert "terril/stop.toml:18: Exceeds the limit" in _faults(folder)[0]


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "ailleurs"
    assert _faults(folder) == [f"{folder}:1: expected a folder a stop, with its stop.toml"]


def test_a_set_is_broken_by_a_folder_that_is_no_stop(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    (folder / "images").mkdir()
    assert _faults(folder) == [
        "images/fr.md:1: missing: expected the French narrative",
        "images/stop.toml:1: missing: expected this file",
    ]
