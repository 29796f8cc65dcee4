"""What is prepared is made anew with whatever shapes it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tourapp.publishing.fingerprint import fingerprint
from tourapp.settings import Settings


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: a fingerprint asks no database."""
    return sqlite_url


def project(folder: Path, name: str, *, said: str) -> Path:
    """Write one file of a project and return its root."""
    path = folder / said / name
    path.parent.mkdir(parents=True)
    path.write_text(said)
    return folder / said


@pytest.mark.parametrize(
    "name",
    [
        "templates/visit/stop.html",
        "tourapp/visit/pages.py",
        "tourapp/translations/nl.po",
        "tourapp/static/css/visit.css",
        "requirements.txt",
    ],
)
def test_each_file_that_shapes_an_answer_counts(
    settings: Settings, tmp_path: Path, name: str
) -> None:
    roots = [project(tmp_path, name, said=said) for said in ("one", "other")]
    one, other = (fingerprint(replace(settings, root=root)) for root in roots)
    assert one != other


@pytest.mark.parametrize("name", ["organisation", "contact_email", "time_zone", "public_url"])
def test_so_does_each_setting(settings: Settings, name: str) -> None:
    assert fingerprint(replace(settings, **{name: "another"})) != fingerprint(settings)  # type: ignore[arg-type]
