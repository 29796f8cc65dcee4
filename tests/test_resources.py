from pathlib import Path

import pytest

from tests.running import answers
from tourapp.errors import UnavailableError
from tourapp.resources import Resources
from tourapp.settings import Settings


def test_everything_that_the_settings_name_is_opened(resources: Resources) -> None:
    assert answers(resources.database)
    assert resources.media.is_answering()
    assert resources.queue.pending_count() == 0


def test_closing_gives_every_connection_back(resources: Resources) -> None:
    assert answers(resources.database)
    resources.close()
    assert resources.database.engine.pool.status().startswith(
        "Pool size: 5  Connections in pool: 0"
    )


@pytest.mark.parametrize("name", ["DATABASE", "QUEUE"])
def test_a_file_that_cannot_be_made_is_told(
    environ: dict[str, str], tmp_path: Path, name: str
) -> None:
    (tmp_path / "var").write_text("not a folder")
    unusable = {f"TOURAPP_{name}_URL": f"sqlite:///{tmp_path}/var/tour.sqlite"}
    with pytest.raises(UnavailableError, match="var"):
        assert Resources.open(Settings.from_environ(environ | unusable)).queue
