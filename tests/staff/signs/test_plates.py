"""Signs ordered by a form, watched, and fetched."""

import re

from tests.samples import CODES
from tests.signage.plates.test_batches import change, printer
from tests.staff.desk import Desk
from tests.visit.reading import words
from tourapp.resources import Resources

PRINT = "/bureau/panneaux/imprimer"
ORDER = {"format": "a6", "theme": "dark", "packing": "pdf", "marks": "1"}


def test_all_signs_are_ordered_watched_and_fetched(publisher: Desk, seeded: Resources) -> None:
    assert "Tous les panneaux en service 3" in words(publisher.get(PRINT))
    sent = publisher.send(PRINT, **ORDER)
    waiting = publisher.get(sent.location)
    assert "3 panneaux attendent leur tour" in words(waiting)
    assert 'http-equiv="refresh"' in waiting.text
    printer(seeded).print_wanted()
    ready = publisher.get(sent.location)
    assert "3 panneaux sont prêts" in words(ready)
    assert re.search(
        r'href="/media/\w+\.pdf" type="application/pdf" download="panneaux.pdf"', ready.text
    )


def test_those_that_were_ticked_are_ordered(publisher: Desk) -> None:
    page = publisher.get(f"{PRINT}?code={CODES[0]}&code={CODES[2]}")
    assert "Les panneaux choisis 2" in words(page)
    told = words(publisher.follow(PRINT, **ORDER, code=[CODES[0]]))
    assert "1 panneaux attendent" in told


FAULTS = (
    ({"format": "a0"}, "un format de la liste"),
    ({"theme": "rose"}, "clair ou sombre"),
    ({"packing": "exe"}, "une sorte de fichier"),
    ({"distance_cm": "loin"}, "La distance va de"),
    ({"code": "ZZZZZZ"}, "Il faut de 1 à"),
)


def test_a_faulty_order_says_what_is_wrong(publisher: Desk) -> None:
    for written, fault in FAULTS:
        told = publisher.send(PRINT, **ORDER | written)
        assert told.status_code == 422
        assert fault in words(told)


def test_an_empty_order_shows_the_form_again(publisher: Desk) -> None:
    told = publisher.send(PRINT)
    assert told.status_code == 422
    assert "un format de la liste" in words(told)


def test_what_cannot_be_printed_says_why(publisher: Desk, seeded: Resources) -> None:
    sent = publisher.send(PRINT, **ORDER)
    change(seeded, state="failed", failure="no typefaces here")
    assert "n’ont pas pu être composés : no typefaces here" in words(publisher.get(sent.location))
