"""Stops with photographs, as a folder holds them."""

from dataclasses import replace

from tests.pictures.photographs import photograph
from tests.samples import sample_stop
from tourapp.media import media_name
from tourapp.stops.content import Picture, StopContent

SIZE = (500, 300)


def pictured_stop(
    number: int = 1, *, shades: tuple[str, ...] = ("olive",), **narrative: str
) -> StopContent:
    """Return a sample stop with a photograph a shade."""
    stop = sample_stop(number, **narrative)
    files = [photograph(SIZE, ground=shade) for shade in shades]
    pictures = tuple(
        Picture(
            file=f"vue-{shade}.jpg",
            media=media_name(file, suffix="jpg"),
            bytes=len(file),
            width=SIZE[0],
            height=SIZE[1],
            alt={"fr": f"Le terril, {shade}.", "en": f"The hill, {shade}."},
            caption={"fr": "Un soir de mars."},
            credit="Une photographe",
            licence="CC BY-SA 4.0",
            focus=(20, 40),
        )
        for shade, file in zip(shades, files, strict=True)
    )
    media = {picture.media: file for picture, file in zip(pictures, files, strict=True)}
    return replace(
        stop, place=replace(stop.place, pictures=pictures), media=dict(stop.media) | media
    )
