"""Stops as files, for whoever works at a desk."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.publishing.exchange.zips import packed, zipped
from tests.samples import sample_stop
from tests.staff.desk import Desk, seated
from tests.visit.reading import words
from tourapp.publishing.exchange.archives import MOST_BYTES, ArchiveError, ArchiveFault
from tourapp.resources import Resources
from tourapp.staff.files.wording import archive_fault
from tourapp.stops.services import find_stop, get_stop

FILES = "/bureau/fichiers"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Return one of one kind: pages are the same with any."""
    return sqlite_url


@pytest.fixture
def desk(seeded: Resources, bureau: Flask) -> Desk:
    assert seeded
    return seated(bureau, "publication")


def brought(desk: Desk, archive: bytes, name: str = "arrets.zip") -> TestResponse:
    said = 'Content-Disposition: form-data; name="csrf_token"', "", desk.token()
    file = f'Content-Disposition: form-data; name="archive"; filename="{name}"', "", ""
    head = "\r\n".join(("--part", *said, "--part", *file)).encode()
    return desk.client.post(
        f"{FILES}/apport",
        data=head + archive + b"\r\n--part--\r\n",
        content_type="multipart/form-data; boundary=part",
    )


def looked_at(desk: Desk, archive: bytes) -> str:
    """Bring an archive, and return where one sees what it would change."""
    answer = brought(desk, archive)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def tag(desk: Desk, path: str) -> str:
    return desk.get(path).text.partition('name="tag" value="')[2].partition('"')[0]


def corrected_first() -> bytes:
    return packed(sample_stop(1, title="Autre titre"), sample_stop(4))


@pytest.mark.parametrize("name", ["arrets.zip", "arrets.csv", "arrets.xlsx"])
def test_every_stop_is_taken_out(desk: Desk, name: str) -> None:
    assert f"{FILES}/{name}" in desk.get(FILES).text
    answer = desk.get(f"{FILES}/{name}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.content_length == len(answer.data) > 400


def test_no_other_file_is_taken_out(desk: Desk) -> None:
    assert desk.get(f"{FILES}/tourapp.sqlite").status_code == 404


def test_one_sees_what_would_change_and_then_says_yes(desk: Desk, seeded: Resources) -> None:
    path = looked_at(desk, corrected_first())
    shown = words(desk.get(path))
    assert "3 fichiers changeraient quelque chose. Rien n’est encore fait" in shown
    assert "Nouveaux (2) Publiés aussitôt. arret-4/stop.toml arret-4/fr.md" in shown
    assert "Modifiés (1)" in shown
    with seeded.database.reading() as session:
        assert find_stop(session, "arret-4") is None
    done = words(desk.follow(f"{path}/confirmer", tag=tag(desk, path)))
    assert "L’archive est apportée." in done
    assert "Voici ce qu’elle a fait." in done
    with seeded.database.reading() as session:
        assert get_stop(session, "arret-4").number == 4


def test_an_archive_that_says_the_same_has_nothing_to_confirm(desk: Desk) -> None:
    shown = desk.get(looked_at(desk, desk.get(f"{FILES}/arrets.zip").data))
    assert "Rien ne changerait." in words(shown)
    assert "confirmer" not in shown.text


def test_what_changed_meanwhile_is_shown_anew(desk: Desk, seeded: Resources) -> None:
    path = looked_at(desk, corrected_first())
    with seeded.database.transaction() as session:
        get_stop(session, "terril").rescue_post = "112"
    answer = desk.send(f"{path}/confirmer", tag=tag(desk, path))
    assert answer.location != path
    assert "rien n’a été apporté. Voici ce que l’archive changerait maintenant" in words(
        desk.get(answer.location)
    )
    assert desk.get(path).status_code == 404


def test_an_archive_is_abandoned(desk: Desk) -> None:
    path = looked_at(desk, corrected_first())
    assert "L’archive est abandonnée" in words(desk.follow(f"{path}/abandonner"))
    assert desk.get(path).status_code == 404


def test_mistakes_are_shown_with_their_lines(desk: Desk) -> None:
    refused = brought(desk, zipped({"terril/stop.toml": b'\nnumber = "one"\n'}))
    assert refused.status_code == 422
    assert "Corrigez d’abord ces erreurs" in words(refused)
    assert "terril/stop.toml, ligne 2 number : il faut un nombre entier, de 1 à 99999" in words(
        refused
    )
    lexicon = brought(desk, packed(sample_stop(4), **{"lexicon.toml": b"[["}))
    assert "stops/lexicon.toml cette ligne ne se lit pas" in words(lexicon)


def test_what_is_no_archive_is_refused_in_a_sentence(desk: Desk) -> None:
    assert "Ce n’est pas une archive zip." in words(brought(desk, b"<html>"))
    named = words(brought(desk, zipped({"../../etc/passwd": b""})))
    assert "n’a pas le nom d’un fichier d’arrêt. (../../etc/passwd)" in named
    assert "Choisissez une archive zip." in words(brought(desk, b"", name=""))
    assert "Choisissez une archive zip." in words(desk.send(f"{FILES}/apport"))


@pytest.mark.parametrize("fault", ArchiveFault)
def test_every_refusal_is_a_french_sentence(fault: ArchiveFault) -> None:
    told = archive_fault(ArchiveError(fault))
    assert told.endswith(".")
    assert told != fault.value


def test_an_archive_that_is_too_long_is_refused(desk: Desk) -> None:
    assert brought(desk, bytes(2_000_000)).status_code == 422
    assert "C’est trop long" in words(brought(desk, bytes(MOST_BYTES + 20_000)))


def test_whoever_may_not_publish_is_offered_none_of_it(bureau: Flask) -> None:
    assert "Apporter des arrêts" not in words(seated(bureau, "redaction").get(FILES))
