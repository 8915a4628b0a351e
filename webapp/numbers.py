"""Frames as plain JSON values."""

import math
from typing import Any


def plain_value(value: Any) -> Any:
    """Turn numpy's numbers into Python's, and what is no number into null."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return None if type(value).__name__ in ("NAType", "NaTType") else value


def plain_rows(frame: Any) -> list[dict[str, Any]]:
    """Turn a DataFrame into rows that JSON can carry."""
    return [
        {name: plain_value(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]
