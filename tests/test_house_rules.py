"""Rules of the house that neither the linter nor the import contracts can hold."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from tourapp.settings import PREFIX, PROJECT_ROOT, Settings

PACKAGE = PROJECT_ROOT / "tourapp"
MODULES = sorted(PACKAGE.rglob("*.py"))
SPELL_HTTP = {"flask", "flask_cors", "flask_smorest", "flask_wtf", "marshmallow", "werkzeug"}
MAY_SPELL_HTTP = (
    "app.py",
    "bureau.py",
    "edge.py",
    "frame.py",
    "gathering.py",
    "restoring.py",
    "shelf.py",
    "settings.py",
    "api.py",
    "pages.py",
    "problems.py",
    "forms.py",
    "guards.py",
    "variables.py",
    "schemas.py",
    "faults.py",
    "fields.py",
)


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def calls(path: Path, method: str) -> Iterator[ast.Attribute]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr == method:
            yield node


def imported(path: Path) -> Iterator[str]:
    """Yield the packages that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        yield from (name.partition(".")[0] for name in names)


def test_nothing_commits_but_the_database_module() -> None:
    assert [named(path) for path in MODULES if any(calls(path, "commit"))] == ["db.py"]


def test_services_are_given_a_session_and_open_none() -> None:
    domain = [path for path in MODULES if path.name in {"models.py", "queries.py", "services.py"}]
    assert domain
    assert not [named(path) for path in domain if any(calls(path, "transaction"))]


def test_domain_code_cannot_spell_http() -> None:
    domain = [path for path in MODULES if path.name not in MAY_SPELL_HTTP]
    speaking = [named(path) for path in domain if SPELL_HTTP & set(imported(path))]
    assert [name for name in speaking if not name.startswith("web/")] == []


@pytest.mark.parametrize("name", [field.name for field in fields(Settings) if field.name != "root"])
def test_every_setting_stands_in_the_readme(name: str) -> None:
    assert f"`{PREFIX}{name.upper()}`" in (PROJECT_ROOT / "README.md").read_text("utf-8")
