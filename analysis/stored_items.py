"""What is kept of an import beside its answers: questions, value labels, reasons for no answer."""

import json
from collections.abc import Mapping as Table
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from .labelling import Item

if TYPE_CHECKING:
    import pandas as pd

    from .applying import MappedSurvey

_ADD = (
    "INSERT INTO missing_answer (import_id, key, area_id, code, label, respondents)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_MISSING = (
    "SELECT key AS item, code, label, sum(respondents) AS respondents FROM missing_answer"
    " WHERE import_id = ? GROUP BY key, code, label ORDER BY key, code"
)


def store_items(
    db: Database, import_id: int, mapped: "MappedSurvey", area_ids: Table[str, int]
) -> None:
    """Keep the items of an import; inside its last write."""
    for position, item in enumerate(mapped.items, 1):
        row = {
            "import_id": import_id,
            "position": position,
            "key": item.name,
            "question": item.question,
            "labels": json.dumps(list(item.labels.items()), ensure_ascii=False),
        }
        db.table("survey_item").insert(row)
    rows = [
        (import_id, line["item"], area_ids[line["area"]], line["code"], line["label"], line["n"])
        for line in mapped.missing.rename(columns={"respondents": "n"}).to_dict("records")
    ]
    db.conn.executemany(_ADD, [(*row[:5], int(row[5])) for row in rows])


def stored_items(db: Database, import_id: int) -> dict[str, Item]:
    """Return an import's items by key; none of an import older than these were kept."""
    rows = db.table("survey_item").rows_where("import_id = ?", [import_id], order_by="position")
    return {row["key"]: Item(row["key"], row["question"], _labels(row["labels"])) for row in rows}


def value_labels(db: Database, wave_id: int) -> dict[str, dict[Any, str]]:
    """Return what the values of a wave's items mean: key → {value as stored: label}.

    Outcomes go by their key, covariates and strata by their column; items without labels are left
    out. Values are floats where the item is stored as numbers, in their order.
    """
    rows = db.query(
        "SELECT i.key, i.labels FROM survey_item i JOIN survey_import s ON s.id = i.import_id"
        " WHERE s.wave_id = ? AND s.state = 'complete' ORDER BY i.position",
        [wave_id],
    )
    found = {row["key"]: _labels(row["labels"]) for row in rows}
    return {key: labels for key, labels in found.items() if labels}


def missing_answers(db: Database, import_id: int) -> "pd.DataFrame":
    """Count the answers that a code says are missing: item, code, label, respondents."""
    import pandas as pd

    rows = db.query(_MISSING, [import_id])
    return pd.DataFrame(rows, columns=["item", "code", "label", "respondents"])


def _labels(text: str) -> dict[Any, str]:
    return {
        float(value) if isinstance(value, int | float) else value: label
        for value, label in json.loads(text)
    }
