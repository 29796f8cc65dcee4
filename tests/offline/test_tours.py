"""What a tour is made of."""

import hashlib

from tourapp.offline.tours import file_of, find_media, version_of

HASH = "a" * 64
TOLD = f'<meta property="og:image" content="https://visite.example.fr/media/{"b" * 64}.jpg">'
PAGE = (
    TOLD
    + f'<img src="/media/{HASH}.svg"><source src="/media/{HASH}.opus"><a href="/media/{HASH}.svg">'
)


def test_a_page_names_its_media_once_each() -> None:
    found = [(named.name, named.kind, named.is_sound) for named in find_media(PAGE)]
    assert found == [(f"{HASH}.svg", "picture", False), (f"{HASH}.opus", "sound", True)]


def test_a_page_without_media_names_none() -> None:
    assert list(find_media("<p>Rien</p> /media/abc.svg")) == []


def test_a_file_is_known_by_its_bytes() -> None:
    file = file_of("/fr/", b"abc", kind="page", content_type="text/html")
    assert (file.bytes, file.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


def test_a_version_changes_with_any_file_and_not_with_their_order() -> None:
    one = file_of("/fr/", b"abc", kind="page", content_type="text/html")
    other = file_of("/en/", b"abc", kind="page", content_type="text/html")
    changed = file_of("/en/", b"abd", kind="page", content_type="text/html")
    assert version_of([one, other]) == version_of([other, one])
    assert len({version_of(files) for files in ([one], [one, other], [one, changed])}) == 3
