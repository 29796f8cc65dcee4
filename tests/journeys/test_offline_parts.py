"""The parts of the worker that are functions of values, run by a browser."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import CODES
from tourapp.web.ranges import UnsatisfiableRangeError, parse_range

FILES = [
    {"url": "/a.opus", "type": "audio/ogg", "bytes": 20, "sha256": "o", "one_of": "sound"},
    {"url": "/a.mp3", "type": "audio/mpeg", "bytes": 30, "sha256": "m", "one_of": "sound"},
    {"url": "/fr/", "type": "text/html", "bytes": 5, "sha256": "p", "one_of": None},
    {"url": "/again", "type": "text/html", "bytes": 5, "sha256": "p", "one_of": None},
]
STOPS = [
    {"number": 7, "codes": ["7K2M9Q", "X0T11B"], "page": "/fr/arrets/sept"},
    {"number": 12, "codes": [CODES[0]], "page": "/fr/arrets/douze"},
]
RANGES = [
    None, "", "bytes=0-", "bytes=0-0", "bytes=2-5", "bytes=9-", "bytes=9-99", "bytes=10-",
    "bytes=10-20", "bytes=-3", "bytes=-0", "bytes=-99", "bytes=5-2", "bytes=0-1,3-4", "bytes=-",
    "items=0-1", "bytes = 1-2", "nonsense", "BYTES=1-",
]  # fmt: skip


@pytest.fixture
def run(page: Page) -> Any:  # noqa: ANN401 -- what a script returns
    """Return what runs an expression with the modules of the worker at hand."""
    page.goto("/fr/emporter", wait_until="networkidle")
    folder = page.evaluate(
        "document.querySelector('script[src$=\"offline/page.js\"]').src.replace('page.js', '')"
    )

    def evaluate(expression: str, given: object = None) -> Any:  # noqa: ANN401 -- as above
        return page.evaluate(
            f"""async (given) => {{
                const ranges = await import("{folder}ranges.js");
                const tours = await import("{folder}tours.js");
                return await ({expression});
            }}""",
            given,
        )

    return evaluate


def expected(header: str | None, size: int) -> object:
    """Return what the server would do with a range."""
    try:
        wanted = parse_range(header, size=size)
    except UnsatisfiableRangeError:
        return "unsatisfiable"
    return wanted and [wanted.start, wanted.end]


def test_ranges_are_understood_as_the_server_does(run: Any) -> None:  # noqa: ANN401 -- as above
    cases = [(header, size) for header in RANGES for size in (10, 0)]
    found = run(
        """given.map(([header, size]) => {
            const range = ranges.parseRange(header, size);
            return range === ranges.UNSATISFIABLE ? "unsatisfiable" : range;
        })""",
        cases,
    )
    assert found == [expected(header, size) for header, size in cases]


@pytest.mark.parametrize(
    ("header", "status", "told", "body"),
    [
        (None, 200, None, "0123456789"),
        ("bytes=0-", 206, "bytes 0-9/10", "0123456789"),
        ("bytes=2-4", 206, "bytes 2-4/10", "234"),
        ("bytes=-2", 206, "bytes 8-9/10", "89"),
        ("bytes=99-", 416, "bytes */10", ""),
    ],
)
def test_a_kept_file_is_answered_in_parts(
    run: Any,  # noqa: ANN401 -- as above
    *,
    header: str | None,
    status: int,
    told: str | None,
    body: str,
) -> None:
    answer = run(
        """(async () => {
            const answer = ranges.answerRange(new Blob(["0123456789"]), given, "audio/ogg");
            const headers = Object.fromEntries(answer.headers);
            return { status: answer.status, headers, body: await answer.text() };
        })()""",
        header,
    )
    assert (answer["status"], answer["headers"].get("content-range")) == (status, told)
    assert answer["body"] == body
    if status != 416:
        assert answer["headers"]["content-type"] == "audio/ogg"
        assert answer["headers"]["content-length"] == str(len(body))


def test_one_format_of_a_sound_is_chosen_the_lightest_that_is_played(run: Any) -> None:  # noqa: ANN401 -- as above
    chosen = "tours.chooseFiles(given, (type) => {}).map((file) => file.url)"
    pages = ["/fr/", "/again"]
    assert run(chosen.replace("{}", "true"), FILES) == ["/a.opus", *pages]
    assert run(chosen.replace("{}", 'type === "audio/mpeg"'), FILES) == ["/a.mp3", *pages]
    assert run(chosen.replace("{}", "false"), FILES) == pages


def test_one_form_of_a_photograph_is_chosen_as_wide_as_a_phone_needs(run: Any) -> None:  # noqa: ANN401 -- as above
    forms = [
        {
            "url": f"/{kind}{width}",
            "type": f"image/{kind}",
            "width_px": width,
            "bytes": width * each,
        }
        for each, kind in ((1, "avif"), (2, "webp"), (3, "jpeg"))
        for width in (480, 960, 1600)
    ]
    given = [form | {"sha256": form["url"], "one_of": "picture"} for form in forms]
    chosen = "tours.chooseFiles(given, (type) => {}).map((file) => file.url)"
    assert run(chosen.replace("{}", 'type !== "image/avif"'), given) == ["/webp960"]
    wide = [form for form in given if form["width_px"] == 1600]
    assert run(chosen.replace("{}", "true"), wide) == ["/avif1600"]


def test_what_changed_is_all_that_is_missing(run: Any) -> None:  # noqa: ANN401 -- as above
    missing = "tours.missingFiles(given, new Set(['o'])).map((file) => file.sha256)"
    assert run(missing, FILES) == ["m", "p"]
    assert run("tours.weigh(given)", FILES) == 55
    needless = """tours.needlessHashes(new Set(["o", "x"]), [{ chosen: given }])"""
    assert run(needless, FILES) == ["x"]


def test_a_file_is_found_by_its_address_or_by_what_stands_in_for_it(run: Any) -> None:  # noqa: ANN401 -- as above
    tour = {"files": FILES, "chosen": [FILES[0], FILES[2]]}
    found = "given[1].map((url) => tours.findFile(given[0], url)?.url)"
    assert run(found, [tour, ["/a.mp3", "/fr/", "/again", "/no"]]) == [
        "/a.opus",
        "/fr/",
        None,
        None,
    ]
    asset = {"url": "/static/js/~abc/x.js", "kind": "asset"}
    alike = """tours.findAsset({ chosen: [given] }, "/static/js/~def/x.js").url"""
    assert run(alike, asset) == asset["url"]


KEYED = {
    "7": "sept", " 07 ": "sept", "n° 7": "sept", "Arrêt 7": "sept", "#12": "douze",
    "7k2-m9q": "sept", "XOTIlb": "sept", "8": None, "ZZZZZZ": None, "": None,
}  # fmt: skip


def test_what_is_keyed_in_leads_where_the_server_would(run: Any) -> None:  # noqa: ANN401 -- as above
    keyed = "given[1].map((typed) => tours.findKeyed({ stops: given[0] }, typed) ?? null)"
    expected = [place and f"/fr/arrets/{place}" for place in KEYED.values()]
    assert run(keyed, [STOPS, list(KEYED)]) == expected
