"""Assign respondents, or whole clusters of them, to arms at random within blocks."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import BadInput
from .reading import Blocks, check_clusters, find_blocks, read_frame
from .receipt import RULE, RULE_OF_SHARES, Receipt, check_arms, check_seed, check_shares

Arms = NDArray[np.int64]


def allocate(
    frame: pd.DataFrame,
    within: Sequence[str],
    arms: Sequence[str],
    seed: int,
    *,
    cluster: str = "",
    shares: Sequence[int] = (),
    batch: int = 1,
    earlier: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, Receipt]:
    """Assign every respondent of a sampling frame to an arm, at random within blocks.

    Parameters
    ----------
    frame : DataFrame
        One row a respondent, with a column of ids (`ID_NAMES`) and the columns of `within` and
        `cluster`; nothing else of it is used or kept.
    within : sequence of str
        Columns whose combinations are the blocks, the area first.
    arms : sequence of str
        Two or more arms, the control first.
    seed : int
        Not negative.
    cluster : str, optional
        The column of what is allocated whole, such as the household; it lies in one block.
    shares : sequence of int, optional
        How large the arms are to each other; equal where absent.
    batch, earlier : int, DataFrame, optional
        Of a late addition: its number, and what was allocated before it (respondent, block, arm,
        cluster). Nobody of it may be in the frame; who joins a cluster of it takes its arm.

    Returns
    -------
    allocated : DataFrame
        Columns respondent, the columns of `within`, block, arm and, of clusters, cluster; ordered
        by respondent.
    receipt : Receipt

    Raises
    ------
    BadInput
        The frame is empty, a column is absent, an id or a block value is blank, an id occurs
        twice or is allocated already, a cluster lies in two blocks, or arms, shares or seed
        cannot be used.
    """
    arms, seed = check_arms(arms), check_seed(seed)
    shares = check_shares(shares, arms)
    used = read_frame(frame, within, cluster)
    if earlier is not None:
        _check_new(used, earlier)
    frame_sha256 = _hash(used)
    simple = not cluster and not shares and batch == 1
    used = _assigned(used, list(within), arms, seed, cluster, shares, 0 if simple else batch)
    if cluster:
        used = used.rename(columns={cluster: "cluster"})
        used = used[["respondent", *within, "block", "arm", "cluster"]]
        used = used if earlier is None else _joined(used, earlier)
    return used, Receipt(
        frame_sha256=frame_sha256,
        within=tuple(within),
        arms=arms,
        seed=seed,
        rule=RULE if simple else RULE_OF_SHARES,
        respondents=len(used),
        result_sha256=result_hash(used),
        cluster=cluster,
        shares=shares,
        batch=batch,
    )


def verify(frame: pd.DataFrame, receipt: Receipt, earlier: pd.DataFrame | None = None) -> list[str]:
    """Allocate again and compare with a receipt; return what differs, nothing where all holds."""
    again = allocate(
        frame, receipt.within, receipt.arms, receipt.seed, cluster=receipt.cluster,
        shares=receipt.shares, batch=receipt.batch, earlier=earlier,
    )[1]  # fmt: skip
    told = {
        "frame_sha256": "The sampling frame is not the one that was allocated.",
        "respondents": "The number of respondents differs.",
        "rule": "The rule is not the one by which this version allocates.",
        "result_sha256": "The allocation differs from the one recorded.",
    }
    return [
        sentence
        for name, sentence in told.items()
        if getattr(again, name) != getattr(receipt, name)
    ]


def _check_new(used: pd.DataFrame, earlier: pd.DataFrame) -> None:
    again = used["respondent"][used["respondent"].isin(set(earlier["respondent"]))]
    if len(again):
        more = f" and {len(again) - 5:,} more" if len(again) > 5 else ""
        raise BadInput(
            f"{len(again):,} of these respondents are allocated already ({', '.join(again[:5])}"
            f"{more}); who is allocated stays so: leave them out of the frame of additions."
        )


def _assigned(
    used: pd.DataFrame,
    within: list[str],
    arms: tuple[str, ...],
    seed: int,
    cluster: str,
    shares: tuple[int, ...],
    batch: int,
) -> pd.DataFrame:
    """Add columns block and arm; batch 0 is the simple rule, whose draws stay as they ever were."""
    blocks = find_blocks(used, within)
    if cluster:
        check_clusters(used, cluster, blocks)
        unit, names = pd.factorize(used[cluster], sort=True)
        code = np.empty(len(names), dtype=np.int64)
        code[unit] = blocks.code
    else:
        unit, code = np.arange(len(used)), blocks.code
    units = Blocks(code, blocks.values, blocks.labels)
    found = draw_arms(units, shares or (1,) * len(arms), seed, batch)
    return used.assign(
        block=blocks.labels[blocks.code], arm=np.asarray(arms, dtype=object)[found[unit]]
    )


def draw_arms(blocks: Blocks, shares: tuple[int, ...], seed: int, batch: int) -> Arms:
    """Draw the code of each unit's arm, block by block; batch 0 is the simple rule."""
    found = np.empty(len(blocks.code), dtype=np.int64)
    order = np.argsort(blocks.code, kind="stable")
    ends = np.cumsum(np.bincount(blocks.code, minlength=len(blocks.values)))[:-1]
    for values, rows in zip(blocks.values, np.split(order, ends), strict=True):
        rng = _generator(seed, [batch, *values] if batch else values)
        draw = _by_shares if batch else _evenly
        found[rows] = rng.permutation(draw(rng, len(rows), shares))
    return found


def _evenly(rng: np.random.Generator, units: int, shares: Sequence[int]) -> Arms:
    """The arms of the simple rule, not yet shuffled; receipts of earlier versions rely on it."""
    arms = len(shares)
    extra = rng.permutation(arms)[: units % arms]
    return np.concatenate([np.repeat(np.arange(arms), units // arms), extra])


def _by_shares(rng: np.random.Generator, units: int, shares: Sequence[int]) -> Arms:
    return np.repeat(np.arange(len(shares)), arm_sizes(rng, units, shares))


def _generator(seed: int, told: list[Any]) -> np.random.Generator:
    text = json.dumps(told, ensure_ascii=False)
    label = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
    return np.random.Generator(np.random.PCG64([seed, label]))


def arm_sizes(rng: np.random.Generator, units: int, shares: Sequence[int]) -> Arms:
    """Share units out: each arm's exact share, rounded down or up with the chance of its rest.

    Notes
    -----
    Systematic sampling with probabilities proportional to the remainders, in random order
    (Madow 1949): every remainder is below one, so no arm is picked twice, and the chance of each
    is exactly its remainder.
    """
    weights, whole = np.asarray(shares, dtype=np.int64), sum(shares)
    sizes, rest = units * weights // whole, units * weights % whole
    if not rest.any():
        return np.asarray(sizes, dtype=np.int64)
    order = rng.permutation(len(weights))
    picked = pick(rest[order], whole, int(rng.integers(whole)))
    sizes[order] += picked
    return np.asarray(sizes, dtype=np.int64)


def pick(rest: Arms, whole: int, start: int) -> Arms:
    """1 where one of the points start, start + whole, … falls within an arm's stretch, else 0."""
    ends = np.cumsum(rest)
    below = -((start - np.concatenate([[0], ends])) // whole)  # points below each end
    return np.asarray(np.diff(below), dtype=np.int64)


def _joined(used: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Give who joins a cluster of an earlier batch its arm and block."""
    known = earlier.dropna(subset="cluster").drop_duplicates("cluster").set_index("cluster")
    found = known.reindex(used["cluster"])
    for name in ("block", "arm"):
        there = found[name].to_numpy(dtype=object)
        used[name] = np.where(pd.isna(there), used[name].to_numpy(dtype=object), there)
    return used


def result_hash(allocated: pd.DataFrame) -> str:
    """Hash who has which arm, whatever the order of the rows."""
    ordered = allocated[["respondent", "arm"]].sort_values("respondent", kind="stable")
    return _hash(ordered)


def _hash(table: pd.DataFrame) -> str:
    rows = json.dumps(table.to_numpy().tolist(), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(rows.encode()).hexdigest()
