from tourapp.web.addresses import Addresses

PUBLIC = Addresses("https://visite.example.fr")


def test_a_document_names_the_public_address() -> None:
    assert PUBLIC.home() == "https://visite.example.fr/"
    assert PUBLIC.stop("terril") == "https://visite.example.fr/api/v1/stops/terril"
    assert PUBLIC.narration("terril", lang="fr") == f"{PUBLIC.stop('terril')}/narrations/fr"
    assert PUBLIC.qr("terril", form="svg") == f"{PUBLIC.stop('terril')}/qr.svg"
    assert PUBLIC.media("a.mp3") == "https://visite.example.fr/media/a.mp3"


def test_a_page_names_no_host() -> None:
    here = Addresses()
    assert here.home() == "/"
    assert here.stop_page("terril", lang="en") == "/en/arrets/terril"
    assert here.api_docs() == "/api/v1/docs"
