"""What weather, passers-by and phones do to a sign, done to a rendered page."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from tourapp.signage.plates.checking import Reading

Grey = NDArray[np.uint8]
Damage = Callable[[Grey, Reading, np.random.Generator], Grey]

MODULES = 29


def blurred(page: Grey, code: Reading, chance: np.random.Generator) -> Grey:
    """Hold the phone out of focus, by a quarter to half a module (sigma)."""
    radius = chance.uniform(0.25, 0.5) * code.side_px / MODULES
    return np.asarray(Image.fromarray(page).filter(ImageFilter.GaussianBlur(radius)))


def hidden(page: Grey, code: Reading, chance: np.random.Generator) -> Grey:
    """Stick a label over 15 % of the code, anywhere but on the three marks that find it."""
    side = code.side_px
    label = round(side * 0.15**0.5)
    mark = round(side * 8 / MODULES)
    while True:
        x, y = chance.integers(0, round(side) - label, 2)
        is_right, is_low = x + label > side - mark, y + label > side - mark
        if not ((x < mark and (y < mark or is_low)) or (y < mark and is_right)):
            break
    stuck = page.copy()
    left, top = round(code.left_px) + x, round(code.top_px) + y
    stuck[top : top + label, left : left + label] = chance.choice((0, 128, 255))
    return stuck


def tilted(page: Grey, _code: Reading, chance: np.random.Generator) -> Grey:
    """Look from the side and with a slanted phone: up to a third narrower at one edge."""
    height, width = page.shape
    corners = np.array([(0, 0), (0, height), (width, height), (width, 0)], dtype=float)
    inwards = np.array([(1, 1), (1, -1), (-1, -1), (-1, 1)])
    pulled = corners + inwards * chance.uniform(0, 0.17, (4, 2)) * (width, height)
    coefficients = _perspective(pulled, corners)
    seen = Image.fromarray(page).transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        coefficients,
        Image.Resampling.BILINEAR,
    )
    return np.asarray(seen.rotate(chance.uniform(-30, 30), Image.Resampling.BILINEAR, expand=True))


def pale(page: Grey, _code: Reading, chance: np.random.Generator) -> Grey:
    """Let a fog, or a dirty lens, leave a fifth to two fifths of the contrast."""
    left = chance.uniform(0.2, 0.4)
    return (150 + (page - 128.0) * left).astype(np.uint8)


def faded(page: Grey, _code: Reading, chance: np.random.Generator) -> Grey:
    """Let the sun of years take most of the ink at one edge, and some at the other."""
    most, least = chance.uniform(0.5, 0.9), chance.uniform(0.12, 0.25)
    kept = chance.choice(np.linspace([most, least], [least, most], page.shape[1], axis=1))
    return np.asarray(255 - (255.0 - page) * kept, dtype=np.uint8)


def coarse(page: Grey, code: Reading, chance: np.random.Generator) -> Grey:
    """See two pixels of a module, as from three times the distance, between any two of them."""
    scale = 2 * MODULES / code.side_px
    shifted = np.pad(page, chance.integers(0, 20, 2)[:, None], constant_values=255)
    size = (round(shifted.shape[1] * scale), round(shifted.shape[0] * scale))
    return np.asarray(Image.fromarray(shifted).resize(size, Image.Resampling.BOX))


DAMAGES: Mapping[Damage, float] = {
    blurred: 1.0,
    hidden: 0.8,
    tilted: 1.0,
    pale: 1.0,
    faded: 1.0,
    coarse: 0.85,
}
"""How often a sign has to be read all the same, at least."""


def _perspective(seen: NDArray[np.float64], flat: NDArray[np.float64]) -> list[float]:
    """Return what Pillow takes to lay the corners `flat` onto those that are `seen`."""
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(each) for each in np.linalg.solve(np.array(rows), np.array(values))]
