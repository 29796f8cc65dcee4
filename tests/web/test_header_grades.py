"""Every kind of answer against the lists of OWASP Secure Headers and of Mozilla's Observatory.

https://owasp.org/www-project-secure-headers/ and
https://github.com/mdn/mdn-http-observatory/blob/main/src/grader/charts.js; a mark of 100 and more
is an A+.
"""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.samples import CODES, DRAWING
from tourapp.media import media_name

ANSWERS = (
    "/",
    "/fr/arrets/terril",
    f"/Q/{CODES[0]}",
    "/nowhere",
    "/sitemap.xml",
    "/api/v1/stops",
    "/api/v1/docs",
    "/api/v1/nowhere",
    "/static/css/visit.css",
    f"/media/{media_name(DRAWING, suffix='svg')}",
    "/livez",
)

# What tells an attacker what runs here, and what the project's list calls outdated.
TELLING = ("Server", "X-Powered-By", "Via", "X-AspNet-Version", "X-Generator")
OUTDATED = ("Public-Key-Pins", "Expect-CT", "Feature-Policy", "Pragma")

HALF_A_YEAR_S = 15_768_000


def policy(answer: TestResponse) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


def owasp_faults(answer: TestResponse) -> list[str]:
    headers = answer.headers
    faults = [f"{name} is told" for name in (*TELLING, *OUTDATED) if name in headers]
    expected = {
        "X-Content-Type-Options": "nosniff",
        "X-Permitted-Cross-Domain-Policies": "none",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    faults += [name for name, value in expected.items() if headers.get(name) != value]
    if headers.get("X-Frame-Options", "").lower() not in {"deny", "sameorigin"}:
        faults.append("X-Frame-Options")
    if headers.get("Referrer-Policy") not in {"no-referrer", "same-origin", "strict-origin"}:
        faults.append("Referrer-Policy")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    if "Cross-Origin-Resource-Policy" not in headers:
        faults.append("Cross-Origin-Resource-Policy")
    return faults


def observatory_mark(answer: TestResponse) -> int:
    """Return the mark that Mozilla's Observatory gives: from 100, down and up."""
    headers, rules = answer.headers, policy(answer)
    mark = 100
    everything = [source for sources in rules.values() for source in sources]
    unsafe = {"'unsafe-eval'", "http:", "https:", "*"} & set(everything)
    scripts = rules.get("script-src", rules["default-src"])
    mark -= 20 * bool(unsafe or "'unsafe-inline'" in scripts)
    mark += 10 * (rules["default-src"] == ["'none'"] and not unsafe)
    hsts = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    mark -= 20 * (hsts is None or int(hsts[1]) < HALF_A_YEAR_S)
    mark -= 25 * ("Set-Cookie" in headers)
    mark -= 5 * (headers.get("X-Content-Type-Options") != "nosniff")
    framed = rules.get("frame-ancestors") in (["'none'"], ["'self'"])
    mark -= 20 * (not framed and headers.get("X-Frame-Options", "").lower() != "deny")
    mark += 5 * (headers.get("Referrer-Policy") in {"same-origin", "no-referrer"})
    mark += 10 * (headers.get("Cross-Origin-Resource-Policy") in {"same-origin", "same-site"})
    return mark


@pytest.mark.parametrize("path", ANSWERS)
def test_no_fault_of_owasps_list_is_found(visitor: FlaskClient, path: str) -> None:
    assert owasp_faults(visitor.get(path, buffered=True)) == []


@pytest.mark.parametrize("path", ANSWERS)
def test_the_observatory_would_give_the_best_mark(visitor: FlaskClient, path: str) -> None:
    assert observatory_mark(visitor.get(path, buffered=True)) >= 100


def test_pages_get_every_bonus(visitor: FlaskClient) -> None:
    assert observatory_mark(visitor.get("/")) == 125


def test_only_documents_and_files_may_be_read_from_other_sites(visitor: FlaskClient) -> None:
    shared = [path for path in ANSWERS if _is_shared(visitor.get(path, buffered=True))]
    assert {path.split("/")[1] for path in shared} == {"api", "media"}


def _is_shared(answer: TestResponse) -> bool:
    return answer.headers.get("Access-Control-Allow-Origin") == "*"
