"""The picture of calibration runs as far as its points, and draws only bins that hold any."""

import pytest

from linkage.pictures import page_svg
from linkage.pictures.calibration import draw_calibration


def points(*pairs: tuple[float, float, int]) -> list[dict]:
    return [{"predicted": p, "observed": o, "n": n} for p, o, n in pairs]


@pytest.mark.parametrize(
    ("bins", "end"),
    [
        (points((0.02, 0.03, 9)), "5 %"),
        (points((0.02, 0.03, 9), (0.07, 0.2, 9)), "20 %"),
        (points((0.9, 1.0, 9)), "100 %"),
    ],
)
def test_the_axes_hold_every_point(bins: list[dict], end: str) -> None:
    drawn = page_svg(draw_calibration(bins, "Calibration"))
    assert drawn.count("<circle") == len(bins)
    assert drawn.count(f">{end}</text>") == 2


def test_an_empty_bin_is_not_drawn() -> None:
    bins = [*points((0.5, 0.4, 3)), {"predicted": None, "observed": None, "n": 0}]
    assert page_svg(draw_calibration(bins, "Calibration")).count("<circle") == 1
