"""Charts of effects: what a page under a strict policy gets, and what a file holds."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from coding.errors import BadInput
from linkage.charts import download, effects_chart
from linkage.figures import decimals, figures
from linkage.pictures.axis import ticks

FRAME = pd.DataFrame(
    {
        "area": ["east", "west", "pooled"],
        "label": ["East <3", "West", "All areas"],
        "contrast": "A alone",
        "estimate": [0.05, -0.03, 0.01],
        "ci_low": [-0.22, -0.29, -0.2],
        "ci_high": [0.32, 0.23, 0.22],
        "n": [248, 246, 494],
    }
)


@pytest.mark.parametrize("width", [700, 340])
def test_page_svg_is_well_formed_of_the_width_asked_and_free_of_code(width: int) -> None:
    drawn = effects_chart(FRAME, width=width, axis_title="Hours a month")
    root = ElementTree.fromstring(drawn)
    assert root.get("width") == str(width)
    assert root.get("role") == "img"
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|javascript:", drawn)
    assert set(re.findall(r"https?://[^\"]+", drawn)) == {"http://www.w3.org/2000/svg"}


def test_page_svg_takes_its_colours_from_the_page() -> None:
    drawn = effects_chart(FRAME)
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn))
    assert colours == {"var(--ink)", "var(--soft)", "var(--rule)", "var(--nudge-a)"}


def test_minus_signs_and_labels_are_real() -> None:
    drawn = effects_chart(FRAME)
    assert "−0.03 (−0.29 to +0.23)" in drawn
    assert "East &lt;3, A alone: +0.05" in drawn
    assert "n 248" in drawn


def test_a_link_stays_inside_the_site_and_has_words() -> None:
    drawn = effects_chart(FRAME.assign(href="/studies/x/effects?area=east"))
    assert 'href="/studies/x/effects?area=east"' in drawn
    assert re.search(r'<a href="[^"]+"[^>]*><text [^>]*>\+0\.05', drawn)


def test_several_contrasts_are_named_at_every_row_under_their_area() -> None:
    frame = pd.concat([FRAME, FRAME.assign(contrast="B alone")]).sort_values("area", kind="stable")
    drawn = effects_chart(frame)
    assert [drawn.count(f">{name}</text>") for name in ("B alone", "West")] == [3, 1]
    assert "var(--nudge-b)" in drawn


def test_an_area_without_an_estimate_is_left_out_and_none_at_all_is_said() -> None:
    assert "West" not in effects_chart(FRAME.assign(estimate=[0.05, float("nan"), 0.01]))
    with pytest.raises(BadInput, match="no effect to draw"):
        effects_chart(FRAME.assign(estimate=float("nan")))


def test_an_estimate_without_an_interval_is_drawn_alone() -> None:
    drawn = effects_chart(FRAME.assign(ci_low=float("nan"), ci_high=float("nan")))
    assert ">+0.05</text>" in drawn
    assert "NaN" not in drawn


def test_the_zero_line_of_a_narrow_chart_leaves_the_texts_alone() -> None:
    frame = FRAME.assign(ci_low=0.0, estimate=0.1)  # zero at the left edge, where the names are
    root = ElementTree.fromstring(effects_chart(frame, width=340))
    lines = [e for e in root.iter() if e.tag.endswith("line") and e.get("stroke") == "var(--soft)"]
    spans = [abs(float(e.get("y2") or 0) - float(e.get("y1") or 0)) for e in lines]
    assert len(spans) == 3
    assert max(spans) < 44  # the height of a row


def test_what_could_have_been_found_and_what_would_matter_are_drawn_in() -> None:
    plain = effects_chart(FRAME)
    drawn = effects_chart(FRAME.assign(mde_80=0.4, sesoi=0.1, shrunken=[0.02, 0.0, float("nan")]))
    assert (plain.count("<rect"), drawn.count("<rect")) == (0, 3)
    assert drawn.count("± 0.1, the smallest effect of interest") == 6
    assert drawn.count("Shrunken towards the areas’ mean") == 2
    assert "Effects within ± 0.4 would be found less than four times in five" in drawn


def test_a_smallest_effect_far_beyond_the_axis_does_not_squeeze_it() -> None:
    assert "smallest effect" not in effects_chart(FRAME.assign(sesoi=9.0))


def test_a_heading_stands_once_above_the_rows_that_bear_it() -> None:
    drawn = effects_chart(FRAME.assign(heading="Hours, Health"))
    assert drawn.count(">Hours, Health</text>") == 1


@pytest.mark.parametrize(
    ("low", "high", "most", "found"),
    [
        (-0.22, 0.32, 7, [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4]),
        (0, 0, 4, [-1.0, 0.0, 1.0]),
        (-2, 31, 4, [-20.0, 0.0, 20.0, 40.0]),
    ],
)
def test_ticks_are_round_and_hold_the_ends(
    low: float, high: float, most: int, found: list[float]
) -> None:
    assert ticks(low, high, most) == found


def test_files_carry_title_and_resolution() -> None:
    assert b">Hours, wave 1<" in download(FRAME, "svg", title="Hours, wave 1")
    assert b">n 494<" in download(FRAME, "svg", lines=["n 494"])
    png = download(FRAME, "png", width=700)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == pytest.approx((700 + 32) * 300 / 72, abs=2)
    assert download(FRAME, "pdf").startswith(b"%PDF")
    with pytest.raises(BadInput, match="svg, png, pdf"):
        download(FRAME, "exe")


@pytest.mark.parametrize(
    ("low", "high", "places"), [(-0.22, 0.32, 2), (-2, 30, 0), (0.001, 0.003, 4), (1, 1, 2)]
)
def test_no_more_digits_than_the_interval_bears(low: float, high: float, places: int) -> None:
    assert decimals(low, high) == places


def test_a_zero_has_no_sign() -> None:
    assert figures(-0.001, -0.2, 0.2) == "0.00 (−0.20 to +0.20)"


@pytest.mark.parametrize(
    "name", ["bell\x1b", "end\uffff", "half\ud83d", "\U0001f33b" * 60], ids=ascii
)
def test_a_name_that_xml_cannot_hold_is_drawn_all_the_same(name: str) -> None:
    frame = FRAME.assign(label=name, contrast=name)
    ElementTree.fromstring(effects_chart(frame, axis_title=name))
    ElementTree.fromstring(download(frame, "svg", title=name))
    assert download(frame, "png").startswith(b"\x89PNG")
