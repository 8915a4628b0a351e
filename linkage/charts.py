"""Charts of effects: a zero line, one shared axis, and the figures beside the points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coding.errors import BadInput

from .figures import figures
from .nudges import nudge_of

if TYPE_CHECKING:
    import pandas as pd


def effects_chart(frame: pd.DataFrame, *, width: int = 700, axis_title: str = "") -> str:
    """Draw effects by area as an SVG for a page.

    Parameters
    ----------
    frame : DataFrame
        Rows of `estimate_effects` for one outcome: `area, contrast, estimate, ci_low, ci_high`;
        also, where given, `label` (the row's name), `n` and `href` (an address in this site).
    width : int
        In pixels; under 520 names and figures stand above their row.
    axis_title : str
        What the difference is measured in.

    Raises
    ------
    BadInput
        Where no row has an estimate.
    """
    from .dot_whisker import specify
    from .svg import page_svg

    rows = _rows(frame)
    return page_svg(specify(rows, width, axis_title), _description(rows))


def download(
    frame: pd.DataFrame, form: str, *, width: int = 700, axis_title: str = "", title: str = ""
) -> bytes:
    """Draw the same chart as a file, svg or png, with its title in it."""
    from .dot_whisker import FONT, specify
    from .svg import INK, file_bytes

    rows = _rows(frame).drop(columns="href", errors="ignore")
    spec = specify(rows, width, axis_title)
    if title:
        place = {"anchor": "start", "frame": "bounds", "offset": 14, "fontSize": 14}
        spec["title"] = {"text": title, "color": INK, "font": FONT, **place}
        spec["padding"]["top"] += 34
    return file_bytes(spec, form)


def _rows(frame: pd.DataFrame) -> pd.DataFrame:
    from .svg import LINK_BASE

    drawn = frame[frame["estimate"].notna()].reset_index(drop=True)
    if drawn.empty:
        raise BadInput("There is no effect to draw: no area has an estimate for this choice.")
    rows = drawn[["contrast", "estimate", "ci_low", "ci_high"]].copy()
    rows["area"] = drawn["label" if "label" in drawn else "area"].astype(str)
    rows["label"] = rows["area"].where(drawn["area"] != drawn["area"].shift(), "")
    rows["nudge"] = [nudge_of(name) for name in rows["contrast"]]
    ends = rows[["estimate", "ci_low", "ci_high"]].itertuples(index=False, name=None)
    rows["figures"] = [figures(*values) for values in ends]
    rows["n"] = [f"n {n:,.0f}" for n in drawn["n"]] if "n" in drawn else ""
    if "href" in drawn:
        rows["href"] = LINK_BASE + drawn["href"]
    return rows


def _description(rows: pd.DataFrame) -> str:
    parts = zip(rows["area"], rows["contrast"], rows["figures"], strict=True)
    return "Effects with 95% intervals. " + "; ".join(f"{a}, {c}: {f}" for a, c, f in parts) + "."
