"""`tourapp pictures bare`: what a camera wrote stays behind, so that a file may stand in stops/."""

from pathlib import Path

from click.testing import CliRunner

from tests.pictures.photographs import from_a_phone
from tourapp.pictures.commands import pictures
from tourapp.pictures.reading import measure_bare


def test_a_photograph_is_written_as_stops_may_hold_it(tmp_path: Path) -> None:
    given, written = tmp_path / "phone.jpg", tmp_path / "vue.jpg"
    given.write_bytes(from_a_phone())
    told = CliRunner().invoke(pictures, ["bare", str(given), str(written)])
    assert told.output == f"{written}: 40 x 64 pixels\n"
    assert measure_bare(written.read_bytes()) == (40, 64)
