import re

import pytest
from flask.testing import FlaskClient

from tests.samples import CODES
from tests.visit.reading import canonical, words


def test_a_stop_page_tells_all_there_is(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/arrets/terril")
    told = words(answer)
    assert answer.status_code == 200
    for expected in (
        "Montée du terril",
        "Une montagne faite à la main.",
        "Regardez le sentier qui tourne.",
        "Il pousse ici 21 espèces rares.",
        "Qu’entendez-vous ici ?",
        "Sentier raide.",
        "Schiste glissant ; secours : 112.",
        "L’église et son toit",
        CODES[0],
    ):
        assert expected in told


def test_a_stop_page_plays_its_sound_only_when_asked(visitor: FlaskClient) -> None:
    page = visitor.get("/fr/arrets/terril").text
    assert '<audio controls preload="none"' in page
    sources = re.findall(r'<source src="(/media/[0-9a-f]{64}\.\w+)" type="([^"]*)">', page)
    assert [kind for _, kind in sources] == ["audio/ogg; codecs=opus", "audio/mpeg"]
    assert visitor.get(sources[0][0]).status_code == 200


def test_a_stop_page_without_sound_says_that_it_comes(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/arrets/arret-4")
    assert "<audio" not in answer.text
    assert "Le son arrive" in words(answer)
    assert "Le terril est noir." in words(answer)


def test_a_stop_page_names_the_way_to_its_neighbours(visitor: FlaskClient) -> None:
    page = visitor.get("/fr/arrets/arret-2").text
    assert 'rel="next" href="/fr/arrets/arret-3"' in page
    assert 'rel="prev" href="/fr/arrets/terril"' in page
    assert re.search(r"à 1,1\s+km au nord", words(visitor.get("/fr/arrets/arret-2")))


def test_a_stop_page_names_what_is_near_beside_its_neighbours(visitor: FlaskClient) -> None:
    page = visitor.get("/fr/arrets/terril").text
    near = page.partition('class="nearby"')[2].partition("</div>")[0]
    assert re.findall(r'href="([^"]+)"', near) == ["/fr/arrets/arret-3", "/fr/arrets/arret-4"]


def test_the_last_stop_has_no_next(visitor: FlaskClient) -> None:
    assert 'rel="next"' not in visitor.get("/fr/arrets/arret-4").text


def test_a_page_is_kept_and_asked_about_each_time(visitor: FlaskClient) -> None:
    answer = visitor.get("/fr/arrets/terril")
    again = visitor.get(
        "/fr/arrets/terril", headers={"If-None-Match": f"W/{answer.headers['ETag']}"}
    )
    assert answer.headers["Cache-Control"] == again.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == answer.headers["ETag"]


def test_only_the_headers_of_a_page_may_be_asked_for(visitor: FlaskClient) -> None:
    whole, bare = visitor.get("/fr/arrets/terril"), visitor.head("/fr/arrets/terril")
    assert (bare.status_code, bare.data) == (200, b"")
    assert bare.headers["Content-Length"] == whole.headers["Content-Length"]


def test_a_translated_stop_has_a_page_in_each_language(visitor: FlaskClient) -> None:
    answer = visitor.get("/en/arrets/arret-2")
    assert answer.headers["Content-Language"] == "en"
    assert canonical(answer) == "https://visite.example.fr/en/arrets/arret-2"
    assert '<article class="stop" lang="en">' in answer.text
    assert "The hill is black." in words(answer)
    assert "Previous stop" in words(answer)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Here is the story in French."),
        ("nl", "Hier is het verhaal in het Frans."),
        ("de", "Hier ist die Geschichte auf Französisch."),
    ],
)
def test_without_a_translation_the_french_text_is_marked_as_such(
    visitor: FlaskClient, lang: str, told: str
) -> None:
    answer = visitor.get(f"/{lang}/arrets/terril")
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "fr"
    assert canonical(answer) == "https://visite.example.fr/fr/arrets/terril"
    assert '<article class="stop" lang="fr">' in answer.text
    assert told in words(answer)
    assert f'href="/{lang}/arrets/arret-2"' in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/fr/arrets/nowhere",
        "/xx/arrets/terril",
        "/FR/arrets/terril",
        "/fr/arrets/",
        "/fr/arrets/terril/",
        "/fr/arrets/terril/more",
        f"/fr/arrets/{'a' * 5000}",
        "/wp-login.php",
    ],
)
def test_an_unknown_page_helps_to_go_on(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "Page introuvable" in words(answer)
    assert 'name="numero"' in answer.text
    assert 'href="/fr/arrets/terril"' in answer.text


@pytest.mark.parametrize(
    ("path", "wishes", "heading"),
    [
        ("/en/arrets/nowhere", "de", "Page not found"),
        ("/nowhere", "de,en;q=0.5", "Seite nicht gefunden"),
        ("/Q/ZZZZZZ", "nl-BE", "Onbekend bord"),
        ("/nowhere", "pl", "Page introuvable"),
    ],
)
def test_what_went_wrong_is_told_in_the_language_of_the_address_or_the_phone(
    visitor: FlaskClient, path: str, wishes: str, heading: str
) -> None:
    assert heading in words(visitor.get(path, headers={"Accept-Language": wishes}))


def test_without_a_translation_the_languages_that_there_are_stand_beside_it(
    visitor: FlaskClient,
) -> None:
    page = visitor.get("/de/arrets/arret-2").text
    assert '<a href="/en/arrets/arret-2" lang="en" hreflang="en">English</a>' in page
    assert "Weitere Sprachen" not in visitor.get("/de/arrets/terril").text


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/fr/arrets/terril", "/nl/arrets/terril"),
        ("/de/arrets/terril", "/nl/arrets/terril"),
        (f"/Q/{CODES[0]}", "/nl/arrets/terril"),
        ("/", "/nl/"),
        ("/?page=1", "/nl/"),
        ("/?numero=99", "/nl/"),
        ("/fr/nowhere", "/nl/"),
    ],
)
def test_every_page_leads_to_itself_in_other_languages(
    visitor: FlaskClient, path: str, other: str
) -> None:
    page = visitor.get(path).text
    assert f'<a href="{other}" lang="nl" hreflang="nl">NL<' in page
    assert page.count('aria-current="true"') == 1
