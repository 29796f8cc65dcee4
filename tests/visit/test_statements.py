"""What the site states of itself, in every language."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.visit.reading import canonical, words
from tourapp.app import create_app
from tourapp.resources import Resources


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/fr/accessibilite", "non conforme"),
        ("/en/accessibilite", "no person has audited it yet"),
        ("/nl/accessibilite", "niet conform"),
        ("/de/accessibilite", "25. November 2026"),
        ("/fr/confidentialite", "aucun cookie"),
        ("/en/confidentialite", "no cookie"),
        ("/nl/confidentialite", "geen cookie"),
        ("/de/confidentialite", "kein Cookie"),
    ],
)
def test_a_statement_is_told_in_the_language_of_its_address(
    visitor: FlaskClient, path: str, told: str
) -> None:
    answer = visitor.get(path)
    assert told in words(answer).replace("\u00a0", " ")
    assert canonical(answer) == f"https://visite.example.fr{path}"
    assert "l’office de tourisme" in words(answer) or not path.startswith("/fr/")


@pytest.mark.parametrize("path", ["/fr/", "/fr/arrets/terril", "/fr/nowhere"])
def test_every_page_leads_to_both_statements(visitor: FlaskClient, path: str) -> None:
    page = visitor.get(path).text
    assert 'href="/fr/accessibilite"' in page
    assert 'href="/fr/confidentialite"' in page


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"contact_email": "visite@example.fr"}, 'href="mailto:visite@example.fr"'),
        ({"organisation": "Ville de Loos"}, "Adressez-vous à Ville de Loos."),
    ],
)
def test_a_statement_names_whom_to_write_to(
    seeded: Resources, known: dict[str, str], told: str
) -> None:
    resources = replace(seeded, settings=replace(seeded.settings, **known))  # type: ignore[arg-type]
    page = create_app(resources).test_client().get("/fr/accessibilite").text
    assert told in page


def test_the_sitemap_lists_the_statements(visitor: FlaskClient) -> None:
    page = visitor.get("/sitemap.xml").text
    assert "<loc>https://visite.example.fr/nl/confidentialite</loc>" in page
