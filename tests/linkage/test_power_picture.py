"""The curve of power: a line for each precision, told in words too, and files of it."""

from hypothesis import given
from hypothesis import strategies as st

from linkage.pictures import draw_power, file_bytes, page_svg
from linkage.pictures.power_curve import ticks

LINES = [
    {"name": f"Line <{number}>", "points": [(n, min(1.0, n / 900)) for n in range(100, 1000, 100)]}
    for number in range(7)
]


def test_a_line_each_that_differ_in_more_than_colour() -> None:
    drawn = page_svg(draw_power(LINES[:3], "What is shown", now=400))
    assert drawn.count("<polyline") == 3
    assert "Line &lt;2&gt;" in drawn
    assert 'aria-label="What is shown"' in drawn
    assert "now 400" in drawn
    dashes = {part.split('"')[0] for part in drawn.split('stroke-dasharray="')[1:]}
    assert {"7 4", "2 4"} <= dashes


def test_more_lines_than_can_be_told_apart_are_left_out() -> None:
    assert page_svg(draw_power(LINES, "All", width=330)).count("<polyline") == 5


def test_nothing_to_draw_is_drawn_empty() -> None:
    assert page_svg(draw_power([], "None")).startswith("<svg")


def test_files() -> None:
    sheet = draw_power(LINES[:2], "What is shown", now=400)
    assert file_bytes(sheet, "pdf", "Title", ["A line"]).startswith(b"%PDF")


@given(st.floats(1, 1e7), st.sampled_from([330, 760]))
def test_ticks_are_round_and_few(last: float, width: int) -> None:
    found = ticks(last, width)
    assert found[0] == 0
    assert len(found) <= 9
    assert found[-1] <= last
