"""Pictures of estimates: everything is drawn that has a figure, and nothing that has none."""

from xml.etree import ElementTree

import pytest

from linkage.pictures import draw_estimates, draw_hours, draw_stacked, file_bytes, page_svg

NOTHING = dict.fromkeys(("estimate", "ci_low", "ci_high", "lower", "upper"))
ROWS = [
    {**NOTHING, "name": "unadjusted", "estimate": 0.2, "ci_low": -0.1, "ci_high": 0.5},
    {**NOTHING, "name": "no figure"},
    {**NOTHING, "name": "bounds <b>", "lower": -0.4, "upper": 0.6, "heading": "East"},
    {**NOTHING, "name": "point", "estimate": -0.3},
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("width", [330, 760])
def test_a_dot_an_estimate_and_a_bar_a_pair_of_bounds(width: int) -> None:
    drawn = page_svg(draw_estimates(ROWS, "Picture", "difference", width=width))
    tree = ElementTree.fromstring(drawn)
    assert len(tree.findall(f"{SVG}circle")) == 2
    assert len(tree.findall(f"{SVG}rect[@fill-opacity]")) == 1
    words = [text.text for text in tree.iter(f"{SVG}text")]
    assert "no figure" not in words
    assert "bounds −0.40 to +0.60" in words
    assert tree.get("aria-label", "").startswith("Picture: unadjusted +0.20 (−0.10 to +0.50)")


@pytest.mark.parametrize("width", [330, 760])
def test_bars_are_as_long_as_shares(width: int) -> None:
    rows = [
        {"arm": arm, "label": label, "share": share, "n": 10, "answered": 40}
        for arm in ("No nudge", "Both")
        for label, share in (("Never", 0.25), ("Often", 0.5), ("Always", 0.25))
    ]
    tree = ElementTree.fromstring(page_svg(draw_stacked(rows, "Answers", width=width)))
    wide = [float(r.get("width", 0)) for r in tree.findall(f"{SVG}rect") if r.get("height") == "30"]
    assert len(wide) == 6
    assert wide[1] == pytest.approx(2 * wide[0], abs=0.02)
    gone = [{**row, "share": None, "n": None} for row in rows[:3]] + rows[3:]
    assert "suppressed or nobody answered" in page_svg(draw_stacked(gone, "Answers", width=width))


def test_hours_with_nobody_and_suppressed_bars_are_drawn() -> None:
    bars = [(0.0, 0.0, 0.5), (0.0, 2.0, None), (2.0, None, 0.5)]
    rows = [
        {"arm": arm, "low": low, "high": high, "share": share, "n": None if share is None else 9,
         "answered": 18}
        for arm in ("No nudge", "Both", "A")
        for low, high, share in bars
    ]  # fmt: skip
    sheet = draw_hours(rows, {"No nudge": 1.0, "Both": None}, "Hours")
    for form, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        assert file_bytes(sheet, form, "Title", ["line"]).startswith(start)


def test_bounds_that_dwarf_the_intervals_end_in_arrowheads() -> None:
    from linkage.pictures.sensitivity import _ends

    rows = [
        {"estimate": 0.2, "ci_low": -0.1, "ci_high": 0.5, "lower": None, "upper": None},
        {"estimate": None, "ci_low": None, "ci_high": None, "lower": -13.0, "upper": 0.7},
    ]
    assert _ends(rows) == [0.2, -0.1, 0.5, 0.7]
    assert _ends(rows[1:]) == [-13.0, 0.7]
