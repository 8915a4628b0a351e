"""Set a survey beside the stored allocation, and beside an earlier import of the wave."""

import pandas as pd

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
            f"in, which is the one analysed: {_some(frame['respondent'][moved])}."
        )
    return frame.assign(arm=pd.Series(arm, index=frame.index).where(~unknown, None)), report


def compare_answers(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """Count respondents who came, went, and answer otherwise now, as words for a sentence."""
    # What a file says, not what is analysed in its place where an allocation is stored.
    given = {"arm_reported": "arm", "area_reported": "area"}
    reported = before.drop(columns=list(given.values())).rename(columns=given)
    old, new = reported.set_index("respondent"), after.set_index("respondent")
    both = old.index.intersection(new.index)
    shared = [name for name in new.columns if name in old.columns]
    left, right = (part.loc[both, shared].astype(object) for part in (old, new))
    changed = ((left != right) & ~(left.isna() & right.isna())).any(axis=1)
    return (
        f"{len(new.index.difference(old.index)):,} respondents are new, "
        f"{len(old.index.difference(new.index)):,} are gone, "
        f"{int(changed.sum()):,} answer otherwise"
    )


def _some(values: "pd.Series[str] | list[str]") -> str:
    listed = [str(value) for value in values]
    more = f" and {len(listed) - SHOWN:,} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more
