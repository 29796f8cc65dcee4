"""A sign that is moved leads elsewhere at once, in every process, with its sound and its scans."""

import json
import os
import re

from flask import Flask
from sqlalchemy import text

from tests.changing import hired
from tests.faults.live import Line, is_restored, open_lines, serving
from tests.running import let_pass, wait_until
from tests.samples import CODES
from tourapp.resources import Resources

MOVES = int(os.environ.get("MOVES", "4"))
LINES = 12
CODE = CODES[1]
SIGN = f"/Q/{CODE}"

PROMISED_S = {"sqlite": 0.0, "postgresql": 0.25}


def sounds(said: str) -> list[str]:
    return re.findall(r'<source src="([^"]+)"', said)


def move(line: Line, token: str, to: str) -> None:
    bearer = {"Authorization": f"Bearer {token}"}
    sign = f"/api/v1/signs/{CODE}"
    tag = line.ask(sign, headers=bearer)[1]["Etag"]
    headers = bearer | {"If-Match": tag}
    moved, _, said = line.ask(f"{sign}/move", method="POST", headers=headers, body={"stop": to})
    assert moved == 200, said
    assert json.loads(said)["stop"]["slug"] == to


def count_scans(resources: Resources) -> int:
    counted = text("SELECT coalesce(sum(count), 0) FROM visit_count WHERE subject = :code")
    with resources.database.reading() as session:
        return int(session.execute(counted, {"code": CODE}).scalar_one())


def test_a_moved_sign_leads_elsewhere_at_once_in_every_process(
    app: Flask, spoken: Resources, environ: dict[str, str]
) -> None:
    token = hired(spoken, app.test_client(), "publication").token
    promised_s = PROMISED_S[spoken.database.engine.dialect.name]
    environ |= {"TOURAPP_PROCESSES": "4"}
    asked = 0
    with serving(environ) as (_, _, port), open_lines(port, LINES) as lines:
        pages = {slug: lines[0].ask(f"/fr/arrets/{slug}")[2] for slug in ("terril", "arret-2")}
        assert sounds(pages["terril"]) != sounds(pages["arret-2"])
        for number in range(MOVES):
            # Everything is prepared, and every process holds it in memory.
            wait_until(lambda: is_restored(spoken))
            asked += len([line.ask(SIGN) for line in lines])
            to = ("terril", "arret-2")[number % 2]
            move(lines[number % LINES], token, to)
            let_pass(promised_s)
            answers = [line.ask(SIGN) for line in lines]
            asked += LINES
            places = {headers["Content-Location"] for _, headers, _ in answers}
            assert places == {f"/fr/arrets/{to}"}
            assert all(sounds(said) == sounds(pages[to]) for _, _, said in answers)
        wait_until(lambda: count_scans(spoken) == asked)
