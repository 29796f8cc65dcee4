"""Reading the folders of stops: all of them, or every mistake in them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from xml.etree import ElementTree as ET

from tourapp.errors import InvalidError
from tourapp.media import media_name
from tourapp.stops.content import (
    LANGUAGES,
    SLUG,
    Drawing,
    NarrativeContent,
    Picture,
    Place,
    StopContent,
    Variant,
)
from tourapp.stops.source import FENCE, PLACE_FILE
from tourapp.stops.source.faults import Fault, Key, SourceError, dotted, line_of, load_toml
from tourapp.stops.source.photographs import Measure, measure_here, read_photograph
from tourapp.stops.source.schemas import NarrativeFileSchema, StopFileSchema

_NARRATIVE_FILE = re.compile(r"([a-z]{2})(?:\.(facile))?\.md")
_FRONT_MATTER = re.compile(rf"{re.escape(FENCE)}\n(.*?\n){re.escape(FENCE)}\n(.*)", re.DOTALL)
_SVG = "{http://www.w3.org/2000/svg}svg"
_VIEW_BOX = "0 0 800 500"  # pages keep room for a drawing before it has come

Given = ParamSpec("Given")
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Located:
    """What the file of a place says, and the bytes that it shows, by their media names."""

    code: str | None
    place: Place
    media: dict[str, bytes]


def read_stops(folder: Path, *, measure: Measure = measure_here) -> tuple[StopContent, ...]:
    """Read every stop's folder, or raise SourceError that names every mistake at once."""
    faults: list[Fault] = []
    paths = sorted(path for path in folder.glob("[!.]*/") if path.is_dir())
    if not paths:
        faults.append(Fault(str(folder), 1, f"expected a folder a stop, with its {PLACE_FILE}"))
    read = [_gather(faults, read_stop, path, measure=measure) for path in paths]
    stops = [stop for stop in read if stop is not None]
    faults += _shared(folder, "number", {stop.slug: stop.place.number for stop in stops})
    faults += _shared(folder, "code", {stop.slug: stop.code for stop in stops if stop.code})
    if faults:
        raise SourceError(faults)
    return tuple(sorted(stops, key=lambda stop: stop.place.number))


def read_stop(path: Path, *, measure: Measure = measure_here) -> StopContent:
    """Read one stop's folder, or raise SourceError that names every mistake in it."""
    faults: list[Fault] = []
    if not SLUG.fullmatch(path.name):
        message = "expected a name of small letters, digits and single hyphens"
        faults.append(Fault(path.name, 1, message))
    located = _gather(faults, _read_located, path, measure=measure)
    narratives = dict(_read_narratives(path, faults))
    if faults or located is None:
        raise SourceError(faults)
    return StopContent(
        slug=path.name,
        code=located.code,
        place=located.place,
        narratives=narratives,
        media=located.media,
    )


def _gather(
    faults: list[Fault],
    read: Callable[Given, Part],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Part | None:
    try:
        return read(*args, **kwargs)
    except SourceError as error:
        faults.extend(error.faults)
        return None


def _read_located(path: Path, *, measure: Measure) -> _Located:
    """Read the place of a stop with what is shown of it, or name every mistake in them."""
    faults: list[Fault] = []
    said = _read_place_file(path / PLACE_FILE)
    drawing = _gather(faults, _read_drawing, path, said)
    photographs = _gather(faults, _read_photographs, path, said, measure=measure)
    if drawing is None or photographs is None:
        raise SourceError(faults)
    drawing_media = media_name(drawing, suffix="svg")
    pictures = tuple(picture for picture, _ in photographs)
    return _Located(
        code=said.get("code"),
        place=_place(said, drawing_media=drawing_media, pictures=pictures),
        media={drawing_media: drawing} | {each.media: file for each, file in photographs},
    )


def _read_place_file(path: Path) -> dict[str, Any]:
    loaded = load_toml(_name(path), _read_text(path), StopFileSchema())
    return cast("dict[str, Any]", loaded)


def _place(values: dict[str, Any], *, drawing_media: str, pictures: tuple[Picture, ...]) -> Place:
    return Place(
        number=values["number"],
        position=values["position"],
        drawing=Drawing(media=drawing_media, **values["drawing"]),
        sources=tuple(values["sources"]),
        closures=tuple(values.get("closures", ())),
        rescue_post=values.get("rescue_post"),
        pictures=pictures,
    )


def _read_photographs(
    path: Path, place_file: dict[str, Any], *, measure: Measure
) -> list[tuple[Picture, bytes]]:
    faults: list[Fault] = []
    read: list[tuple[Picture, bytes]] = []
    for number, said in enumerate(place_file.get("pictures", ())):
        try:
            read.append(read_photograph(path, said, measure=measure))
        except InvalidError as error:
            faults.append(_place_fault(path, ("pictures", number, "file"), str(error)))
    if faults:
        raise SourceError(faults)
    return read


def _read_drawing(path: Path, place_file: dict[str, Any]) -> bytes:
    name: str = place_file["drawing"]["file"]
    try:
        drawing = (path / name).read_bytes()
    except FileNotFoundError:
        message = f"expected a file {name} beside this one"
        raise SourceError([_place_fault(path, ("drawing", "file"), message)]) from None
    _check_drawing(_name(path / name), drawing)
    return drawing


def _check_drawing(file: str, drawing: bytes) -> None:
    expected = f'expected an SVG drawing with viewBox="{_VIEW_BOX}"'
    try:
        root = ET.fromstring(drawing)  # noqa: S314 -- Expat itself refuses bombs, and fetches nothing
    except ET.ParseError as error:
        raise SourceError([Fault(file, error.position[0], f"{expected}: {error}")]) from None
    if (root.tag, root.get("viewBox")) != (_SVG, _VIEW_BOX):
        raise SourceError([Fault(file, 1, expected)])


def _read_narratives(
    path: Path,
    faults: list[Fault],
) -> Iterator[tuple[tuple[str, Variant], NarrativeContent]]:
    if not (path / "fr.md").exists():
        faults.append(Fault(_name(path / "fr.md"), 1, "missing: expected the French narrative"))
    for file in sorted(path.glob("*.md"), key=_language_order):
        told = _gather(faults, _read_narrative, file)
        if told is not None:
            yield told


def _read_narrative(path: Path) -> tuple[tuple[str, Variant], NarrativeContent]:
    return _told_in(path), _read_narrative_file(path)


def _told_in(path: Path) -> tuple[str, Variant]:
    name = _NARRATIVE_FILE.fullmatch(path.name)
    if name is None or name[1] not in LANGUAGES:
        expected = " or ".join(f"{lang}.md" for lang in LANGUAGES)
        raise SourceError([Fault(_name(path), 1, f"expected a narrative's name: {expected}")])
    return name[1], cast("Variant", name[2] or "standard")


def _read_narrative_file(path: Path) -> NarrativeContent:
    found = _FRONT_MATTER.fullmatch(_read_text(path))
    if found is None:
        message = f"expected front matter between two lines of {FENCE}, then the text"
        raise SourceError([Fault(_name(path), 1, message)])
    schema = NarrativeFileSchema()
    content = load_toml(_name(path), found[1], schema, first_line=2, text=found[2])
    return cast("NarrativeContent", content)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SourceError([Fault(_name(path), 1, "missing: expected this file")]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SourceError([Fault(_name(path), line, "expected UTF-8 text")]) from None


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _language_order(path: Path) -> tuple[int, str]:
    lang = path.name[:2]
    return (LANGUAGES.index(lang) if lang in LANGUAGES else len(LANGUAGES), path.name)


def _shared(folder: Path, key: str, values: dict[str, Any]) -> Iterator[Fault]:
    owners: dict[Any, str] = {}
    for slug, value in values.items():
        owner = owners.setdefault(value, slug)
        if owner != slug:
            yield _place_fault(folder / slug, (key,), f"{value} already belongs to {owner}")


def _place_fault(path: Path, key: Key, message: str) -> Fault:
    file = path / PLACE_FILE
    line = line_of(_read_text(file).split("\n"), key)
    return Fault(_name(file), line, f"{dotted(key)}: {message}")
