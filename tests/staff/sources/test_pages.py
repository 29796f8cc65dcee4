"""Writing where the facts of a stop come from: line by line, in one form."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.staff.desk import CHEAP, Desk, seated
from tests.visit.reading import words
from tourapp.app import create_app
from tourapp.bureau import create_bureau
from tourapp.resources import Resources
from tourapp.staff.sources.forms import Line, rearranged

SOURCES = "/bureau/arrets/terril/sources"
LINES = f"{SOURCES}/lignes"
BOOK = {"title-1": "Un livre", "url-1": "https://example.fr/livre"}
TWO = {**BOOK, "title-2": "Archives de la ville", "url-2": ""}


@pytest.fixture
def bureau(seeded: Resources) -> Flask:
    return create_bureau(seeded, nudge=lambda: None, hasher=CHEAP)


@pytest.fixture
def visitor(seeded: Resources) -> FlaskClient:
    return create_app(seeded).test_client()


def state(desk: Desk) -> str:
    return str(re.findall(r'name="tag" value="(\d+)"', desk.get(SOURCES).text)[0])


def titles(page: str) -> list[str]:
    return re.findall(r'id="title-\d+"[^>]*? value="([^"]*)"', page)


def test_sources_are_written_and_read_by_the_next_visitor(
    publisher: Desk, visitor: FlaskClient
) -> None:
    form = TWO | {"title-3": " ", "url-3": "", "title-4": " Un témoin "}
    kept = publisher.follow(SOURCES, tag=state(publisher), **form)
    assert "les visiteurs les voient déjà" in words(kept)
    assert titles(kept.text) == ["Un livre", "Archives de la ville", "Un témoin"]
    page = words(visitor.get("/fr/arrets/terril"))
    assert "D’où viennent les faits Un livre Archives de la ville Un témoin" in page


@pytest.mark.parametrize(
    ("wish", "left"),
    [
        ("add", ["a", "b", ""]),
        ("remove-1", ["b"]),
        ("up-2", ["b", "a"]),
        ("up-1", ["a", "b"]),
        ("down-1", ["b", "a"]),
        ("down-2", ["a", "b"]),
        ("up-9", ["a", "b"]),
        ("", ["a", "b"]),
    ],
)
def test_lines_are_added_taken_out_and_moved(wish: str, left: list[str]) -> None:
    assert [line.title for line in rearranged([Line("a"), Line("b")], wish)] == left


def test_nothing_is_kept_before_it_is_saved(publisher: Desk) -> None:
    seen = state(publisher)
    shown = publisher.send(LINES, tag=seen, wish="up-2", **TWO)
    assert titles(shown.text) == ["Archives de la ville", "Un livre"]
    assert "Rien de ce que vous changez ici n’est encore enregistré" in words(shown)
    assert titles(publisher.get(SOURCES).text) == ["Un livre"]
    assert state(publisher) == seen


def test_the_last_line_that_is_taken_out_leaves_an_empty_one(publisher: Desk) -> None:
    shown = publisher.send(LINES, tag=state(publisher), wish="remove-1", **BOOK)
    assert titles(shown.text) == [""]


@pytest.mark.parametrize(
    ("written", "fault", "field"),
    [
        ({"title-1": ""}, "Nommez la source", "title-1"),
        ({"title-1": "x" * 301}, "Nommez la source", "title-1"),
        ({"title-1": "", "url-1": ""}, "Donnez au moins une source", "title-1"),
        ({"title-2": "Archives", "url-2": "www.example.fr"}, "commence par https", "url-2"),
        ({"title-2": "Archives", "url-2": "javascript:alert(1)"}, "commence par https", "url-2"),
        (
            {f"title-{number}": f"Livre {number}" for number in range(2, 22)},
            "20 sources au plus",
            "title-21",
        ),
    ],
)
def test_a_faulty_line_is_told_beside_it_and_all_stay_as_written(
    publisher: Desk, written: dict[str, str], fault: str, field: str
) -> None:
    seen = state(publisher)
    told = publisher.send(SOURCES, tag=seen, **BOOK | written)
    assert told.status_code == 422
    assert fault in words(told)
    assert f'id="{field}-fault"' in told.text
    for value in filter(None, written.values()):
        assert f'value="{value}"' in told.text
    assert state(publisher) == seen


def test_a_full_form_takes_no_other_line(publisher: Desk) -> None:
    full = {f"title-{number}": f"Livre {number}" for number in range(1, 21)}
    shown = publisher.send(LINES, tag=state(publisher), wish="add", **full)
    assert len(titles(shown.text)) == 20
    assert "Ajouter une source" not in words(shown)


def test_whoever_is_overtaken_sees_both_and_chooses(publisher: Desk) -> None:
    seen = state(publisher)
    publisher.follow(SOURCES, tag=seen, **TWO)
    late = {"title-1": "Un atlas", "url-1": ""}
    # To move lines about does not make a state that somebody has seen.
    moved = publisher.send(LINES, tag=seen, wish="add", **late)
    assert f'name="tag" value="{seen}"' in moved.text
    shown = publisher.send(SOURCES, tag=seen, **late)
    assert shown.status_code == 412
    assert titles(shown.text) == ["Un atlas"]
    assert "Ce qui est enregistré 1. Un atlas livre" in words(shown)
    assert titles(publisher.get(SOURCES).text) == ["Un livre", "Archives de la ville"]
    [now] = re.findall(r'name="tag" value="(\d+)"', shown.text)
    assert titles(publisher.follow(SOURCES, tag=now, **late).text) == ["Un atlas"]


def test_who_only_writes_reads_them_from_the_text(writer: Desk) -> None:
    assert f'href="{SOURCES}"' in writer.get("/bureau/arrets/terril/fr/standard").text
    told = writer.get(SOURCES)
    assert 'href="https://example.fr/livre"' in told.text
    assert "Enregistrer" not in words(told)
    for path in (SOURCES, LINES):
        assert writer.send(path, tag="1", **TWO).status_code == 403


def test_the_log_says_that_sources_changed(bureau: Flask, publisher: Desk) -> None:
    publisher.follow(SOURCES, tag=state(publisher), **TWO)
    told = words(seated(bureau, "administration").get("/bureau/journal"))
    assert "lieu changé : sources terril" in told.replace("\u202f", " ")
