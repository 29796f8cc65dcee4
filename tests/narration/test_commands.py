from pathlib import Path

from click.testing import CliRunner, Result

from tests.narration.workshop import open_workshop
from tourapp.narration.commands import narrations
from tourapp.narration.queries import count_silent
from tourapp.resources import Resources


def render(resources: Resources) -> Result:
    return CliRunner().invoke(narrations, ["render"], obj=resources)


def test_render_speaks_what_is_wanted_and_counts_it(resources: Resources, tmp_path: Path) -> None:
    open_workshop(resources, tmp_path)
    assert "1 of 1 narrations rendered" in render(resources).stdout
    with resources.database.reading() as session:
        assert count_silent(session) == 0


def test_render_finds_nothing_to_do_where_nothing_is_published(resources: Resources) -> None:
    told = render(resources)
    assert told.exit_code == 0
    assert "0 of 0 narrations rendered" in told.stdout
