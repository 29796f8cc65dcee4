"""What prepared documents were made with; another release, or other settings, make them anew."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tourapp.settings import Settings

_SHAPING = (
    "templates/**/*",
    "tourapp/**/*.py",
    "tourapp/translations/*.po",
    "tourapp/static/[!v]*/**/*",
    "requirements.txt",
)


def fingerprint(settings: Settings) -> str:
    """Return the digest of every file and every setting that shapes what visitors are answered."""
    shaping = (
        _digest(settings.root),
        settings.public_url,
        settings.engines,
        settings.time_zone,
        settings.organisation,
        settings.contact_email,
        settings.offline,
        settings.map_tiles_url,
        settings.map_tiles_credit,
    )
    return hashlib.sha256(repr(shaping).encode()).hexdigest()[:16]


@lru_cache
def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root)} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    found = (path for pattern in _SHAPING for path in root.glob(pattern))
    yield from sorted(path for path in found if path.is_file())
