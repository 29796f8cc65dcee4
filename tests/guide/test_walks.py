"""A guide's walks in the bureau, without scripts: planned, led, ended, summed up."""

import html
import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.guide.forms import Builder
from tests.signage.plates.printed import needs_typefaces
from tests.staff.desk import Desk, seated
from tests.visit.reading import words
from tests.visit.roadbook.printed import codes_of, text_of
from tourapp.guide.walks import pages

NEW = "/guide/marches/nouvelle/la-boucle"
WALK = "/guide/marches/1"
PLAN = {
    "day": "2026-12-05",
    "time": "10:00",
    "participants": "24",
    "group_name": "Classe de 4e B",
    "meeting": "Devant la gare.",
    "lang": "fr",
    "pace": "school",
}


@pytest.fixture
def walk(guide: Desk, loop: Builder) -> Desk:
    """Have a guide plan a walk of three halts."""
    assert loop
    page = guide.follow(NEW, **PLAN)
    assert page.request.path == WALK
    return guide


def text_at(desk: Desk, path: str = WALK) -> str:
    return re.sub(r"\s", " ", words(desk.get(path)))


def test_a_walk_is_planned_from_an_itinerary(walk: Desk) -> None:
    text = text_at(walk)
    assert "5 décembre 2026 à 10 h ·" in text
    assert "Classe de 4e B" in text
    assert "24 participants" in text
    assert re.search(r"[2-9A-Z]{4} [2-9A-Z]{4}", text)
    listed = text_at(walk, "/guide/marches")
    assert "La boucle – Classe de 4e B" in listed
    assert "prévue" in listed


def test_what_is_wrong_in_a_plan_stands_beside_it_and_nothing_is_lost(
    guide: Desk, loop: Builder
) -> None:
    assert loop
    wrong = PLAN | {"participants": "beaucoup", "day": "demain", "lang": "it", "pace": "vite"}
    answer = guide.send(NEW, **wrong)
    assert answer.status_code == 422
    assert "Donnez un nombre entier de participants, de 1 à 500." in words(answer)
    assert "Donnez le jour et l’heure du départ." in words(answer)
    assert 'value="Classe de 4e B"' in answer.text
    assert "Nouvelle marche La boucle" in words(guide.get(NEW))
    assert guide.get("/guide/marches/nouvelle/nowhere").status_code == 404


def test_an_itinerary_without_halts_is_built_first(guide: Desk) -> None:
    guide.follow("/guide/nouveau", title="Vide", summary="Rien.")
    page = guide.follow("/guide/marches/nouvelle/vide", **PLAN)
    assert "n’a pas encore de halte" in words(page)


def test_a_plan_is_changed_until_the_walk_begins(walk: Desk) -> None:
    form = walk.get(f"{WALK}/preparation").text
    assert 'value="10:00"' in form
    tag = re.findall(r'name="tag" value="(\d+)"', form)[0]
    page = walk.follow(f"{WALK}/preparation", **PLAN | {"participants": "20", "tag": tag})
    assert "20 participants" in text_at(walk), page.text
    stale = walk.follow(f"{WALK}/preparation", **PLAN | {"tag": tag})
    assert "a changé entre-temps" in words(stale)
    faulty = walk.send(f"{WALK}/preparation", **PLAN | {"participants": "0", "tag": tag})
    assert faulty.status_code == 422
    walk.send(f"{WALK}/arrivee", position="1")
    late = walk.follow(f"{WALK}/preparation", **PLAN | {"pace": "adult", "tag": "3"})
    assert "restent comme ils sont" in words(late)


def test_a_group_is_led_by_keys(walk: Desk) -> None:
    here = walk.follow(f"{WALK}/arrivee", position="1")
    assert "1 Montée du terril" in words(here)
    assert "Ensuite : 2. L’église et son toit" in words(here)
    onwards = walk.follow(f"{WALK}/depart")
    assert "En chemin vers 2 L’église et son toit" in words(onwards)
    assert "Ensuite" not in words(onwards)
    walk.send(f"{WALK}/arrivee", position="3")
    last = walk.follow(f"{WALK}/depart")
    assert "Toutes les haltes sont derrière vous." in words(last)
    over = walk.follow(f"{WALK}/fin")
    assert "2 haltes sur 3, 0 téléphone" in words(over)
    assert "terminée" in words(over)
    after = walk.follow(f"{WALK}/arrivee", position="2")
    assert "La marche en est déjà plus loin" in words(after)


def test_a_tap_is_noted_when_the_phone_says_that_it_was(walk: Desk) -> None:
    moment = datetime.now(UTC)
    answer = walk.client.post(
        f"{WALK}/arrivee",
        data={"csrf_token": walk.token(), "position": "1", "at": moment.isoformat()},
        headers={"Accept": "application/json"},
    )
    assert answer.json
    walk.send(f"{WALK}/arrivee", position="2", at="à midi")
    walk.send(f"{WALK}/depart", at="2026-12-05T10:00:00")
    walk.send(f"{WALK}/fin")
    late = walk.client.post(
        f"{WALK}/arrivee",
        data={"csrf_token": walk.token(), "position": "3"},
        headers={"Accept": "application/json"},
    )
    # It cannot be noted any more, and the phone need not keep it.
    assert late.status_code == 200


def test_a_halt_that_there_is_not_is_refused(walk: Desk) -> None:
    assert walk.send(f"{WALK}/arrivee", position="deux").status_code == 422


def test_how_early_a_group_is_is_told(walk: Desk) -> None:
    here = walk.follow(f"{WALK}/arrivee", position="1")
    assert re.search(r"encore 10\s+min ici", words(here))
    assert "d’avance" in words(walk.follow(f"{WALK}/depart"))


def test_a_walk_of_somebody_else_is_not_found(bureau: Flask, walk: Desk) -> None:
    assert walk
    other = seated(bureau, "guide", email="autre@example.fr")
    assert other.get(WALK).status_code == 404
    assert other.send(f"{WALK}/fin").status_code == 404
    assert "Aucune marche encore." in text_at(other, "/guide/marches")
    publisher = seated(bureau, "publication")
    assert "guide@example.fr" in text_at(publisher, "/guide/marches")


def test_a_walk_is_deleted_on_the_state_that_was_seen(walk: Desk) -> None:
    stale = walk.follow(f"{WALK}/supprimer", tag="99")
    assert "a changé entre-temps" in words(stale)
    gone = walk.follow(f"{WALK}/supprimer", tag="1")
    assert "La marche est supprimée." in words(gone)


def test_a_link_to_the_calendar_is_shown_once(walk: Desk) -> None:
    made = walk.send("/guide/marches/agenda")
    assert "https://visite.example.fr/api/v1/walks/calendar/" in made.text
    assert "/api/v1/walks/calendar/" not in walk.get("/guide/marches").text


@needs_typefaces
def test_a_guide_takes_the_papers_along(bureau: Flask, walk: Desk, loop: Builder) -> None:
    assert loop
    assert "Bilan de marche" in text_of(walk.get(f"{WALK}/bilan.pdf").data)
    paper = "/guide/itineraires/la-boucle/feuille-de-route.pdf"
    own = walk.get(paper)
    assert "Exemplaire du guide" in text_of(own.data)
    assert len(codes_of(own.data)) == 3
    assert walk.get(f"{paper}?format=a3").status_code == 422
    publisher = seated(bureau, "publication")
    assert "Exemplaire du guide" in text_of(publisher.get(paper).data)


@needs_typefaces
def test_a_road_book_has_the_hours_of_its_walk(walk: Desk) -> None:
    page = walk.get(WALK).text
    [path] = re.findall(r'href="(/guide/itineraires/la-boucle/feuille-de-route.pdf[^"]+)"', page)
    assert "Heure Sur place" in text_of(walk.get(html.unescape(path)).data)
    assert "Temps écoulé" in text_of(walk.get(path.split("?")[0] + "?depart=&pace=school").data)


def test_the_page_of_a_walk_counts_phones_meanwhile(walk: Desk) -> None:
    assert walk.get(f"{WALK}/telephones").json == {"joined": 0}


def test_walks_to_come_stand_before_those_that_are_over(
    walk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SHOWN", 1)
    for day in ("2026-12-06", "2026-12-04", "2026-12-03"):
        walk.follow(NEW, **PLAN | {"day": day, "group_name": day})
    text = text_at(walk, "/guide/marches")
    assert text.index("2026-12-03") < text.index("2026-12-04") < text.index("2026-12-06")
    for number in (1, 2):
        walk.send(f"/guide/marches/{number}/fin")
    newest, oldest = (text_at(walk, f"/guide/marches?page={number}") for number in (1, 2))
    assert "Terminées La boucle – 2026-12-06" in newest
    assert "Plus anciennes" in newest
    assert "Terminées La boucle – Classe de 4e B" in oldest
