"""Where bars stand, whatever was counted."""

from tourapp.staff.audience.charts import HEIGHT, LABEL, MOST_ROWS, ROW, WIDTH, columns, rows


def test_the_highest_column_reaches_the_top_and_none_leaves_the_drawing() -> None:
    chart = columns([("1", 0), ("2", 10), ("3", 5)])
    low, high, half = chart.bars
    assert (low.height, high.height, half.height) == (0, 96, 48)
    assert all(bar.y + bar.height == HEIGHT for bar in chart.bars)
    assert half.x + half.width < WIDTH


def test_rows_end_where_there_is_no_room_any_more() -> None:
    chart = rows([(f"Arrêt {number}", 100 - number) for number in range(MOST_ROWS + 5)])
    assert len(chart.bars) == MOST_ROWS
    assert chart.height == MOST_ROWS * ROW
    assert all(bar.x == LABEL and bar.x + bar.width < WIDTH for bar in chart.bars)


def test_a_long_label_is_shortened() -> None:
    [bar] = rows([("Le carreau de la fosse 9-9bis", 1)]).bars
    assert bar.label == "Le carreau de la f…"


def test_nothing_makes_an_empty_drawing() -> None:
    assert columns([]).bars == rows([]).bars == []
    assert [bar.height for bar in columns([("1", 0)]).bars] == [0]
