"""Which figures of time a version of a message used; apart, since it needs no heavy library."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]
# What a figure says; the rest is where it stands and who put it there.
SAID = (
    "kind", "wave_id", "area_id", "issue_id", "given", "statistic", "value", "ci_low", "ci_high",
    "base", "weighted", "period", "shown", "rounding", "population", "source", "answers_sha256",
)  # fmt: skip
_FIGURES = """
    SELECT f.*, wave.key AS wave, wave.name AS wave_name, area.key AS area, area.name AS area_name,
           issue.key AS issue, issue.name AS issue_name, coder.name AS coder,
           f.kind = 'answers' AND NOT EXISTS (
               SELECT 1 FROM survey_import s WHERE s.wave_id = f.wave_id AND s.state = 'complete'
               AND s.file_sha256 = f.answers_sha256) AS outdated
    FROM time_use_figure f LEFT JOIN wave ON wave.id = f.wave_id
    LEFT JOIN area ON area.id = f.area_id LEFT JOIN issue ON issue.id = f.issue_id
    JOIN coder ON coder.id = f.coder_id
    WHERE f.message_version_id IN (SELECT value FROM json_each(?)) ORDER BY f.id
"""


def list_figures(db: Database, version_ids: Iterable[int]) -> dict[int, list[Row]]:
    """List figures by version; `outdated` where the answers were replaced since."""
    found: dict[int, list[Row]] = {}
    for row in list(db.query(_FIGURES, [json.dumps(sorted(version_ids))])):
        row["outdated"], row["weighted"] = bool(row["outdated"]), bool(row["weighted"])
        found.setdefault(row["message_version_id"], []).append(row)
    return found


def store_figures(
    db: Database, version_id: int, figures: Sequence[Mapping[str, Any]], coder_id: int, now: str
) -> None:
    """Store the figures of a new version."""
    for figure in figures:
        row = {name: figure[name] for name in SAID}
        row |= {"message_version_id": version_id, "coder_id": coder_id, "used_at": now}
        db.table("time_use_figure").insert({**row, "weighted": int(row["weighted"])})


def same_figures(some: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two lists of figures say the same."""
    return [[row[name] for name in SAID] for row in some] == [
        [row[name] for name in SAID] for row in others
    ]
