import csv
import io

import pytest

from tourapp.web.sheets import sheet


def test_a_table_comes_back_as_it_was() -> None:
    rows: list[list[object]] = [["a, b", 'c "d"', 3], ["e\nf", None, 0]]
    read = list(csv.reader(io.StringIO(sheet(["x", "y", "z"], rows), newline="")))
    assert read == [["x", "y", "z"], ["a, b", 'c "d"', "3"], ["e\nf", "", "0"]]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(sign: str) -> None:
    [_, [cell]] = csv.reader(io.StringIO(sheet(["x"], [[f"{sign}1+1"]]), newline=""))
    assert cell == f"'{sign}1+1"


def test_a_number_below_nought_stays_a_number() -> None:
    assert sheet(["x"], [[-1]]) == "x\r\n-1\r\n"
