"""Set a survey beside the stored allocation, and beside an earlier import of the wave."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .values import written

SHOWN = 5


def compare_with_allocation(
    frame: pd.DataFrame, allocation: pd.DataFrame | None
) -> tuple[pd.DataFrame, list[str]]:
    """Give each respondent the allocated arm; say whose id, arm or area contradicts it.

    Returns
    -------
    frame : DataFrame
        With ``arm`` as allocated (blank for ids that were not) and ``arm_reported`` as answered.
    report : list of str
    """
    frame = frame.assign(arm_reported=frame["arm"])
    if allocation is None:
        return frame, []
    stored = allocation.set_index("respondent").reindex(frame["respondent"])
    arm = stored["arm"].to_numpy(dtype=object)
    unknown = pd.isna(arm)
    report = []
    if unknown.any():
        report.append(
            f"{int(unknown.sum()):,} respondents are not in the stored allocation and are not "
            f"analysed: {_some(frame['respondent'][unknown])}."
        )
    other = ~unknown & (arm != frame["arm_reported"].to_numpy(dtype=object))
    if other.any():
        told = [
            f"{who} (allocated {allocated}, reported {reported})"
            for who, allocated, reported in zip(
                frame["respondent"][other], arm[other], frame["arm_reported"][other], strict=True
            )
        ]
        report.append(
            f"{len(told):,} respondents report another arm than the allocated one, "
            f"which is the one analysed: {_some(told)}."
        )
    area = stored["area"].to_numpy(dtype=object)
    moved = ~unknown & ~pd.isna(area) & (area != frame["area"].to_numpy(dtype=object))
    if moved.any():
        report.append(
            f"{int(moved.sum()):,} respondents answer in another area than they were allocated "
            f"in: {_some(frame['respondent'][moved])}."
        )
    return frame.assign(arm=pd.Series(arm, index=frame.index).where(~unknown, None)), report


@dataclass(frozen=True)
class Difference:
    """What answers that replace earlier ones would change.

    Attributes
    ----------
    new, gone, changed : int
        Respondents who came, went, or answer otherwise.
    items : DataFrame
        item, change (``changed``, ``new item``, ``item gone``), otherwise, newly_answered,
        no_longer_answered: respondents in both imports, an item a row; only items that differ.
    examples : DataFrame
        respondent, item, before, after: a few, for those who may see who answered.
    """

    new: int
    gone: int
    changed: int
    items: pd.DataFrame
    examples: pd.DataFrame

    def __str__(self) -> str:
        return (
            f"{self.new:,} respondents are new, {self.gone:,} are gone, "
            f"{self.changed:,} answer otherwise"
        )

    @property
    def none(self) -> bool:
        """Whether nothing that is stored would differ."""
        return not (self.new or self.gone or self.changed or len(self.items))


def compare_answers(before: pd.DataFrame, after: pd.DataFrame) -> Difference:
    """Set a wave's stored answers, with `arm_reported`, beside a mapped file, by respondent."""
    said = {f"{name}_reported": name for name in ("arm", "area") if f"{name}_reported" in before}
    reported = before.drop(columns=[*said.values(), *_NOT_ANSWERED], errors="ignore")
    old = reported.rename(columns=said).set_index("respondent")
    new = after.set_index("respondent")
    if "weight" not in new and old["weight"].isna().all():  # its column stands in every table
        old = old.drop(columns="weight")
    both = old.index.intersection(new.index)
    left, right = old.loc[both], new.loc[both]
    shared = [name for name in new.columns if name in old.columns]
    moved = {name: _differs(left[name], right[name]) for name in shared}
    rows = [_item(name, left[name], right[name], moved[name]) for name in shared]
    rows += [_whole(name, "new item") for name in new.columns if name not in old.columns]
    rows += [_whole(name, "item gone") for name in old.columns if name not in new.columns]
    items = pd.DataFrame(rows, columns=["item", "change", *_COUNTS])
    quiet = (items["change"] == "changed") & (items[_COUNTS].sum(axis=1) == 0)
    any_moved = np.logical_or.reduce([*moved.values(), np.zeros(len(both), dtype=bool)])
    return Difference(
        len(new.index.difference(old.index)),
        len(old.index.difference(new.index)),
        int(any_moved.sum()),
        items[~quiet].reset_index(drop=True),
        _examples(left, right, moved),
    )


# What stands beside the answers and comes from elsewhere in the study.
_NOT_ANSWERED = ("area_id", "group_member", "block", "cluster_allocated")
_COUNTS = ["otherwise", "newly_answered", "no_longer_answered"]


def _differs(left: "pd.Series[Any]", right: "pd.Series[Any]") -> "np.ndarray[Any, Any]":
    gone = left.isna().to_numpy() & right.isna().to_numpy()
    if not all(pd.api.types.is_numeric_dtype(side) for side in (left, right)):
        left, right = left.astype(object), right.astype(object)
    return np.asarray((left.to_numpy() != right.to_numpy()) & ~gone, dtype=bool)


def _item(name: str, left: "pd.Series[Any]", right: "pd.Series[Any]", moved: Any) -> list[Any]:
    before, after = left.notna().to_numpy(), right.notna().to_numpy()
    counts = (moved & before & after, ~before & after, before & ~after)
    return [name, "changed", *(int(one.sum()) for one in counts)]


def _whole(name: str, change: str) -> list[Any]:
    return [name, change, 0, 0, 0]


def _examples(left: pd.DataFrame, right: pd.DataFrame, moved: dict[str, Any]) -> pd.DataFrame:
    rows = []
    for name, mask in moved.items():
        for place in np.flatnonzero(mask)[:SHOWN]:
            values = (written(side[name].iloc[place]) or "no answer" for side in (left, right))
            rows.append([left.index[place], name, *values])
    return pd.DataFrame(rows, columns=["respondent", "item", "before", "after"])


def _some(values: "pd.Series[str] | list[str]") -> str:
    listed = [str(value) for value in values]
    more = f" and {len(listed) - SHOWN:,} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more
