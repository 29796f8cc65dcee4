"""Printing signs: one, and a hundred, set in type and read back; what of it each part takes.

Run by `make bench`; prints the figures and writes them to docs/benchmarks.md.
"""

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter, process_time

from bench.report import write_section
from tourapp.settings import PROJECT_ROOT
from tourapp.signage.codes import sign_url
from tourapp.signage.plates.checking import check, checked_dpi, rendered
from tourapp.signage.plates.content import Batch, Imprint, Plate
from tourapp.signage.plates.formats import FORMAT_NAMES, FormatName, Layout
from tourapp.signage.plates.printing import Press
from tourapp.signage.plates.typesetting import Typesetter
from tourapp.stops.source.reading import read_stops

TITLE = "Printing signs"
ROUNDS = 3
MANY = 100
ONE_BUDGET_S = 0.05
MANY_BUDGET_S = 2.0

TYPESETTER = Typesetter(PROJECT_ROOT)
STOPS = read_stops(PROJECT_ROOT / "stops")


def main() -> None:
    """Measure, print, write."""
    rows = [_row(format_) for format_ in FORMAT_NAMES]
    write_section(TITLE, _report(rows))


def _row(format_: FormatName) -> str:
    layout = Layout(format=format_)
    press = Press(TYPESETTER, layout)
    one, many = [], []
    for turn in range(ROUNDS):
        # What was set before is remembered: each round prints other signs.
        one.append(_printing(press, _batch(1, 1000 * turn))[0])
        many.append(_printing(press, _batch(MANY, 1000 * turn + 1)))
    wall_s, core_s = (median(each) for each in zip(*many, strict=True))
    set_s, read_s = _parts(layout)
    figures = [median(one) * 1000, wall_s, core_s, set_s, read_s]
    one_ms, *seconds = figures
    kept = "kept" if one_ms / 1000 < ONE_BUDGET_S and wall_s < MANY_BUDGET_S else "MISSED"
    shown = " | ".join(f"{each:.2f}" for each in seconds)
    return f"| {format_} | {one_ms:.0f} | {shown} | {kept} |"


def _printing(press: Press, batch: Batch) -> tuple[float, float]:
    return _took(lambda: press.print_packed(batch, "pdf"))


def _parts(layout: Layout) -> tuple[float, float]:
    """Return the core seconds of setting a hundred signs, and of reading them back."""
    batch = _batch(MANY, 9000)
    pdf = TYPESETTER.set_plates(_batch(MANY, 8000), layout)
    pages = layout.page.per_page
    dpi = checked_dpi(batch.plates, layout)

    def read_back() -> None:
        plates = _batch(MANY, 8000).plates
        for number, page in enumerate(rendered(pdf, dpi=dpi)):
            check(page, plates[number * pages : (number + 1) * pages], layout, dpi=dpi)

    return _took(lambda: TYPESETTER.set_plates(batch, layout))[1], _took(read_back)[1]


def _batch(count: int, first: int) -> Batch:
    stops = [STOPS[number % len(STOPS)] for number in range(count)]
    plates = [_plate(number, first + number) for number in range(count)]
    return Batch(
        plates=tuple(plates),
        drawings={
            stop.place.drawing.media: stop.media[stop.place.drawing.media].decode()
            for stop in stops
        },
        imprint=Imprint(
            organisation="Ville de Loos-en-Gohelle",
            logo=None,
            printed_on=date(2026, 3, 1),
            trial=False,
        ),
    )


def _plate(position: int, number: int) -> Plate:
    stop = STOPS[position % len(STOPS)]
    told = stop.narratives["fr", "standard"]
    code = f"{number:06}"
    return Plate(
        code=code,
        url=sign_url("https://visite.loos-gohelle.fr", code),
        number=number % 1000,
        title=told.title,
        lede=f"{told.lede} {number}",
        second=None,
        duration_s=130,
        pictograms=("listen", "read"),
        version=1,
        drawing=stop.place.drawing.media,
        drawing_alt=told.drawing_alt,
    )


def _took(work: Callable[[], object]) -> tuple[float, float]:
    wall, core = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - core


def _report(rows: list[str]) -> str:
    table = "\n".join(rows)
    return f"""\
Medians of {ROUNDS} rounds, in one process that has its typefaces loaded, as one PDF; every sign is
set, drawn and read back. Budgets: {ONE_BUDGET_S * 1000:.0f} ms for one, {MANY_BUDGET_S:.0f} s for
{MANY}.

| format | one sign, ms | {MANY} signs, s | core s | of it setting | reading back | budgets |
|---|---:|---:|---:|---:|---:|---|
{table}
"""


if __name__ == "__main__":
    main()
