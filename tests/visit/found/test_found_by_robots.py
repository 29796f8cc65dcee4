from datetime import datetime
from xml.etree import ElementTree as ET

from flask.testing import FlaskClient

SITE = "https://visite.example.fr"
MAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def read_sitemap(visitor: FlaskClient) -> ET.Element:
    return ET.fromstring(visitor.get("/sitemap.xml").text)  # noqa: S314 -- our own answer


def test_the_sitemap_lists_every_page_in_each_of_its_languages(visitor: FlaskClient) -> None:
    assert visitor.get("/sitemap.xml").headers["Content-Type"] == "application/xml"
    found = [place.text for place in read_sitemap(visitor).iterfind("s:url/s:loc", MAP)]
    assert found == [
        *(
            f"{SITE}/{lang}/{page}"
            for page in ("", "arrets", "carte", "accessibilite", "confidentialite")
            for lang in ("fr", "en", "nl", "de")
        ),
        f"{SITE}/fr/arrets/terril",
        f"{SITE}/fr/arrets/arret-2",
        f"{SITE}/en/arrets/arret-2",
        f"{SITE}/fr/arrets/arret-3",
        f"{SITE}/fr/arrets/arret-4",
    ]


def test_the_sitemap_knows_when_a_page_changed_and_its_translations(visitor: FlaskClient) -> None:
    tree = read_sitemap(visitor)
    [english] = [url for url in tree.iterfind("s:url", MAP) if "/en/arrets/" in str(url[0].text)]
    assert datetime.fromisoformat(english.findtext("s:lastmod", "", MAP)).tzinfo
    others = {link.get("hreflang"): link.get("href") for link in english.iterfind("x:link", MAP)}
    assert others == {
        "en": f"{SITE}/en/arrets/arret-2",
        "fr": f"{SITE}/fr/arrets/arret-2",
        "x-default": f"{SITE}/fr/arrets/arret-2",
    }
    [alone] = [url for url in tree.iterfind("s:url", MAP) if "arret-3" in str(url[0].text)]
    assert not list(alone.iterfind("x:link", MAP))


def test_the_sitemap_shows_each_place(visitor: FlaskClient) -> None:
    pictures = [each.text for each in read_sitemap(visitor).iterfind(".//i:loc", MAP)]
    assert len(pictures) == 5
    for url in set(pictures):
        assert visitor.get(str(url).removeprefix(SITE), buffered=True).status_code == 200


def test_robots_are_let_in_and_shown_the_sitemap(visitor: FlaskClient) -> None:
    answer = visitor.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    for sitemap in ("sitemap.xml", "sitemap-itineraires.xml"):
        assert f"Sitemap: {SITE}/{sitemap}" in answer.text.splitlines()
