"""What a tour is made of."""

import hashlib

from tourapp.offline.tours import file_of, find_media, version_of

HASH = "a" * 64
TOLD = f'<meta property="og:image" content="https://visite.example.fr/media/{"b" * 64}.jpg">'
FORMS = (
    f'<picture><source type="image/webp" srcset="/media/{"c" * 64}.webp 480w, '
    f'/media/{"d" * 64}.webp 960w"><img src="/media/{"e" * 64}.jpg" '
    f'srcset="/media/{"e" * 64}.jpg 480w, /media/{"f" * 64}.jpg 960w"></picture>'
)
PAGE = (
    TOLD
    + f'<img src="/media/{HASH}.svg"><source src="/media/{HASH}.opus"><a href="/media/{HASH}.svg">'
)


def test_a_page_names_its_media_once_each() -> None:
    found = [(named.name, named.kind, named.one_of) for named in find_media(PAGE, url="/fr/")]
    assert found == [
        (f"{HASH}.svg", "picture", None),
        (f"{HASH}.opus", "sound", "sound of /fr/"),
    ]


def test_the_forms_of_a_photograph_stand_for_one_another() -> None:
    found = [(named.name[0], named.width_px, named.one_of) for named in find_media(FORMS, url="/")]
    one = f"picture /media/{'f' * 64}.jpg"
    assert found == [("c", 480, one), ("d", 960, one), ("e", 480, one), ("f", 960, one)]


def test_a_photograph_that_is_not_named_by_its_bytes_stays_behind() -> None:
    page = FORMS.replace("e" * 64, "1").replace("f" * 64, "2")
    assert [named.name[0] for named in find_media(page, url="/")] == ["c", "d"]
    assert list(find_media('<picture><img src="/media/1.jpg"></picture>', url="/")) == []


def test_a_page_without_media_names_none() -> None:
    assert list(find_media("<p>Rien</p> /media/abc.svg", url="/")) == []


def test_a_file_is_known_by_its_bytes() -> None:
    file = file_of("/fr/", b"abc", kind="page", content_type="text/html")
    assert (file.bytes, file.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


def test_a_version_changes_with_any_file_and_not_with_their_order() -> None:
    one = file_of("/fr/", b"abc", kind="page", content_type="text/html")
    other = file_of("/en/", b"abc", kind="page", content_type="text/html")
    changed = file_of("/en/", b"abd", kind="page", content_type="text/html")
    assert version_of([one, other]) == version_of([other, one])
    assert len({version_of(files) for files in ([one], [one, other], [one, changed])}) == 3
