"""Itineraries as files: `itineraries/<slug>.toml`, and beside it the paths as `<slug>.gpx`.

They are read whole, or every mistake is named.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import tomli_w

from tourapp.itineraries.content import ItineraryContent
from tourapp.itineraries.drawn import DrawnItinerary
from tourapp.itineraries.paths import DrawnPath
from tourapp.itineraries.schemas import NewItinerarySchema
from tourapp.itineraries.sidecars import read_sidecar, written_sidecar
from tourapp.stops.source.faults import Fault, SourceError, load_toml


def read_itineraries(folder: Path) -> dict[str, DrawnItinerary]:
    """Return what each file says, by slug, or raise SourceError that names every mistake."""
    contents: dict[str, DrawnItinerary] = {}
    faults = [
        Fault(path.name, 1, f"there is no {path.stem}.toml beside it")
        for path in folder.glob("*.gpx")
        if not path.with_suffix(".toml").exists()
    ]
    for path in sorted(folder.glob("*.toml")):
        try:
            contents[path.stem] = _read_drawn(path)
        except SourceError as error:
            faults.extend(error.faults)
    if faults:
        raise SourceError(faults)
    return contents


def write_itinerary(folder: Path, slug: str, drawn: DrawnItinerary) -> list[Path]:
    """Write an itinerary's files and return those that changed; what says the same stays.

    Without paths there is no file beside: a former one is deleted, and returned as changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.toml"
    sidecar = path.with_suffix(".gpx")
    halts = drawn.content.halts
    changed = []
    if _find_present(path) != drawn.content:
        path.write_text(_written(drawn.content), encoding="utf-8")
        changed.append(path)
    if _find_beside(sidecar, halts=len(halts)) != drawn.paths:
        if drawn.paths:
            sidecar.write_text(written_sidecar(drawn.paths, halts), encoding="utf-8")
        else:
            sidecar.unlink()
        changed.append(sidecar)
    return changed


def _find_present(path: Path) -> ItineraryContent | None:
    try:
        return _read(path) if path.exists() else None
    except SourceError:
        return None


def _find_beside(sidecar: Path, *, halts: int) -> dict[int, DrawnPath] | None:
    try:
        return read_sidecar(sidecar, halts=halts)
    except SourceError:
        return None


def _read_drawn(path: Path) -> DrawnItinerary:
    content = _read(path)
    paths = read_sidecar(path.with_suffix(".gpx"), halts=len(content.halts))
    return DrawnItinerary(content=content, paths=paths)


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
