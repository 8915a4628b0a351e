"""Randomisation p-values of a wave, kept under a digest of all that they follow from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlite_utils import Database

from .blocks import floats
from .design import Contrast, Design
from .multiplicity import Family

MOST_KEPT = 6  # a wave
KEYS = ["area", "outcome", "contrast"]
DRAWN = ["p_randomisation", "monte_carlo_error", "draws", "seed", "p_maxt"]


@dataclass(frozen=True)
class Drawn:
    """One job's result: rows of area, outcome, contrast and the columns of `DRAWN`."""

    key_sha256: str
    data_sha256: str
    draws: int
    seed: int
    made_at: str
    rows: list[dict[str, Any]]


def data_digest(
    frame: pd.DataFrame, design: Design, families: Sequence[Family], contrasts: Sequence[Contrast]
) -> str:
    """Return a sha256 of the answers, of who was in which arm and block, and of what is asked.

    The order of the respondents counts: redrawing depends on it.
    """
    digest = hashlib.sha256()
    labels = [design.area, design.arm, *design.strata, *(n for n in [design.cluster] if n)]
    asked = [asdict(o) for o in design.outcomes if o.can_respond]
    told = [labels, design.arms, asked, [asdict(f) for f in families], [vars(c) for c in contrasts]]
    digest.update(json.dumps(told).encode())
    for name in labels:
        codes, values = pd.factorize(frame[name].astype(str))
        digest.update(json.dumps([str(value) for value in values]).encode())
        digest.update(np.ascontiguousarray(codes, dtype=np.int64).tobytes())
    for outcome in design.outcomes:
        if outcome.can_respond:
            digest.update(floats(frame[outcome.values]).tobytes())
    return digest.hexdigest()


def keep_drawn(
    db: Database, wave_id: int, data_sha256: str, draws: int, seed: int, found: pd.DataFrame
) -> str:
    """Keep what `randomisation_test` found; the oldest of the wave beyond a few go."""
    key = hashlib.sha256(f"{data_sha256} {draws} {seed}".encode()).hexdigest()
    (last,) = db.execute("SELECT coalesce(max(serial), 0) FROM drawn_effects").fetchone()
    row = {
        "key_sha256": key,
        "serial": last + 1,
        "wave_id": wave_id,
        "data_sha256": data_sha256,
        "draws": draws,
        "seed": seed,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "found": json.dumps(_plain(found)),
    }
    db.table("drawn_effects").insert(row, pk="key_sha256", replace=True)
    db.execute(
        "DELETE FROM drawn_effects WHERE wave_id = :wave AND serial NOT IN (SELECT serial"
        " FROM drawn_effects WHERE wave_id = :wave ORDER BY serial DESC LIMIT :most)",
        {"wave": wave_id, "most": MOST_KEPT},
    )
    return key


def find_drawn(db: Database, wave_id: int, data_sha256: str) -> Drawn | None:
    """Return what was drawn last for exactly these answers, design and families."""
    rows = db.query(
        "SELECT * FROM drawn_effects WHERE wave_id = ? AND data_sha256 = ?"
        " ORDER BY serial DESC LIMIT 1",
        [wave_id, data_sha256],
    )
    return next((_drawn(row) for row in list(rows)), None)


def last_drawn_at(db: Database, wave_id: int) -> str | None:
    """Say when a wave's allocation was last redrawn, for whatever answers and plan."""
    (found,) = db.execute(
        "SELECT max(made_at) FROM drawn_effects WHERE wave_id = ?", [wave_id]
    ).fetchone()
    return None if found is None else str(found)


def with_drawn(found: pd.DataFrame, drawn: Drawn) -> pd.DataFrame:
    """Fill `p_randomisation, draws, seed, p_maxt` of an effects frame, and `monte_carlo_error`."""
    rows = pd.DataFrame(drawn.rows, columns=[*KEYS, *DRAWN])
    rows = rows.astype({"draws": "Int64", "seed": "Int64"})
    there = found.drop(columns=[name for name in DRAWN if name in found])
    joined = there.merge(rows, on=KEYS, how="left")
    columns = [*found.columns, *(name for name in DRAWN if name not in found)]
    return joined[columns].set_axis(found.index)


def _plain(found: pd.DataFrame) -> list[dict[str, Any]]:
    rows = found[[*KEYS, *DRAWN]].astype(object)
    plain = rows.where(rows.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in plain]


def _drawn(row: dict[str, Any]) -> Drawn:
    names = ("key_sha256", "data_sha256", "draws", "seed", "made_at")
    return Drawn(**{name: row[name] for name in names}, rows=json.loads(row["found"]))
