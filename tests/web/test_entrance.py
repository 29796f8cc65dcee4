"""The bureau beside the visitors' pages: made when it is asked for."""

import subprocess
import sys

from werkzeug.test import Client

from tourapp.app import create_app, create_site
from tourapp.resources import Resources
from tourapp.web.entrance import Entrance

LOAD = """import sys, tourapp.app
weights = {"flask_wtf", "wtforms", "argon2", "pyotp", "zxcvbn_rs_py", "tourapp.bureau"}
print(sorted(weights & set(sys.modules)))"""


def test_the_bureau_is_made_once_when_somebody_asks_for_it() -> None:
    made: list[str] = []

    def make() -> object:
        made.append("bureau")
        return lambda *_: [b"bureau"]

    entrance = Entrance(lambda *_: [b"visit"], make)  # type: ignore[arg-type] # what it returns is told by the test
    answered = [
        b"".join(entrance({"PATH_INFO": path}, print))
        for path in ("/", "/bureaux", "/bureau", "/bureau/", "/bureau/entrer")
    ]
    assert answered == [b"visit", b"visit", b"bureau", b"bureau", b"bureau"]
    assert made == ["bureau"]


def test_a_process_for_visitors_carries_nothing_of_it() -> None:
    command = [sys.executable, "-c", LOAD]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"[]\n"


def test_the_site_has_both(seeded: Resources) -> None:
    site = Client(create_site(create_app(seeded), seeded))
    assert site.get("/bureau/entrer").status_code == 200
    assert "Vary" in site.get("/bureau/entrer").headers
    assert "Cookie" not in site.get("/").headers.get("Vary", "")
