"""Read of a sampling frame what an allocation needs: ids, blocks and clusters, nothing else."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import BadInput
from ..values import written

Rows = NDArray[np.int64]
Labels = NDArray[Any]

EVERYBODY = "everybody"
TAKEN = ("respondent", "block", "arm", "cluster")
ID_NAMES = ("respondent", "respondent_id", "id", "respid", "case_id", "person")
SHOWN = 5


@dataclass(frozen=True)
class Blocks:
    """The blocks of a frame: the code of each row, and of each block its values and label."""

    code: Rows
    values: list[list[str]]
    labels: Labels


def id_column(frame: pd.DataFrame) -> str:
    """Find the column of respondent ids."""
    for name in frame.columns:
        if str(name).strip().lower() in ID_NAMES:
            return str(name)
    raise BadInput(
        "The frame has no column of respondent ids; name one “respondent” or “id”. "
        f"Its columns are: {', '.join(map(str, frame.columns))}."
    )


def read_frame(frame: pd.DataFrame, within: Sequence[str], cluster: str = "") -> pd.DataFrame:
    """Return respondent and the columns named, as text, ordered by respondent.

    Raises BadInput where the frame is empty, a column is absent or named twice, a value is blank
    or an id occurs twice; rows are counted as a spreadsheet does.
    """
    if frame.empty:
        raise BadInput("The sampling frame has no rows.")
    respondent = id_column(frame)
    named = [*within, *([cluster] if cluster else [])]
    _check_named(frame, named, respondent)
    used = pd.DataFrame({"respondent": frame[respondent].map(written).astype(object)})
    for name in named:
        used[name] = frame[name].map(written).astype(object)
    for name in used.columns:
        blank = np.flatnonzero((used[name] == "").to_numpy())
        if len(blank):
            raise BadInput(f"Row {blank[0] + 2} of the frame has no {name}; fill it in.")
    _check_once(used["respondent"].reset_index(drop=True))
    return used.sort_values("respondent", kind="stable", ignore_index=True)


def _check_once(respondent: "pd.Series[Any]") -> None:
    twice = respondent.duplicated(keep=False).to_numpy()
    if twice.any():
        first = respondent.to_numpy()[twice][0]
        rows = [str(i + 2) for i in np.flatnonzero((respondent == first).to_numpy())]
        raise BadInput(
            f"Respondent “{first}” occurs in rows {', '.join(rows[:SHOWN])} of the frame; "
            "each may occur once."
        )


def _check_named(frame: pd.DataFrame, named: Sequence[str], respondent: str) -> None:
    for number, name in enumerate(named):
        if name not in frame.columns:
            raise BadInput(
                f"The frame has no column “{name}”; "
                f"its columns are: {', '.join(map(str, frame.columns))}."
            )
        if name in named[:number]:
            raise BadInput(f"The column “{name}” is named twice; name each column once.")
        if name == respondent or name in TAKEN:
            raise BadInput(
                f"Respondents cannot be allocated within the column “{name}”: "
                "it is the id, or the allocation has a column of that name; rename it."
            )


def find_blocks(used: pd.DataFrame, within: Sequence[str]) -> Blocks:
    """Find the blocks of a frame that was read, each label its own."""
    if not within:
        none = np.zeros(len(used), dtype=np.int64)
        return Blocks(none, [[]], np.asarray([EVERYBODY], dtype=object))
    groups = used.groupby(list(within), sort=False)
    code: Rows = np.asarray(groups.ngroup(), dtype=np.int64)
    first = np.unique(code, return_index=True)[1]
    values = [[str(value) for value in row] for row in used[list(within)].iloc[first].to_numpy()]
    labels = [" / ".join(row) for row in values]
    if len(set(labels)) < len(labels):  # “a / b” and “c” is not “a” and “b / c”
        labels = [json.dumps(row, ensure_ascii=False) for row in values]
    return Blocks(code, values, np.asarray(labels, dtype=object))


def check_clusters(used: pd.DataFrame, cluster: str, blocks: Blocks) -> None:
    """Raise BadInput where a cluster lies in two blocks, and so cannot be allocated whole."""
    pairs = pd.DataFrame({"cluster": used[cluster], "block": blocks.code}).drop_duplicates()
    torn = pairs["cluster"].duplicated(keep=False).to_numpy()
    if torn.any():
        name = pairs["cluster"].to_numpy()[torn][0]
        where = blocks.labels[pairs["block"][pairs["cluster"] == name]][:SHOWN]
        count = pairs["cluster"][torn].nunique()
        others = f"; so do {count - 1:,} others" if count > 1 else ""
        raise BadInput(
            f"“{name}” of the column “{cluster}” lies in several blocks ({'; '.join(where)})"
            f"{others}. Block by columns that are the same for all of a cluster, and give "
            "clusters of different areas different names."
        )
