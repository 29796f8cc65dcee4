import gzip
from collections.abc import Callable

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.changing import STOP, hired
from tests.samples import DRAWING
from tourapp.media import media_name
from tourapp.resources import Resources
from tourapp.web.encoding import ENCODINGS, choose_encoding, encode

DECODERS: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
ENCODED = ["/", "/fr/arrets/terril", "/api/v1/stops", "/api/v1/stops.geojson", "/sitemap.xml"]


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("deflate", "identity"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0", "identity"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("gzip;q=1.0, br;q=1.0", "br"),
        ("br;q=nonsense, gzip", "gzip"),
        (";;,,==", "identity"),
    ],
)
def test_the_encoding_that_is_wished_for_most_is_chosen(accepted: str, chosen: str) -> None:
    assert choose_encoding(accepted) == chosen


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_equal_bodies_are_encoded_alike(encoding: str) -> None:
    body = b"Le terril est noir. " * 50
    assert encode(body, encoding) == encode(body, encoding)


@pytest.mark.parametrize("path", [*ENCODED, "/static/css/visit.css"])
@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_text_is_sent_encoded_and_says_the_same(
    visitor: FlaskClient, path: str, encoding: str
) -> None:
    plain = visitor.get(path, buffered=True)
    answer = visitor.get(path, headers={"Accept-Encoding": encoding}, buffered=True)
    assert answer.headers["Content-Encoding"] == encoding
    assert answer.headers["Content-Length"] == str(len(answer.data))
    assert DECODERS[encoding](answer.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert plain.headers["Vary"] == answer.headers["Vary"]


@pytest.mark.parametrize("path", ENCODED)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_each_encoding_is_known_by_a_tag_of_its_own(
    visitor: FlaskClient, path: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding}
    tag = visitor.get(path, headers=headers, buffered=True).headers["ETag"]
    known = visitor.get(path, headers=headers | {"If-None-Match": tag}, buffered=True)
    assert (known.status_code, known.data) == (304, b"")
    assert known.headers["ETag"] == tag
    others = {"Accept-Encoding": "br" if encoding != "br" else "gzip", "If-None-Match": tag}
    assert visitor.get(path, headers=others, buffered=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/api/v1/stops/terril/qr.png", f"/media/{media_name(DRAWING, suffix='svg')}", "/nowhere"],
)
def test_pictures_files_and_errors_are_sent_as_they_are(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.data == visitor.get(path).data


def test_what_carries_no_tag_is_encoded_too(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/docs", headers={"Accept-Encoding": "gzip"})
    assert b"<html" in gzip.decompress(answer.data)
    assert "ETag" not in answer.headers


def test_the_state_that_a_change_must_name_is_not_altered(app: Flask, seeded: Resources) -> None:
    staff = hired(seeded, app.test_client(), "redaction")
    headers = {"Authorization": f"Bearer {staff.token}", "Accept-Encoding": "gzip, br"}
    answer = staff.client.get(f"{STOP}/draft", headers=headers)
    assert "Content-Encoding" not in answer.headers
    changed = staff.send("PATCH", STOP, tag=answer.headers["ETag"], json={"title": "Autrement"})
    assert changed.status_code == 200
