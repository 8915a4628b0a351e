"""How a wave was really randomised: the blocks, clusters and arms that its allocation recorded."""

from dataclasses import dataclass, replace

import pandas as pd
from sqlite_utils import Database

from .design import Design
from .stored_allocation import find_receipts, stored_allocation

SUPPOSED = (
    "How the arms were assigned is not recorded here: the answers came with their arms. "
    "Randomisation inference supposes complete randomisation within area{strata}{cluster}."
)
RECORDED = (
    "Randomisation inference repeats the allocation recorded here: {units} at random within "
    "{within}{batches}."
)
NOT_CLUSTERED = "Respondents were allocated one by one, so errors are not clustered by “{cluster}”."


@dataclass(frozen=True)
class Mechanism:
    """A wave's recorded randomisation.

    Attributes
    ----------
    frame : DataFrame
        One row an allocated respondent: respondent, area_id, area, arm, block, cluster, batch.
        A block is one of a batch, told apart in its label; arms were permuted within it. A cluster
        is None where respondents were allocated one by one. Who joined a cluster that was allocated
        already stands in its block and batch.
    arms : tuple of str
        The control first.
    clustered : bool
        Whether clusters were allocated whole.
    within : tuple of str
        The columns of the first batch's sampling frame that made the blocks.
    batches : int
    """

    frame: pd.DataFrame
    arms: tuple[str, ...]
    clustered: bool
    within: tuple[str, ...]
    batches: int

    @property
    def words(self) -> str:
        """Say in a sentence what randomisation inference repeats."""
        return RECORDED.format(
            units="clusters whole" if self.clustered else "respondents",
            within=", ".join(self.within) or "the whole",
            batches=f", in each of {self.batches} batches apart" if self.batches > 1 else "",
        )


def recorded_mechanism(db: Database, wave_id: int) -> Mechanism | None:
    """Return how a wave was randomised here, or None where answers came with their arms."""
    receipts = find_receipts(db, wave_id)
    frame = stored_allocation(db, wave_id)
    if frame is None:
        return None
    clustered = any(receipt["cluster"] for receipt in receipts)
    if clustered:
        frame["batch"] = frame.groupby("cluster")["batch"].transform("min")
    if len(receipts) > 1:  # on every label, so that none can be mistaken for another
        frame["block"] += " (batch " + frame["batch"].astype(str) + ")"
    first = receipts[0]
    return Mechanism(frame, first["arms"], clustered, first["within"], len(receipts))


def as_randomised(
    frame: pd.DataFrame, design: Design, mechanism: Mechanism | None
) -> tuple[pd.DataFrame, Design]:
    """Give answers the area, block and cluster that were randomised, and the design with them.

    The frame gets columns `block` and, where clusters were allocated, `cluster_allocated`, both
    under a longer name where the answers have such a column; `area_reported` is the area as
    answered. Rows of nobody allocated have no block; they have no arm either.
    """
    frame = frame.assign(area_reported=frame["area"])
    if mechanism is None:
        return frame, design
    found = mechanism.frame.set_index("respondent").reindex(frame["respondent"])
    found.index = frame.index
    for name in ("area", "area_id"):
        frame[name] = found[name].where(found[name].notna(), frame[name])
    frame["area_id"] = frame["area_id"].astype("int64")
    block = _free(frame, "block")
    frame[block] = found["block"].where(found["block"].notna(), None)
    if not mechanism.clustered:
        return frame, replace(design, strata=(block,), cluster=None)
    cluster = _free(frame, "cluster_allocated")
    frame[cluster] = found["cluster"].where(found["cluster"].notna(), frame["respondent"])
    return frame, replace(design, strata=(block,), cluster=cluster)


def mechanism_notes(db: Database, wave_id: int) -> list[str]:
    """Say how a wave with answers was randomised, or what is supposed where that is unknown."""
    from .mapping_toml import parse_mapping
    from .responses import find_import

    mechanism, stored = recorded_mechanism(db, wave_id), find_import(db, wave_id)
    mapping = parse_mapping(stored["mapping"]) if stored else None
    cluster = mapping.cluster if mapping else None
    if mechanism is None:
        strata = "".join(f" and {name}" for name in (mapping.strata if mapping else ()))
        whole = f", of clusters ({cluster}) where each has one arm" if cluster else ""
        return [SUPPOSED.format(strata=strata, cluster=whole)]
    if cluster and not mechanism.clustered:
        return [mechanism.words, NOT_CLUSTERED.format(cluster=cluster)]
    return [mechanism.words]


def _free(frame: pd.DataFrame, name: str) -> str:
    while name in frame.columns:
        name += "_allocated"
    return name
