"""The folder of a stop: written, read back as it was, and left alone where it says the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.samples import NARRATIVE, STOP, sample_stop, write_samples
from tourapp.settings import PROJECT_ROOT
from tourapp.stops.content import (
    LANGUAGES,
    LONGEST,
    Closure,
    Drawing,
    FactSource,
    NarrativeContent,
    Place,
    Position,
    StopContent,
)
from tourapp.stops.source.reading import read_stops
from tourapp.stops.source.writing import write_stop

ODD = "« C’est l’été\u202f! » \"a\" 'b' \\n \\u0041 # = [x] +++ \t\ufeff%"


def _written_and_read(stop: StopContent) -> StopContent:
    with TemporaryDirectory() as folder:
        write_stop(Path(folder), stop)
        [read] = read_stops(Path(folder))
        return read


# What turns the direction of writing round, and what is no character.
UNKEPT = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"


def _texts(most: int) -> st.SearchStrategy[str]:
    kept = st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Zl", "Zp"),
        exclude_characters=UNKEPT,
        include_characters="\t\n",
    )
    return st.text(kept, min_size=1, max_size=min(most, 80)).filter(str.strip)


contents = st.builds(NarrativeContent, **{part: _texts(most) for part, most in LONGEST.items()})
lines = _texts(200)
positions = st.builds(
    Position,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    accuracy_m=st.integers(1, 100_000),
    source=lines,
)
reasons = st.fixed_dictionaries({"fr": lines}, optional={"en": lines, "nl": lines, "de": lines})
closures = st.builds(
    Closure,
    from_day=st.dates(max_value=date(2100, 1, 1)),
    until_day=st.none() | st.dates(min_value=date(2100, 1, 1)),
    reason=reasons.map(lambda said: {lang: said[lang] for lang in LANGUAGES if lang in said}),
)
places = st.builds(
    Place,
    number=st.integers(1, 99_999),
    position=positions
    | st.builds(replace, positions, altitude_m=st.integers(-500, 9000), altitude_source=lines),
    drawing=st.builds(
        Drawing,
        file=st.from_regex(r"[a-z0-9-]{1,20}\.svg", fullmatch=True),
        media=st.just(STOP.place.drawing.media),
        credit=lines,
    ),
    sources=st.lists(
        st.builds(FactSource, title=lines, url=st.none() | st.just("https://example.fr/é?a=%20#b")),
        min_size=1,
        max_size=3,
    ).map(tuple),
    closures=st.lists(closures, max_size=2).map(tuple),
    rescue_post=st.none() | _texts(120),
)


@settings(max_examples=60)
@given(content=contents)
@example(content=NarrativeContent(**dict.fromkeys(LONGEST, ODD)))
@example(content=replace(NARRATIVE, text="\r\n\n  Un\r\n+++\rdeux  \n\n"))
def test_any_text_comes_back_as_it_is_kept(content: NarrativeContent) -> None:
    kept = content.tidied()
    stop = replace(STOP, narratives={("fr", "standard"): kept, ("de", "facile"): kept})
    assert _written_and_read(stop) == stop
    assert kept.tidied() == kept


@settings(max_examples=60)
@given(place=places)
def test_any_place_comes_back_as_it_was(place: Place) -> None:
    stop = replace(STOP, place=place)
    assert _written_and_read(stop) == stop


def test_blank_lines_around_a_text_are_not_kept() -> None:
    kept = replace(NARRATIVE, text="\r\n\n Un.\r\n\r\nDeux.\rTrois. \n\n").tidied()
    assert kept.text == " Un.\n\nDeux.\nTrois. "


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_files_of_another_system_are_read(tmp_path: Path, mark: bytes) -> None:
    folder = write_samples(tmp_path)
    for path in folder.glob("terril/*.[mt]*"):
        path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_stops(folder) == (STOP,)


def test_texts_may_run_over_several_lines(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    path = folder / "terril/fr.md"
    access = 'access = """\nSentier raide,\nl’hiver surtout."""'
    path.write_text(path.read_text().replace('access = "Sentier raide."', access))
    [stop] = read_stops(folder)
    assert stop.narratives["fr", "standard"].access == "Sentier raide,\nl’hiver surtout."


def test_stops_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = write_samples(tmp_path, sample_stop(3), sample_stop(1), sample_stop(2))
    (folder / ".git").mkdir()
    (folder / "lexicon.toml").touch()
    assert [stop.place.number for stop in read_stops(folder)] == [1, 2, 3]


def test_every_language_and_variant_is_written_and_read(tmp_path: Path) -> None:
    stop = sample_stop(1)
    stop.narratives["en", "standard"] = replace(NARRATIVE, title="The hill")
    stop.narratives["fr", "facile"] = replace(NARRATIVE, text="C’est noir.")
    assert read_stops(write_samples(tmp_path, stop)) == (stop,)
    assert (tmp_path / "terril/fr.facile.md").exists()


def test_files_that_say_the_same_are_left_alone(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    path = folder / "terril/stop.toml"
    commented = "# Vérifié sur place.\n" + path.read_text().replace(" = ", "   =   ")
    path.write_text(commented)
    assert write_stop(folder, STOP) == []
    assert path.read_text() == commented


def test_only_the_file_that_differs_is_written(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    assert write_stop(folder, sample_stop(1, title="Neuf")) == [folder / "terril/fr.md"]
    moved = replace(sample_stop(1, title="Neuf"), place=replace(STOP.place, number=7))
    assert write_stop(folder, moved) == [folder / "terril/stop.toml"]


def test_a_broken_file_is_written_anew(tmp_path: Path) -> None:
    folder = write_samples(tmp_path)
    (folder / "terril/fr.md").write_text("rien")
    assert write_stop(folder, STOP) == [folder / "terril/fr.md"]
    assert read_stops(folder) == (STOP,)


def test_the_stops_of_the_project_are_written_as_they_stand(tmp_path: Path) -> None:
    ours = PROJECT_ROOT / "stops"
    for stop in read_stops(ours):
        write_stop(tmp_path, stop)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.glob("*/*")}
    assert written == {path.relative_to(ours): path.read_bytes() for path in ours.glob("*/*")}
