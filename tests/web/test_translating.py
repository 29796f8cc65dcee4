"""The language that an answer speaks."""

import pytest
from flask import Flask
from flask_babel import gettext, ngettext


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "Les arrêts"),
        ("/fr/arrets/terril", "Les arrêts"),
        ("/en/arrets/terril", "The stops"),
        ("/nl/", "De haltes"),
        ("/de", "Die Stationen"),
        ("/pl/arrets/terril", "Les arrêts"),
        ("/english", "Les arrêts"),
    ],
)
def test_an_answer_speaks_the_language_of_its_address(site: Flask, path: str, said: str) -> None:
    wishes = {"Accept-Language": "de"}
    with site.test_request_context(path, headers=wishes):
        assert gettext("Les arrêts") == said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", ["0 euro", "1 euro", "2 euros"]),
        ("/en/", ["0 euros", "1 euro", "2 euros"]),
    ],
)
def test_nought_is_many_but_not_in_french(site: Flask, path: str, said: list[str]) -> None:
    with site.test_request_context(path):
        assert [ngettext("%(num)s euro", "%(num)s euros", number) for number in range(3)] == said


def test_a_sentence_that_nobody_translated_is_french(site: Flask) -> None:
    with site.test_request_context("/en/"):
        assert gettext("Une phrase toute neuve") == "Une phrase toute neuve"
