"""A wave's answers in the study: one wide strict table, filled in slices, seen when complete."""

import json
from collections.abc import Callable
from collections.abc import Mapping as Table
from contextlib import AbstractContextManager
from dataclasses import replace as with_changes
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlite_utils import Database

from .applying import MappedSurvey
from .comparing import Difference, compare_answers, compare_with_allocation
from .design import Design
from .errors import BadInput
from .group_members import members
from .mapping import Mapping
from .mapping_toml import parse_mapping, to_toml
from .randomised import as_randomised, recorded_mechanism
from .replaced_imports import keep_replaced
from .response_tables import (
    as_stored,
    check_still_there,
    columns_of,
    create_table,
    fill_table,
    read_table,
    table_name,
)
from .stored_allocation import stored_allocation
from .stored_items import store_items, value_labels

__all__ = [
    "answers_change", "find_import", "load_responses", "store_responses", "value_labels",
    "weight_note", "whole_file_area",
]  # fmt: skip

Row = dict[str, Any]
Write = Callable[[str], AbstractContextManager[Any]]


def store_responses(
    db: Database,
    wave_id: int,
    mapped: MappedSurvey,
    *,
    file_name: str,
    file_sha256: str,
    area_ids: Table[str, int],
    issue_ids: Table[str, int],
    write: Write,
    replace: bool = False,
    by: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Row:
    """Store a mapped survey as a wave's answers.

    Parameters
    ----------
    write : callable
        Opens the recorded write of `linkage.study` for an action's words.
    replace : bool
        Whether answers that the wave already has may be replaced.
    by : str, optional
        Who imports; kept with the import.

    Returns
    -------
    dict
        ``rows``, ``report`` (sentences) and ``import_id``.

    Raises
    ------
    BadInput
        The same file with the same mapping is there already; or other answers are and `replace`
        is false, and the message counts what would change; or the wave is allocated and the
        mapping has no ids to find the respondents by.
    """
    mapping = to_toml(mapped.mapping)
    earlier = find_import(db, wave_id)
    difference = _check_earlier(db, earlier, mapped, file_sha256, mapping, replace)
    report = [*_replaced(earlier, difference), *mapped.report]
    allocation = stored_allocation(db, wave_id)
    if allocation is not None and mapped.mapping.respondent is None:
        raise BadInput(
            "This wave is allocated by respondent id; say which column holds the ids "
            '(in a mapping as text: respondent = "…").'
        )
    frame, contradictions = compare_with_allocation(mapped.frame, allocation)
    _sweep(db, wave_id, write)
    with write(f"begin to import {file_name}"):
        row = {
            "wave_id": wave_id,
            "state": "importing",
            "file_name": file_name,
            "file_sha256": file_sha256,
            "mapping": mapping,
            "rows": len(frame),
            "report": json.dumps([*contradictions, *report]),
            "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "imported_by": by,
        }
        import_id = int(str(db.table("survey_import").insert(row).last_pk))
        stored = as_stored(frame, mapped.mapping, area_ids)
        create_table(db, import_id, stored)
    fill_table(db, import_id, stored, progress)
    with write(f"import {file_name}"):
        if earlier and difference:
            keep_replaced(db, earlier, difference, by)
        _complete(db, import_id, earlier, mapped, issue_ids)
        store_items(db, import_id, mapped, area_ids)
    return {"import_id": import_id, "rows": len(frame), "report": [*contradictions, *report]}


def find_import(db: Database, wave_id: int) -> Row | None:
    """Return the complete import of a wave, its report as a list, or None."""
    rows = db.table("survey_import").rows_where("wave_id = ? AND state = 'complete'", [wave_id])
    row = next(rows, None)
    return None if row is None else {**row, "report": json.loads(row["report"])}


def answers_change(db: Database, wave_id: int, mapped: MappedSurvey) -> Difference | None:
    """Say what a mapped file would change of a wave's answers; None where it has none."""
    if find_import(db, wave_id) is None:
        return None
    return compare_answers(load_responses(db, wave_id)[0], mapped.frame)


def weight_note(db: Database, wave_id: int) -> str:
    """Say that a wave's answers have a weight that its effects do not use, where they have."""
    found = find_import(db, wave_id)
    return parse_mapping(found["mapping"]).weight_note if found else ""


def whole_file_area(db: Database, wave_id: int) -> str | None:
    """Return the key of the area that the whole file of a wave's answers was said to be about."""
    found = find_import(db, wave_id)
    if found is None or parse_mapping(found["mapping"]).area:
        return None
    areas = read_table(db, found["id"])["area_id"].unique()
    if len(areas) != 1:
        return None
    return next(str(row["key"]) for row in db.table("area").rows_where("id = ?", [int(areas[0])]))


def load_responses(db: Database, wave_id: int) -> tuple[pd.DataFrame, Design]:
    """Return a wave's answers and design, ready for `estimate_effects`.

    The frame has respondent, area (key) and arm (both as allocated where an allocation is stored),
    area_reported, arm_reported, weight, group_member (whether they sat in a focus group), an
    outcome a column by key, and strata, cluster and covariates. Where an allocation is stored,
    strata and cluster of the design are those that were randomised (`as_randomised`: columns block
    and, of clusters, cluster_allocated).
    """
    found = find_import(db, wave_id)
    if found is None:
        raise BadInput("This wave has no answers yet; import a survey file.")
    mapping = parse_mapping(found["mapping"])
    keys = {row["id"]: row["key"] for row in db.query("SELECT id, key FROM area")}
    columns = columns_of(mapping)
    frame = read_table(db, found["id"]).drop(columns="id")
    frame["area"] = frame["area_id"].map(keys)
    frame["group_member"] = frame["respondent"].isin(members(db))
    frame = frame.rename(columns={stored: name for name, stored in columns.items()})
    numbers = ["weight", *(entry.outcome.key for entry in mapping.outcomes)]
    mechanism = recorded_mechanism(db, wave_id)
    design = _design(mapping, mechanism.arms if mechanism else mapping.arms)
    return as_randomised(frame.astype(dict.fromkeys(numbers, float)), design, mechanism)


def _design(mapping: Mapping, arms: tuple[str, ...]) -> Design:
    return Design(
        area="area",
        arm="arm",
        outcomes=[with_changes(entry.outcome, column=None) for entry in mapping.outcomes],
        strata=mapping.strata,
        cluster=mapping.cluster,
        weight="weight" if mapping.weight else None,
        covariates=mapping.covariates,
        arms=arms,
    )


def _complete(
    db: Database,
    import_id: int,
    earlier: Row | None,
    mapped: MappedSurvey,
    issue_ids: Table[str, int],
) -> None:
    check_still_there(db, import_id)
    if earlier:
        _remove(db, earlier["id"])
    for position, entry in enumerate(mapped.mapping.outcomes, 1):
        outcome = entry.outcome
        row = {
            "import_id": import_id,
            "position": position,
            "key": outcome.key,
            "source_column": outcome.values,
            "issue_id": issue_ids.get(outcome.issue),
            "measure": outcome.measure,
            "scale": outcome.scale,
            "asked": outcome.asked,
            "refers_to": outcome.refers_to,
        }
        db.table("outcome").insert(row)
    db.table("survey_import").update(import_id, {"state": "complete"})


def _check_earlier(
    db: Database,
    earlier: Row | None,
    mapped: MappedSurvey,
    sha256: str,
    mapping: str,
    replace: bool,
) -> Difference | None:
    if earlier is None:
        return None
    if (earlier["file_sha256"], earlier["mapping"]) == (sha256, mapping):
        raise BadInput("This wave has exactly these answers already; nothing was changed.")
    difference = compare_answers(load_responses(db, earlier["wave_id"])[0], mapped.frame)
    if not replace:
        raise BadInput(
            f"This wave has answers already ({earlier['file_name']}); against them {difference}. "
            "Nothing was stored; say that they may be replaced (--replace), or use another wave."
        )
    return difference


def _replaced(earlier: Row | None, difference: Difference | None) -> list[str]:
    if earlier is None:
        return []
    return [f"Answers of {earlier['file_name']} were replaced: {difference}."]


def _sweep(db: Database, wave_id: int, write: Write) -> None:
    """Remove what an import that was killed has left."""
    left = list(db.table("survey_import").rows_where(
        "wave_id = ? AND state = 'importing'", [wave_id]
    ))  # fmt: skip
    if left:
        with write("clear an unfinished import"):
            for row in left:
                _remove(db, row["id"])


def _remove(db: Database, import_id: int) -> None:
    db.table(table_name(import_id)).drop(ignore=True)
    db.table("survey_import").delete(import_id)
