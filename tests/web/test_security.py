from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.samples import CODES, DRAWING
from tourapp.app import create_app
from tourapp.media import media_name
from tourapp.resources import Resources

MEDIA = f"/media/{media_name(DRAWING, suffix='svg')}"

ANSWERS = [
    ("/", 200),
    ("/?numero=2", 303),
    ("/?numero=999", 404),
    ("/fr/arrets/terril", 200),
    ("/fr/arrets/nowhere", 404),
    (f"/Q/{CODES[0]}", 200),
    ("/Q/ZZZZZZ", 404),
    ("/nowhere", 404),
    ("/static/css/visit.css", 200),
    ("/static/nowhere.css", 404),
    ("/static", 404),
    ("/livez", 200),
    ("/readyz", 200),
    (MEDIA, 200),
    ("/media/nowhere", 404),
    ("/api/v1/stops", 200),
    ("/api/v1/stops?page=0", 422),
    ("/api/v1/stops/nowhere", 404),
    ("/api/v1/stops/terril/qr.png", 200),
    ("/api/v1/stops.geojson", 200),
    ("/api/v1/openapi.json", 200),
    ("/api/v1/docs", 200),
    ("/api/v1/nowhere", 404),
]

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_is_protected_and_plants_no_cookie(
    visitor: FlaskClient, path: str, status: int
) -> None:
    answer = visitor.get(path, buffered=True)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", MEDIA, {"Range": "bytes=0-4"}, 206),
        ("GET", MEDIA, {"Range": "bytes=9999-"}, 416),
        ("GET", MEDIA, {"If-None-Match": "*"}, 304),
        ("GET", "/", {"If-None-Match": "*"}, 304),
        ("GET", "/api/v1/stops", {"If-None-Match": "*"}, 304),
        ("HEAD", "/", {}, 200),
        ("POST", "/", {}, 405),
        ("DELETE", "/api/v1/stops", {}, 405),
        ("OPTIONS", "/api/v1/stops", {}, 200),
        ("GET", "/api/v1/stops?q=%00", {}, 400),
    ],
)
def test_so_is_every_other_kind_of_answer(
    visitor: FlaskClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = visitor.open(path, method=method, headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert len(answer.headers.getlist("Content-Security-Policy")) == 1


def test_pages_load_from_this_site_alone_and_run_no_inline_script(visitor: FlaskClient) -> None:
    policy = visitor.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("path", "readers"),
    [("/", "same-origin"), ("/api/v1/stops", "cross-origin"), (MEDIA, "cross-origin")],
)
def test_other_sites_may_use_the_data_and_the_sound_but_not_the_pages(
    visitor: FlaskClient, path: str, readers: str
) -> None:
    assert visitor.get(path).headers["Cross-Origin-Resource-Policy"] == readers


def test_a_site_that_is_not_served_over_tls_promises_none(seeded: Resources) -> None:
    plain = replace(seeded, settings=replace(seeded.settings, public_url="http://127.0.0.1:8000"))
    answer = create_app(plain).test_client().get("/")
    assert answer.status_code == 200
    assert "Strict-Transport-Security" not in answer.headers


def test_a_body_without_end_is_not_read(visitor: FlaskClient) -> None:
    endless = b'{"title": "' + b"x" * 1_000_000 + b'"}'
    answer = visitor.patch("/api/v1/stops/terril", data=endless, content_type="application/json")
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/Q/%00",
        "/?numero=%00",
        "/fr/arrets/terril%00",
        "/media/%00",
        "/api/v1/stops?q=a%00b",
        "/api/v1/stops/terril%00",
        "/api/v1/stops/terril/narrations/%00",
    ],
)
def test_a_null_character_is_refused_wherever_it_stands(visitor: FlaskClient, path: str) -> None:
    assert visitor.get(path).status_code == 400
