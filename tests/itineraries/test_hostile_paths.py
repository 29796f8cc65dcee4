"""Files that were made to do harm: whatever they are, a clear refusal, and little memory."""

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.itineraries.test_paths import FEATURES, GPX, KML
from tourapp.itineraries.drawings.content import LONGEST_FILE_BYTES, UnreadableDrawingError
from tourapp.itineraries.paths import read_path
from tourapp.settings import PROJECT_ROOT

WELL_FORMED = (GPX, KML, json.dumps(FEATURES).encode())
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "ascii", "utf-7")

# What one process may grow by, reading all of them one after the other.
MOST_GROWTH_KB = 150_000

HEAVY = """
import resource
from tourapp.itineraries.drawings.content import UnreadableDrawingError
from tourapp.itineraries.paths import read_path

def filled(before, repeated, after=b""):
    return before + repeated * ((9_900_000 - len(before) - len(after)) // len(repeated)) + after

FILES = {
    "gpx of 10⁶ points": b"<gpx>" + b'<rtept lat="" lon=""/>'.replace(b'""', b'"5"') * 400_000,
    "kml of 10⁶ points": b"<kml><LineString><coordinates>" + b"2,50 2,51 " * 500_000
        + b"</coordinates></LineString></kml>",
    "geojson of 10⁶ points": filled(b'{"type":"LineString","coordinates":[', b"[2,5],", b"[2,5]]}"),
    "objects": filled(b'{"type":"FeatureCollection","features":[', b"{},", b"{}]}"),
    "brackets": filled(b'{"a":', b"["),
    "numbers": filled(b'{"type":"LineString","coordinates":[[', b"1.5,", b"1]]}"),
    "a number": filled(b'{"a":', b"9", b"}"),
    "elements": filled(b"<gpx>", b"<a/>", b"</gpx>"),
    "depth": filled(b"", b"<a>"),
    "text": filled(b"<gpx><ele>", b"1", b"</ele></gpx>"),
    "a name": filled(b"<", b"a"),
    "laughs": b'<!DOCTYPE g [<!ENTITY a "' + b"l" * 1000 + b'">' + b"".join(
        b'<!ENTITY %c "' % (98 + n) + b"&%c;" % (97 + n) * 10 + b'">' for n in range(9)
    ) + b"]><g>&j;</g>",
}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name, file in FILES.items():
    assert len(file) <= 10_000_000, name
    try:
        read_path(file)
    except UnreadableDrawingError as error:
        assert len(str(error)) < 300, name
    else:
        raise SystemExit(f"{name} was taken for a path")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def refused_or_read(file: bytes) -> bool:
    """Return whether a file is refused with a sentence; no other error is an answer."""
    try:
        return len(read_path(file)) < 2
    except UnreadableDrawingError as error:
        return bool(str(error))


@given(st.data())
def test_a_file_that_was_cut_patched_and_doubled_is_read_or_refused(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(WELL_FORMED))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(file))] * 2)))
    patch = data.draw(st.binary(max_size=12) | st.just(file[start:end]))
    refused_or_read(file[:start] + patch + file[end:])


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("file", WELL_FORMED, ids=["gpx", "kml", "geojson"])
def test_a_file_in_another_encoding_is_read_or_refused(file: bytes, encoding: str) -> None:
    refused_or_read(file.decode().encode(encoding))
    refused_or_read(file.replace(b"UTF-8", encoding.encode()))


@pytest.mark.parametrize(
    "hostile",
    [
        lambda file: b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/">%e;]>' + file,
        lambda file: b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + file,
        lambda file: b'<?xml version="1.0"?>\n<!-- --><!DOCTYPE x>' + file,
        lambda file: file.replace(b"<ele>", b"<ele>&x;"),
        lambda file: file.replace(b"lat=", b"lon=", 1),
    ],
)
def test_what_names_other_files_is_refused(hostile: Callable[[bytes], bytes]) -> None:
    with pytest.raises(UnreadableDrawingError):
        read_path(hostile(GPX.partition(b"?>")[2]))


def test_the_heaviest_files_are_refused_within_little_memory() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", HEAVY], capture_output=True, text=True, check=False, cwd=PROJECT_ROOT
    )
    assert ended.returncode == 0, ended.stderr
    assert int(ended.stdout) < MOST_GROWTH_KB
    assert LONGEST_FILE_BYTES == 10_000_000
