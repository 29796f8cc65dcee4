"""The folder of a stop: read whole, or every mistake in it named; written, and left alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples import NARRATIVE, STOP, sample_stop, write_samples
from tourapp.settings import PROJECT_ROOT
from tourapp.stops.source.faults import SourceError
from tourapp.stops.source.reading import read_stops
from tourapp.stops.source.writing import write_stop

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


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            _replacing("terril/stop.toml", "number = 1", "number = 0"),
            "terril/stop.toml:1: number: expected a whole number of at least 1, got 0",
        ),
        (
            _replacing("terril/stop.toml", "number = 1", 'number = "1"'),
            "terril/stop.toml:1: number: expected a whole number of at least 1",
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
            lambda folder: (folder / "terril/dessin.svg").unlink(),
            "terril/stop.toml:13: drawing.file: expected a file dessin.svg beside this one",
        ),
        (
            lambda folder: (folder / "terril/dessin.svg").write_text("<svg/>"),
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


def test_line_ends_of_another_system_are_read(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    for path in folder.glob("terril/*.[mt]*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_stops(folder) == (STOP,)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    stop = sample_stop(1)
    stop.narratives["en", "standard"] = replace(NARRATIVE, title="The hill")
    stop.narratives["fr", "facile"] = replace(NARRATIVE, text="C’est noir.")
    assert read_stops(write_samples(tmp_path, stop)) == (stop,)


def test_files_that_say_the_same_are_left_alone(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    path = folder / "terril/stop.toml"
    path.write_text("# Vérifié sur place.\n" + path.read_text())
    assert write_stop(folder, STOP) == []
    assert path.read_text().startswith("# Vérifié")


def test_only_the_file_that_differs_is_written(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    assert write_stop(folder, sample_stop(1, title="Neuf")) == [folder / "terril/fr.md"]


def test_a_broken_folder_is_written_anew(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    (folder / "terril/fr.md").write_text("rien")
    write_stop(folder, STOP)
    assert read_stops(folder) == (STOP,)


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1
).filter(str.strip)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=texts.filter(lambda text: len(text) <= 120), text=texts)
def test_any_text_comes_back_as_it_was(tmp_path: Path, title: str, text: str) -> None:
    stop = sample_stop(1, title=title, text=text)
    write_stop(tmp_path, stop)
    assert read_stops(tmp_path) == (stop,)


def test_the_stops_of_the_project_are_written_as_they_stand(tmp_path: Path) -> None:
    ours = PROJECT_ROOT / "stops"
    for stop in read_stops(ours):
        for written in write_stop(tmp_path, stop):
            file = written.relative_to(tmp_path)
            assert written.read_bytes() == (ours / file).read_bytes(), file
