"""Writing the folders of stops, and leaving alone what already says the same."""

from dataclasses import asdict
from pathlib import Path

import tomli_w

from tourapp.stops.content import (
    Closure,
    FactSource,
    NarrativeContent,
    Picture,
    Position,
    StopContent,
)
from tourapp.stops.source import FENCE, PLACE_FILE, narrative_name
from tourapp.stops.source.faults import SourceError
from tourapp.stops.source.reading import read_stop


def write_stop(folder: Path, content: StopContent) -> list[Path]:
    """Write a stop's folder and return the files that changed.

    A file that already says the same keeps its bytes, comments and layout included.
    """
    path = folder / content.slug
    path.mkdir(parents=True, exist_ok=True)
    present = _find_present(path)
    wanted = _changed_narratives(present, content)
    if present is None or (present.code, present.place) != (content.code, content.place):
        wanted = _place_files(content) | wanted
    return [path / name for name, written in wanted.items() if _write(path / name, written)]


def _place_files(content: StopContent) -> dict[str, bytes]:
    place = content.place
    return {
        PLACE_FILE: _place_file(content).encode(),
        place.drawing.file: content.media[place.drawing.media],
        **{picture.file: content.media[picture.media] for picture in place.pictures},
    }


def _changed_narratives(present: StopContent | None, content: StopContent) -> dict[str, bytes]:
    told = present.narratives if present else {}
    return {
        narrative_name(lang, variant): _narrative_file(narrative).encode()
        for (lang, variant), narrative in content.narratives.items()
        if told.get((lang, variant)) != narrative
    }


def _write(file: Path, written: bytes) -> bool:
    if file.exists() and file.read_bytes() == written:
        return False
    file.write_bytes(written)
    return True


def _find_present(path: Path) -> StopContent | None:
    try:
        return read_stop(path)
    except SourceError:
        return None


def _place_file(content: StopContent) -> str:
    place = content.place
    optional = {"code": content.code, "rescue_post": place.rescue_post}
    head = tomli_w.dumps(
        {
            "number": place.number,
            **{name: said for name, said in optional.items() if said is not None},
            "position": _given(place.position),
            "drawing": {"file": place.drawing.file, "credit": place.drawing.credit},
        },
    )
    # tomli-w would set short tables of an array on one line; an author reads them better apart.
    sources = (f"\n[[sources]]\n{tomli_w.dumps(_given(source))}" for source in place.sources)
    closures = (f"\n[[closures]]\n{_closure(closure)}" for closure in place.closures)
    pictures = (f"\n[[pictures]]\n{_picture(picture)}" for picture in place.pictures)
    return "".join((head, *sources, *closures, *pictures))


def _closure(closure: Closure) -> str:
    days = {"from": closure.from_day} | (
        {} if closure.until_day is None else {"until": closure.until_day}
    )
    return f"{tomli_w.dumps(days)}[closures.reason]\n{tomli_w.dumps(closure.reason)}"


def _picture(picture: Picture) -> str:
    said = {"file": picture.file, "credit": picture.credit, "licence": picture.licence}
    # As an author writes a point: on one line.
    focus = f"focus = [{picture.focus[0]}, {picture.focus[1]}]\n"
    texts = {"alt": picture.alt} | ({"caption": picture.caption} if picture.caption else {})
    told = (f"[pictures.{name}]\n{tomli_w.dumps(text)}" for name, text in texts.items())
    return "".join((tomli_w.dumps(said), focus, *told))


def _given(part: Position | FactSource) -> dict[str, object]:
    return {key: value for key, value in asdict(part).items() if value is not None}


def _narrative_file(content: NarrativeContent) -> str:
    front = asdict(content)
    text = front.pop("text")
    return f"{FENCE}\n{tomli_w.dumps(front)}{FENCE}\n\n{text}\n"
