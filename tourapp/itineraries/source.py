"""Itineraries as files: `itineraries/<slug>.toml`, read whole or with every mistake named."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import tomli_w

from tourapp.itineraries.content import ItineraryContent
from tourapp.itineraries.schemas import NewItinerarySchema
from tourapp.stops.source.faults import Fault, SourceError, load_toml


def read_itineraries(folder: Path) -> dict[str, ItineraryContent]:
    """Return what each file says, by slug, or raise SourceError that names every mistake."""
    contents: dict[str, ItineraryContent] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            contents[path.stem] = _read(path)
        except SourceError as error:
            faults.extend(error.faults)
    if faults:
        raise SourceError(faults)
    return contents


def write_itinerary(folder: Path, slug: str, content: ItineraryContent) -> list[Path]:
    """Write an itinerary's file and return it where it changed; one that says the same stays."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.toml"
    if path.exists() and _find_present(path) == content:
        return []
    path.write_text(_written(content), encoding="utf-8")
    return [path]


def _find_present(path: Path) -> ItineraryContent | None:
    try:
        return _read(path)
    except SourceError:
        return None


def _read(path: Path) -> ItineraryContent:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SourceError([Fault(path.name, line, "expected UTF-8 text")]) from None
    given = cast("dict[str, Any]", load_toml(path.name, text, NewItinerarySchema()))
    return ItineraryContent(**given)


def _written(content: ItineraryContent) -> str:
    told = _given(asdict(content)) | {"title": content.title, "summary": content.summary}
    return tomli_w.dumps(told | {"halts": [_given(asdict(halt)) for halt in content.halts]})


def _given(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value not in ("", None)}
