import pytest

from tourapp.web.ranges import ByteRange, UnsatisfiableRangeError, parse_range

SIZE = 1000


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-499", 0, 500),
        ("bytes=500-", 500, 1000),
        ("bytes=999-", 999, 1000),
        ("bytes=900-5000", 900, 1000),
        ("bytes=-1", 999, 1000),
        ("bytes=-1000", 0, 1000),
        ("bytes=-5000", 0, 1000),
        ("BYTES=0-9", 0, 10),
        ("bytes = 0-9 ,", 0, 10),
        (f"bytes=1-{'9' * 99}", 1, 1000),
    ],
)
def test_one_range_is_honoured_within_the_file(header: str, start: int, end: int) -> None:
    assert parse_range(header, size=SIZE) == ByteRange(start, end, SIZE)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=9-5",
        "bytes=--5",
        "bytes=0-1-2",
        "bytes=0x1-2",
        "bytes=1.5-2",
        "bytes=0-1,5-6",
        "bytes=-1, 0-1",
        "seconds=0-1",
        "0-1",
        f"bytes={'9' * 5000}-",
    ],
)
def test_anything_else_means_the_whole_file(header: str | None) -> None:
    assert parse_range(header, size=SIZE) is None


@pytest.mark.parametrize(
    ("header", "size"),
    [
        ("bytes=1000-", SIZE),
        ("bytes=1000-1001", SIZE),
        (f"bytes={'9' * 99}-", SIZE),
        ("bytes=-0", SIZE),
        ("bytes=0-", 0),
        ("bytes=0-0", 0),
        ("bytes=-5", 0),
    ],
)
def test_a_range_behind_the_end_cannot_be_satisfied(header: str, size: int) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, size=size)


def test_a_range_tells_its_place_in_the_file() -> None:
    assert ByteRange(0, 500, SIZE).content_range == "bytes 0-499/1000"
