"""Small stops for tests: real files, short texts, quick to speak."""

from dataclasses import replace
from pathlib import Path

from tourapp.media import media_name
from tourapp.stops.content import (
    Drawing,
    FactSource,
    NarrativeContent,
    Place,
    Position,
    StopContent,
)
from tourapp.stops.source.writing import write_stop

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 500">'
    b'<path d="M0 500 400 60 800 500z"/></svg>\n'
)
CODES = ("7K2M9Q", "X4T8RB", "3HN6WD", "P9C5VE")

NARRATIVE = NarrativeContent(
    title="Montée du terril",
    lede="Une montagne faite à la main.",
    look="Regardez le sentier qui tourne.",
    question="Qu’entendez-vous ici ?",
    access="Sentier raide.",
    safety="Schiste glissant ; secours : 112.",
    drawing_alt="Un cône noir.",
    text="Le terril est noir.\n\nIl pousse ici 21 espèces rares.",
)

STOP = StopContent(
    slug="terril",
    code=CODES[0],
    place=Place(
        number=1,
        position=Position(
            latitude=50.443,
            longitude=2.778,
            accuracy_m=80,
            source="carte",
            altitude_m=186,
            altitude_source="carte",
        ),
        drawing=Drawing(
            file="dessin.svg",
            media=media_name(DRAWING, suffix="svg"),
            credit="Une main",
        ),
        sources=(FactSource(title="Un livre", url="https://example.fr/livre"),),
    ),
    narratives={("fr", "standard"): NARRATIVE},
    media={media_name(DRAWING, suffix="svg"): DRAWING},
)


def sample_stop(number: int = 1, **narrative: str) -> StopContent:
    """Return the sample as another stop: its number, slug and code change, its text may."""
    place = replace(
        STOP.place,
        number=number,
        position=replace(STOP.place.position, latitude=50.443 + (number - 1) / 100),
    )
    return replace(
        STOP,
        slug="terril" if number == 1 else f"arret-{number}",
        code=CODES[(number - 1) % len(CODES)],
        place=place,
        narratives={("fr", "standard"): replace(NARRATIVE, **narrative)},
    )


def small_stops() -> tuple[StopContent, ...]:
    """Return three stops that are quick to speak, the second in English too."""
    second = sample_stop(2, title="L’église et son toit")
    english = replace(NARRATIVE, title="The black hill", text="The hill is black.")
    second.narratives["en", "standard"] = english
    return sample_stop(1), second, sample_stop(3, title="La résidence")


def write_samples(folder: Path, *contents: StopContent) -> Path:
    """Write stops as files, the sample alone where none is given, and return the folder."""
    for content in contents or (STOP,):
        write_stop(folder, content)
    return folder
