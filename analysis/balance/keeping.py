"""A table of balance as it is kept with a receipt: JSON by place, and back again."""

import json
from typing import Any

import numpy as np
import pandas as pd

OF_TEST = ("statistic", "p_randomisation", "draws", "seed", "n")
OF_ROW = (
    "covariate", "arm", "control", "n", "control_n", "mean", "control_mean", "difference",
    "standardised", "missing",
)  # fmt: skip


def as_kept(differences: pd.DataFrame, tests: pd.DataFrame) -> dict[str, str]:
    """Write what `balance_by_place` returns as JSON, a text a place."""
    kept = {}
    for test in tests.to_dict("records"):
        rows = differences[differences["area"] == test["area"]].to_dict("records")
        body = {name: _plain(test[name]) for name in OF_TEST}
        body["rows"] = [{name: _plain(row[name]) for name in OF_ROW} for row in rows]
        kept[str(test["area"])] = json.dumps(body, ensure_ascii=False)
    return kept


def from_kept(bodies: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read tables back: differences and tests as `balance_by_place` returns them, without waves."""
    rows: list[dict[str, Any]] = []
    tests: list[dict[str, Any]] = []
    for area, body in bodies.items():
        told = json.loads(body)
        rows += [{"area": area, **row} for row in told.pop("rows")]
        tests.append({"area": area, **told})
    numbers = dict.fromkeys(("mean", "control_mean", "difference", "standardised"), float)
    return (
        pd.DataFrame(rows, columns=["area", *OF_ROW]).astype(numbers),
        pd.DataFrame(tests, columns=["area", *OF_TEST]).astype({"draws": "Int64", "seed": "Int64"}),
    )


def _plain(value: Any) -> Any:
    if value is pd.NA or (isinstance(value, float) and not np.isfinite(value)):
        return None
    return value.item() if hasattr(value, "item") else value
