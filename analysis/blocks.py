"""Who takes part, in which block and arm: the one reading of a frame that all estimators share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .arms import Counts, Floats
from .design import Contrast, Design, Outcome
from .errors import BadInput

POOLED = "pooled"


@dataclass(frozen=True)
class Blocks:
    """The respondents of one wave who have area and arm.

    Attributes
    ----------
    wave
        Its label; None where the design has no waves.
    frame : DataFrame (rows,)
    position : array (rows,)
        Where each row stands in the frame that was given.
    block, arm : array (rows,)
        Codes from 0: blocks are areas, or areas by strata; arms as in the design.
    areas : array (blocks,) of str
    """

    wave: Any
    frame: pd.DataFrame
    position: Counts
    block: Counts
    arm: Counts
    areas: NDArray[Any]

    def places(self) -> Iterator[tuple[str, Counts]]:
        """Each area with its blocks, then all together where there is more than one area."""
        names = list(dict.fromkeys(self.areas))
        for name in names:
            yield name, np.flatnonzero(self.areas == name)
        if len(names) > 1:
            yield POOLED, np.arange(len(self.areas))


def read_blocks(frame: pd.DataFrame, design: Design) -> Iterator[Blocks]:
    """Split a checked frame into waves and blocks; rows without area or arm take no part."""
    used = (frame[design.area].notna() & frame[design.arm].notna()).to_numpy()
    if not used.any():
        raise BadInput("Nobody here has both an area and an arm, so there is nothing to estimate.")
    position = np.flatnonzero(used)
    part = frame[used]
    if design.wave is None:
        yield _blocks(None, part, position, design)
        return
    groups = part.groupby(design.wave, sort=True).indices
    for wave, found in groups.items():
        rows = np.asarray(found, dtype=np.int64)
        yield _blocks(wave, part.iloc[rows], position[rows], design)


def _blocks(wave: Any, frame: pd.DataFrame, position: Counts, design: Design) -> Blocks:
    arm = pd.Categorical(frame[design.arm].astype(str), categories=list(design.arms))
    keys = list(dict.fromkeys([design.area, *design.strata]))
    groups = frame.groupby(keys, sort=True, observed=True, dropna=False)
    block = np.asarray(groups.ngroup(), dtype=np.int64)
    first = np.unique(block, return_index=True)[1]
    areas = frame[design.area].iloc[first].astype(str).to_numpy(dtype=object)
    return Blocks(wave, frame, position, block, np.asarray(arm.codes, dtype=np.int64), areas)


def read_clusters(blocks: Blocks, cluster: str | None) -> Counts:
    """Code clusters from 0; every respondent their own where there are none."""
    if cluster is None:
        return np.arange(len(blocks.frame))
    if blocks.frame[cluster].isna().any():
        raise BadInput(f"A respondent has no “{cluster}”; every row needs its cluster.")
    return np.asarray(pd.factorize(blocks.frame[cluster])[0], dtype=np.int64)


def floats(values: "pd.Series[Any]") -> Floats:
    """Numbers of any dtype as float64, NaN where missing."""
    return values.to_numpy(dtype=np.float64, na_value=np.nan)


def check_frame(frame: pd.DataFrame, design: Design) -> list[Outcome]:
    """Return the outcomes that can have responded, or say what in the frame does not fit."""
    outcomes = [outcome for outcome in design.outcomes if outcome.can_respond]
    if not outcomes:
        raise BadInput(
            "No outcome can have responded to a nudge: "
            "each was asked before it or refers to the past."
        )
    needed = [design.area, design.arm, *design.strata, *(o.values for o in outcomes)]
    needed += [name for name in (design.wave, design.cluster) if name]
    check_columns(frame, needed)
    unknown = set(frame[design.arm].drop_duplicates().dropna().astype(str)) - set(design.arms)
    if unknown:
        raise BadInput(
            f"“{min(unknown)}” is not an arm of the design; its arms are: {', '.join(design.arms)}."
        )
    if (frame[design.area].drop_duplicates().astype(str) == POOLED).any():
        raise BadInput(f"An area cannot be called “{POOLED}”, which names all areas together.")
    for outcome in outcomes:
        check_numbers(frame[outcome.values], f"of the outcome “{outcome.key}”")
    return outcomes


def check_columns(frame: pd.DataFrame, needed: Sequence[str]) -> None:
    """Say which column is absent, and which there are."""
    absent = [name for name in needed if name not in frame.columns]
    if absent:
        raise BadInput(
            f"There is no column “{absent[0]}”; there are: {', '.join(map(str, frame.columns))}."
        )


def check_numbers(values: "pd.Series[Any]", what: str) -> None:
    """Refuse text and infinity."""
    if not pd.api.types.is_numeric_dtype(values) and values.notna().any():
        raise BadInput(
            f"The column “{values.name}” {what} holds text; give numbers, or recode its labels."
        )
    if np.isinf(floats(values)).any():
        raise BadInput(f"The column “{values.name}” holds infinity, which is no answer.")


def check_contrasts(contrasts: Sequence[Contrast] | None, design: Design) -> list[Contrast]:
    """Return the contrasts, the design's own where none are given; each has a weight an arm."""
    found = list(contrasts) if contrasts is not None else design.contrasts()
    for contrast in found:
        if len(contrast.weights) != len(design.arms):
            raise BadInput(
                f"The contrast “{contrast.name}” has {len(contrast.weights)} weights; "
                f"the design has {len(design.arms)} arms."
            )
    return found
