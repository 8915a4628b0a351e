"""What a study still says of people after names were hidden: counted, never called nothing."""

from collections import Counter

from sqlite_utils import Database

from ..checks import Row
from . import key_file
from .naming import LABELS


def remaining(key: Database) -> list[Row]:
    """Count by kind what the last search found that is open, kept or left: names and places."""
    counts: dict[str, Counter[str]] = {}
    for row in key_file.list_names(key):
        told = counts.setdefault(row["kind"], Counter())
        if row["decision"] == "hide":
            told["left"] += row["left_out"]
            told["waiting"] += row["places"] - row["left_out"]
        else:
            told[row["decision"]] += 1
            told["places"] += row["places"]
    order = list(LABELS)
    return [
        {"kind": kind, **{name: counts[kind][name] for name in ("open", "keep", "left", "waiting",
                                                               "places")}}
        for kind in sorted(counts, key=lambda kind: order.index(kind) if kind in order else 99)
        if sum(counts[kind].values())
    ]  # fmt: skip
