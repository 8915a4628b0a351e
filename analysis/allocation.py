"""Blocked random assignment: seeded, independent of row order, checked from its receipt."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .errors import BadInput, check_line
from .values import written

Rows = NDArray[np.intp]
Labels = NDArray[Any]

EVERYBODY = "everybody"
TAKEN = ("respondent", "block", "arm")
NO_ARMS = ("respondent", "block", "area")  # columns of tables that have one an arm
ID_NAMES = ("respondent", "respondent_id", "id", "respid", "case_id", "person")
RULE = (
    "Complete randomisation within each block: arm sizes differ by at most one, which arms get "
    "the extra respondents is itself random. Respondents are ordered by id; each block draws from "
    "numpy's PCG64 seeded with the seed and the sha256 of the block's values as a JSON list."
)


@dataclass(frozen=True)
class Receipt:
    """What is needed to make the same allocation again and to see that it is the same."""

    frame_sha256: str
    within: tuple[str, ...]
    arms: tuple[str, ...]
    seed: int
    rule: str
    respondents: int
    result_sha256: str


def allocate(
    frame: pd.DataFrame, within: Sequence[str], arms: Sequence[str], seed: int
) -> tuple[pd.DataFrame, Receipt]:
    """Assign every respondent of a sampling frame to an arm, at random within blocks.

    Parameters
    ----------
    frame : DataFrame
        One row a respondent, with a column of ids (`ID_NAMES`) and the columns of `within`;
        nothing else of it is used or kept.
    within : sequence of str
        Columns whose combinations are the blocks, the area first.
    arms : sequence of str
        Two or more arms, the control first.
    seed : int
        Not negative.

    Returns
    -------
    allocated : DataFrame
        Columns respondent, the columns of `within`, block, arm; ordered by respondent.
    receipt : Receipt

    Raises
    ------
    BadInput
        The frame is empty, a column is absent, an id or a block value is blank, an id occurs
        twice, or arms or seed cannot be used.
    """
    arms, seed = _check_arms(arms), _check_seed(seed)
    used = _check_frame(frame, within)
    used["block"], assigned = EVERYBODY, np.empty(len(used), dtype=object)
    for values, rows in _blocks(used, list(within)):
        used.loc[rows, "block"] = " / ".join(values) or EVERYBODY
        assigned[rows] = _assign(len(rows), arms, seed, json.dumps(values, ensure_ascii=False))
    used["arm"] = assigned
    receipt = Receipt(
        frame_sha256=_hash(used[["respondent", *within]]),
        within=tuple(within),
        arms=arms,
        seed=seed,
        rule=RULE,
        respondents=len(used),
        result_sha256=_hash(used[["respondent", "arm"]]),
    )
    return used, receipt


def verify(frame: pd.DataFrame, receipt: Receipt) -> list[str]:
    """Allocate again and compare with a receipt; return what differs, nothing where all holds."""
    again = allocate(frame, receipt.within, receipt.arms, receipt.seed)[1]
    told = {
        "frame_sha256": "The sampling frame is not the one that was allocated.",
        "respondents": "The number of respondents differs.",
        "result_sha256": "The allocation differs from the one recorded.",
    }
    return [
        sentence
        for name, sentence in told.items()
        if getattr(again, name) != getattr(receipt, name)
    ]


def id_column(frame: pd.DataFrame) -> str:
    """Find the column of respondent ids."""
    for name in frame.columns:
        if str(name).strip().lower() in ID_NAMES:
            return str(name)
    raise BadInput(
        "The frame has no column of respondent ids; name one “respondent” or “id”. "
        f"Its columns are: {', '.join(map(str, frame.columns))}."
    )


def _check_arms(arms: Sequence[str]) -> tuple[str, ...]:
    names = tuple(str(arm).strip() for arm in arms)
    if len(names) < 2 or len(set(names)) != len(names) or not all(names):
        raise BadInput("Give two or more different arms, the control first: none,A,B,A+B.")
    for name in names:
        check_line(name, "The arm")
        if name.casefold() in NO_ARMS:
            raise BadInput(f"An arm cannot be called “{name}”; choose another name.")
    return names


def _check_seed(seed: int) -> int:
    if isinstance(seed, bool) or int(seed) != seed or not 0 <= seed < 2**63:
        raise BadInput("The seed must be a whole number from 0 to 9223372036854775807.")
    return int(seed)


def _blocks(used: pd.DataFrame, within: list[str]) -> Iterator[tuple[list[str], Rows]]:
    if not within:
        yield [], np.arange(len(used))
        return
    for found in used.groupby(within, sort=False).indices.values():
        rows = np.asarray(found, dtype=np.intp)
        yield [str(value) for value in used[within].iloc[int(rows[0])]], rows


def _check_frame(frame: pd.DataFrame, within: Sequence[str]) -> pd.DataFrame:
    if frame.empty:
        raise BadInput("The sampling frame has no rows.")
    respondent = id_column(frame)
    _check_within(frame, within, respondent)
    used = pd.DataFrame({"respondent": frame[respondent].map(written).astype(object)})
    for name in within:
        used[name] = frame[name].map(written).astype(object)
    for name in used.columns:
        blank = np.flatnonzero((used[name] == "").to_numpy())
        if len(blank):
            raise BadInput(f"Row {blank[0] + 2} of the frame has no {name}; fill it in.")
    twice = used["respondent"].duplicated(keep=False).to_numpy()
    if twice.any():
        first = used["respondent"].to_numpy()[twice][0]
        rows = [str(i + 2) for i in np.flatnonzero((used["respondent"] == first).to_numpy())]
        raise BadInput(
            f"Respondent “{first}” occurs in rows {', '.join(rows[:5])} of the frame; "
            "each may occur once."
        )
    return used.sort_values("respondent", kind="stable", ignore_index=True)


def _check_within(frame: pd.DataFrame, within: Sequence[str], respondent: str) -> None:
    for number, name in enumerate(within):
        if name not in frame.columns:
            raise BadInput(
                f"The frame has no column “{name}”; "
                f"its columns are: {', '.join(map(str, frame.columns))}."
            )
        if name in within[:number]:
            raise BadInput(f"The column “{name}” is named twice; name each column once.")
        if name == respondent or name in TAKEN:
            raise BadInput(
                f"Respondents cannot be allocated within the column “{name}”: "
                "it is the id, or the allocation has a column of that name; rename it."
            )


def _assign(size: int, arms: Sequence[str], seed: int, block: str) -> Labels:
    label = int.from_bytes(hashlib.sha256(block.encode()).digest()[:8])
    rng = np.random.Generator(np.random.PCG64([seed, label]))
    extra = rng.permutation(len(arms))[: size % len(arms)]
    labels = np.concatenate([np.repeat(np.arange(len(arms)), size // len(arms)), extra])
    assigned: Labels = np.asarray(arms, dtype=object)[rng.permutation(labels)]
    return assigned


def _hash(table: pd.DataFrame) -> str:
    rows = json.dumps(table.to_numpy().tolist(), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(rows.encode()).hexdigest()
