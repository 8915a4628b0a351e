"""Charts of effects: a zero line, one shared axis, and the figures beside the points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coding.errors import BadInput

from .figures import figures
from .nudges import nudge_of

if TYPE_CHECKING:
    import pandas as pd

    from .pictures import Sheet

OPTIONAL = {"mde_80": "mde", "sesoi": "sesoi", "shrunken": "shrunken", "href": "href"}


def effects_chart(frame: pd.DataFrame, *, width: int = 700, axis_title: str = "") -> str:
    """Draw effects by area as an SVG for a page.

    Parameters
    ----------
    frame : DataFrame
        Rows of `estimate_effects`: `area, contrast, estimate, ci_low, ci_high`; also, where given,
        `label` (the row's name), `heading` (above the first of the rows that bear it), `n`,
        `href` (an address in this site), and `mde_80`, `sesoi`, `shrunken`, which are drawn in.
    width : int
        In pixels; under 520 names and figures stand above their row.
    axis_title : str
        What the difference is measured in.

    Raises
    ------
    BadInput
        Where no row has an estimate.
    """
    from .pictures import page_svg

    return page_svg(effects_sheet(frame, width=width, axis_title=axis_title))


def download(
    frame: pd.DataFrame,
    form: str,
    *,
    width: int = 760,
    axis_title: str = "",
    title: str = "",
    lines: Sequence[str] = (),
) -> bytes:
    """Draw the same chart as a file (svg, png or pdf) headed by its title and lines."""
    from .pictures import file_bytes

    return file_bytes(effects_sheet(frame, width=width, axis_title=axis_title), form, title, lines)


def effects_sheet(frame: pd.DataFrame, *, width: int = 760, axis_title: str = "") -> Sheet:
    """Put the effects on a sheet, which becomes markup or a file."""
    from .pictures import draw_effects

    rows = _rows(frame)
    return draw_effects(rows, _description(rows), width=width, axis_title=axis_title)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    drawn = [row for row in frame.to_dict("records") if _known(row["estimate"])]
    if not drawn:
        raise BadInput("There is no effect to draw: no area has an estimate for this choice.")
    several, together = _contrasts(drawn)
    rows, above = [], ""
    for row in drawn:
        area = str(row.get("label", row["area"]))
        by_contrast = several and area != row["contrast"]
        heading = row.get("heading") or ""
        if by_contrast:
            part = str(row["contrast"]) if together else area
            heading = f"{heading}: {part}" if heading else part
        rows.append(
            {
                "area": area,
                "contrast": str(row["contrast"]),
                "nudge": nudge_of(str(row["contrast"])),
                "label": str(row["contrast"]) if by_contrast and not together else area,
                "heading": "" if heading == above else heading,
                "figures": figures(row["estimate"], row["ci_low"], row["ci_high"]),
                "n": f"n {row['n']:,.0f}" if "n" in row else "",
                "pooled": row["area"] == "pooled",
                **{name: row[name] for name in ("estimate", "ci_low", "ci_high")},
                **{to: row[name] for name, to in OPTIONAL.items() if _known(row.get(name))},
            }
        )
        above = heading
    return rows


def _contrasts(drawn: Sequence[dict[Any, Any]]) -> tuple[bool, bool]:
    """Whether there are several contrasts, and whether the rows of each stand together."""
    keys = [(row.get("heading"), row["contrast"]) for row in drawn]
    runs = 1 + sum(one != other for one, other in zip(keys, keys[1:], strict=False))
    several = len({contrast for _, contrast in keys}) > 1
    return several, runs == len(set(keys)) < len(keys)


def _known(value: Any) -> bool:
    return value is not None and value == value


def _description(rows: Sequence[dict[str, Any]]) -> str:
    told = (f"{row['area']}, {row['contrast']}: {row['figures']}" for row in rows)
    return f"Effects with 95% intervals. {'; '.join(told)}."
