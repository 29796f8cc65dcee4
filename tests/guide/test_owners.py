"""Every page of one itinerary and of one led walk, against whose it is."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.guide.forms import Builder
from tests.guide.test_walks import NEW, PLAN
from tests.staff.desk import Desk, seated


@pytest.fixture
def people(bureau: Flask, loop: Builder) -> dict[str, Desk]:
    """Have a second guide be let in to an itinerary, and the first one lead a walk of it."""
    found = {
        "owner": loop.desk,
        "editor": seated(bureau, "guide", email="aussi@example.fr"),
        "other": seated(bureau, "guide", email="autre@example.fr"),
        "administration": seated(bureau, "administration"),
    }
    share = "/guide/itineraires/la-boucle/partage/inviter"
    loop.desk.follow(share, tag="2", email="aussi@example.fr")
    loop.desk.follow(NEW, **PLAN)
    return found


def rules(bureau: Flask, part: str) -> list[Rule]:
    every = bureau.url_map.iter_rules()
    return [rule for rule in every if rule.rule.startswith("/guide/") and part in rule.rule]


def is_found(desk: Desk, rule: Rule) -> bool:
    """Ask for a page, or send its form on a state that is no more."""
    path = rule.rule.replace("<slug>", "la-boucle").replace("<whole:walk_id>", "1")
    path = re.sub(r"<any\((\w+).*>", r"\1", path.replace("<whole(min=2):place>", "2"))
    is_form = "POST" in (rule.methods or ())
    answer = desk.send(path, **PLAN, tag="99", halt="1") if is_form else desk.get(path)
    answer.close()
    assert answer.status_code < 500
    return answer.status_code not in {401, 403, 404}


@pytest.mark.parametrize(
    ("part", "those"),
    [
        ("<slug>", {"owner", "editor", "administration"}),
        ("<whole:walk_id>", {"owner", "administration"}),
    ],
)
def test_what_is_private_is_found_by_those_alone_who_may_change_it(
    bureau: Flask, people: dict[str, Desk], part: str, those: set[str]
) -> None:
    found = {
        rule.endpoint: {who for who, desk in people.items() if is_found(desk, rule)}
        for rule in rules(bureau, part)
    }
    assert found
    assert {endpoint: who for endpoint, who in found.items() if who != those} == {}
