"""What randomisation inference costs against respondents, draws and outcomes, as a table.

`python -m tests.benchmarks.randomisation_cost FILE` draws it too (svg, png or pdf).
"""

import sys
import time
from pathlib import Path

import pandas as pd

from analysis.multiplicity import default_families
from analysis.randomisation import randomisation_test

from .randomisation_speed import AREAS, THREE, frame_of

GROWING = {
    "respondents": [(n, 2_000, 6) for n in (1_000, 4_000, 16_000, 64_000, 256_000)],
    "draws": [(4_000, draws, 6) for draws in (1_000, 4_000, 16_000, 64_000)],
    "outcomes": [(4_000, 4_000, outcomes) for outcomes in (1, 3, 9, 27)],
}
WAYS = ("joint maxT", "one by one")


def measure() -> pd.DataFrame:
    """Processor seconds of both ways, one thing growing at a time."""
    rows = []
    for what, doses in GROWING.items():
        for dose in doses:
            for way in WAYS:
                rows.append({"growing": what, "size": dose[list(GROWING).index(what)],
                             "way": way, "seconds": _seconds(*dose, way)})  # fmt: skip
    return pd.DataFrame(rows)


def _seconds(n: int, draws: int, outcomes: int, way: str) -> float:
    frame, design = frame_of(n, outcomes, few=True)
    families = default_families(design.outcomes, THREE) if way == "joint maxT" else ()
    start = time.process_time()
    randomisation_test(frame, design, THREE, draws, 0, families=families)
    return time.process_time() - start


def draw(found: pd.DataFrame, path: Path) -> None:
    """Draw the table: both axes in powers of ten, so that a straight line is a power."""
    import altair as alt

    log = alt.Scale(type="log")
    line = alt.Chart(found).mark_line(point=True)
    chart = line.encode(
        x=alt.X("size:Q", scale=log, title=None),
        y=alt.Y("seconds:Q", scale=log, title="processor seconds"),
        color=alt.Color("way:N", title=None, scale=alt.Scale(range=["#1d5fa8", "#b4580f"])),
        strokeDash=alt.StrokeDash("way:N", title=None),
    )
    facets = chart.properties(width=240, height=200).facet(
        alt.Column("growing:N", title=None, sort=list(GROWING))
    )
    facets.resolve_scale(x="independent").save(str(path))


def main() -> None:
    frame, design = frame_of(400, 2)
    randomisation_test(frame, design, THREE, 10, 0)  # imports
    found = measure()
    print(f"  {AREAS} areas, 3 contrasts; outcomes of five answers, a twentieth missing")
    wide = found.pivot(index=["growing", "size"], columns="way", values="seconds")
    print(wide.loc[list(GROWING)].round(3).to_string())
    if sys.argv[1:] and not sys.argv[1].startswith("-"):
        draw(found, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
