"""`tourapp signs make`."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from tests.samples import CODES
from tests.signage.plates.printed import needs_typefaces
from tourapp.errors import InvalidError
from tourapp.resources import Resources
from tourapp.signage.commands import signs
from tourapp.signage.plates.checking import read_codes, rendered

MODULES = 29


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: commands are the same with any."""
    return sqlite_url


def make(resources: Resources, out: Path, *options: str) -> Result:
    arguments = ["make", "--out", str(out), "--date", "2026-03-01", *options]
    return CliRunner().invoke(signs, arguments, obj=resources)


@needs_typefaces
def test_signs_are_printed_into_one_file(seeded: Resources, tmp_path: Path) -> None:
    file = tmp_path / "signs.pdf"
    told = make(seeded, file, "--stops", "terril,arret-2", "--codes", CODES[2], "--format", "a6")
    assert "3 signs" in told.stdout
    assert "each read back" in told.stdout
    read = [
        code.text
        for page in rendered(file.read_bytes(), dpi=150)
        for code in read_codes(page, MODULES)
    ]
    assert read == [f"HTTPS://VISITE.EXAMPLE.FR/Q/{code}" for code in CODES[:3]]


@needs_typefaces
def test_signs_are_printed_apart_into_an_archive(seeded: Resources, tmp_path: Path) -> None:
    file = tmp_path / "signs.zip"
    make(seeded, file, "--all", "--format", "a6", "--form", "png")
    names = zipfile.ZipFile(file).namelist()
    assert names[0] == "001-7K2M9Q-a6.png"
    assert len(names) == 3


@needs_typefaces
def test_a_sign_is_printed_as_a_picture(seeded: Resources, tmp_path: Path) -> None:
    file = tmp_path / "sign.png"
    make(seeded, file, "--codes", CODES[0], "--format", "a5")
    assert Image.open(io.BytesIO(file.read_bytes())).size == pytest.approx((1748, 2480), abs=1)


@needs_typefaces
def test_a_trial_is_told(seeded: Resources, tmp_path: Path) -> None:
    local = replace(seeded, settings=replace(seeded.settings, public_url="http://127.0.0.1:8000"))
    told = make(local, tmp_path / "signs.pdf", "--all", "--format", "a6")
    assert "Only to try: http://127.0.0.1:8000 leads nowhere from a phone" in told.stdout


def test_a_file_that_is_no_plate_is_refused(seeded: Resources, tmp_path: Path) -> None:
    refused = make(seeded, tmp_path / "signs.docx", "--all", "--format", "a6")
    assert isinstance(refused.exception, InvalidError)
    assert "expected a file ending in .pdf, .zip, .png" in str(refused.exception)
    assert not (tmp_path / "signs.docx").exists()


@needs_typefaces
def test_a_folder_that_does_not_exist_is_told(seeded: Resources, tmp_path: Path) -> None:
    refused = make(seeded, tmp_path / "none" / "signs.pdf", "--all", "--format", "a6")
    assert refused.exit_code == 1
    assert "No such file or directory" in refused.output
