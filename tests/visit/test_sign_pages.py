from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.samples import CODES, sample_stop, write_samples
from tests.visit.reading import canonical, withdraw, words
from tourapp.publishing.commands import seed
from tourapp.resources import Resources


def ask(visitor: FlaskClient, path: str, languages: str = "") -> TestResponse:
    return visitor.get(path, headers={"Accept-Language": languages})


@pytest.mark.parametrize(
    "typed", ["X4T8RB", "x4t8rb", "X4t8Rb", "X4T-8RB", "x4t%208rb", "%20X4T8RB"]
)
@pytest.mark.parametrize("letter", ["Q", "q"])
def test_a_sign_shows_its_stop_however_its_code_is_typed(
    visitor: FlaskClient, letter: str, typed: str
) -> None:
    answer = visitor.get(f"/{letter}/{typed}")
    assert answer.status_code == 200
    assert "L’église et son toit" in words(answer)
    assert answer.headers["Content-Location"] == "/fr/arrets/arret-2"
    assert canonical(answer) == "https://visite.example.fr/fr/arrets/arret-2"


@pytest.mark.parametrize("typed", ["10FG01", "IOFGOL", "loFgOi", "1OFGO1"])
def test_letters_that_look_like_digits_are_forgiven(
    seeded: Resources, client: FlaskClient, tmp_path: Path, typed: str
) -> None:
    confusing = replace(sample_stop(5, title="Zéros et uns"), code="10FG01")
    seed(seeded, write_samples(tmp_path / "more", confusing))
    assert "Zéros et uns" in words(client.get(f"/Q/{typed}"))


def test_a_sign_answers_for_the_language_that_was_asked_for(visitor: FlaskClient) -> None:
    answer = ask(visitor, f"/Q/{CODES[1]}", "en")
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "en"
    assert answer.headers["Content-Location"] == "/en/arrets/arret-2"
    assert answer.headers["Vary"] == "Accept-Language, Accept-Encoding"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_each_language_of_a_sign_has_an_etag_of_its_own(visitor: FlaskClient) -> None:
    path = f"/Q/{CODES[1]}"
    etag = ask(visitor, path, "en").headers["ETag"]
    known = {"If-None-Match": etag}
    same = visitor.get(path, headers={"Accept-Language": "en", **known})
    other = visitor.get(path, headers={"Accept-Language": "fr", **known})
    assert (same.status_code, other.status_code) == (304, 200)
    assert same.headers["Vary"] == "Accept-Language, Accept-Encoding"
    assert same.headers["Content-Location"] == "/en/arrets/arret-2"


@pytest.mark.parametrize(
    ("wishes", "lang"),
    [
        ("", "fr"),
        ("fr", "fr"),
        ("en", "en"),
        ("EN-us", "en"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("fr-BE,en;q=0.5", "fr"),
        ("en;q=0.5,fr;q=0.8", "fr"),
        ("nl-BE,nl;q=0.9,en;q=0.8,fr;q=0.7", "en"),
        ("nl", "fr"),
        ("pl,uk", "fr"),
        ("*", "fr"),
        ("fr;q=0,en", "en"),
        ("en;q=0", "fr"),
        ("nonsense;;q=x,,", "fr"),
        ("en" * 2000, "fr"),
    ],
)
def test_a_phone_gets_the_first_of_its_wishes_that_can_be_met(
    visitor: FlaskClient, wishes: str, lang: str
) -> None:
    answer = ask(visitor, f"/Q/{CODES[1]}", wishes)
    assert answer.headers["Content-Language"] == lang


@pytest.mark.parametrize("code", ["ZZZZZZ", "7K2M9", "7K2M9Q7", "%3Cscript%3E", "é", "a" * 3000])
def test_an_unknown_sign_helps_to_go_on(visitor: FlaskClient, code: str) -> None:
    answer = visitor.get(f"/Q/{code}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Panneau inconnu" in words(answer)
    assert 'name="numero"' in answer.text
    assert 'href="/fr/arrets/terril"' in answer.text
    assert "<script>" not in answer.text


def test_a_sign_whose_stop_was_withdrawn_is_not_found(
    seeded: Resources, client: FlaskClient
) -> None:
    withdraw(seeded, "terril")
    answer = client.get(f"/Q/{CODES[0]}")
    assert answer.status_code == 404
    assert "Page introuvable" in words(answer)
