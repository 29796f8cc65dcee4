"""Signs ordered by a form, watched, and fetched."""

import re

import pytest

from tests.samples import CODES
from tests.signage.plates.test_batches import change, printer
from tests.staff.desk import Desk
from tests.visit.reading import words
from tourapp.resources import Resources
from tourapp.staff.signs.plates.wording import refusal

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
    assert (
        "n’ont pas pu être composés : une panne imprévue. Prévenez qui tient le serveur"
        in words(publisher.get(sent.location))
    )
    change(seeded, state="failed", failure="a picture shows one sign, not 3: ask for an archive")
    shown = publisher.get(sent.location)
    assert "et il y en a 3. Demandez une archive." in words(shown)
    assert 'lang="en"' not in shown.text


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            "sign 7K2M9Q: nothing of stop 'terril' is published in French",
            "panneau 7K2M9Q, rien de l’arrêt terril n’est publié",
        ),
        ("sign 7K2M9Q: its code cannot be read from the page", "7K2M9Q, son code ne se relit pas"),
        ("sign 7K2M9Q: its code measures 9.0 mm, not 8.0", "7K2M9Q, son code ne se relirait"),
        ("sign 7K2M9Q: the 4 modules around its code are not quiet", "ne se relirait"),
        ("sign 7K2M9Q: the title does not fit, even at its smallest size", "le titre n’y tient"),
        (
            "sign 7K2M9Q leads elsewhere since it was printed: print it again",
            "le panneau 7K2M9Q a changé d’arrêt",
        ),
        (
            "a code of 80 mm does not fit on a6: it can be read from at most 40 cm, or choose",
            "Sur a6, il se lit de 40\u00a0cm au plus",
        ),
        ("the worker ended 3 times while it printed these signs", "s’est arrêtée plusieurs fois"),
        ("the process that printed these signs was ended", "s’est arrêtée plusieurs fois"),
    ],
)
def test_why_it_cannot_be_printed_is_told_in_french(reason: str, told: str) -> None:
    assert told in str(refusal(reason))
