"""Taking the visit along: its pages, the manifest and the worker."""

from dataclasses import replace
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.changing import hired
from tests.itineraries.test_api import ITINERARIES, NEW, show
from tests.visit.reading import canonical, words
from tourapp.app import create_app
from tourapp.resources import Resources
from tourapp.stops.content import LANGUAGES


def test_the_visit_can_be_taken_along(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/emporter")
    assert 'data-tour="/api/v1/tours/tous-les-arrets/fr"' in answer.text
    assert canonical(answer) == "https://visite.example.fr/fr/emporter"
    assert 'href="/fr/emporter"' in visitor.get("/fr/").text


def test_an_itinerary_can_be_taken_along(seeded: Resources, client: FlaskClient) -> None:
    staff = hired(seeded, client, "publication")
    staff.send("POST", ITINERARIES, json=NEW)
    along = "/de/itineraires/la-boucle/emporter"
    assert client.get(along).status_code == 404
    show(staff)
    answer = client.get(along)
    assert 'data-tour="/api/v1/tours/la-boucle/de"' in answer.text
    assert '<h2 id="tour" lang="fr">La boucle</h2>' in answer.text
    assert canonical(answer) == f"https://visite.example.fr{along}"
    assert f'href="{along}"' in client.get("/de/itineraires/la-boucle").text


def test_the_page_without_signal_says_what_is_missing(visitor: FlaskClient) -> None:
    told = words(visitor.get("/fr/hors-ligne"))
    assert "Cette page n’est pas sur votre téléphone" in told


def test_the_worker_may_answer_for_the_whole_site_and_is_never_kept(visitor: FlaskClient) -> None:
    answer = visitor.get("/service-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    imported = answer.text.partition('import "')[2].partition('"')[0]
    assert imported.endswith("/offline/worker.js")
    assert visitor.get(imported, buffered=True).mimetype == "text/javascript"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_visit_can_be_kept_among_the_phones_applications(
    visitor: FlaskClient, lang: str
) -> None:
    answer = visitor.get(f"/{lang}/application.webmanifest")
    told = answer.get_json(force=True)
    assert answer.mimetype == "application/manifest+json"
    assert (told["lang"], told["start_url"], told["display"]) == (lang, f"/{lang}/", "standalone")
    assert f'<link rel="manifest" href="/{lang}/application.webmanifest">' in (
        visitor.get(f"/{lang}/").text
    )


def test_its_icons_have_the_sizes_that_they_tell(visitor: FlaskClient) -> None:
    icons = visitor.get("/fr/application.webmanifest").get_json(force=True)["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        drawn = Image.open(BytesIO(visitor.get(icon["src"], buffered=True).data), formats=["PNG"])
        assert "x".join(map(str, drawn.size)) == icon["sizes"]
        is_opaque = drawn.getextrema()[-1] == (255, 255)
        assert is_opaque == (icon["purpose"] == "maskable")


def test_the_worker_can_be_taken_back(seeded: Resources) -> None:
    settings = replace(seeded.settings, offline=False)
    client = create_app(replace(seeded, settings=settings)).test_client()
    assert "/offline/leaving.js" in client.get("/service-worker.js").text
    page = client.get("/fr/emporter")
    assert "Cela n’est pas proposé" in words(page)
    assert "data-tour" not in page.text
