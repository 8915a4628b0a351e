"""Agreement in a study: each code and the codes together, with what a figure rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from .agreement_texts import read_texts
from .checks import Row, get
from .codebook import codebook
from .errors import BadInput
from .finishing import finished_by

if TYPE_CHECKING:
    import pandas as pd

    from .agreement import Comparison, Text

BY = ("code", "theme")
POOLED, SETS = "all, added up", "all, as sets"
FEW = 2  # coders that a transcript needs to say anything of agreement


@dataclass(frozen=True)
class Asked:
    """Whom to compare, on what, and how; empty `coders` or `transcript_ids` are all there are."""

    unit: str = "character"
    coefficient: str = "krippendorff_alpha"
    by: str = "code"
    coders: tuple[int, ...] = ()
    transcript_ids: tuple[int, ...] = ()
    draws: int = 2000
    seed: int = 0


@dataclass(frozen=True)
class Found:
    """A frame (a row a code, then the codes together) and what it rests on."""

    asked: Asked
    frame: pd.DataFrame
    coders: list[Row]
    compared: list[Row] = field(default_factory=list)  # transcripts that count
    left_out: list[Row] = field(default_factory=list)  # asked for, finished by fewer than two
    partly: list[Row] = field(default_factory=list)  # some of the coders are missing there


def agreement_table(db: Database, asked: Asked) -> Found:
    """Compute agreement on the transcripts that two or more of the coders finished.

    A coder who finished a transcript without a code coded nothing there, and that counts; one who
    did not finish it is missing there, codings or not. Uncoded words count. A sentence or turn
    bears a code where any of its characters does; speakers' names and marks are no words.

    Returns
    -------
    Found
        Its frame has the columns `code`, `theme`, `transcripts`, `units`, `codings`, `prevalence`
        (mean share of units that coders gave the code), `percent` (share of pairs of coders who
        agree on a unit), `shared` (of the units that a coder gave the code, the share that another
        gave it too), `coefficient`, `estimate`, `ci_low`, `ci_high` (percentile bootstrap over
        transcripts) and `code_id`. The last two rows are the codes added up (observed and
        expected disagreement) and, but for unitising alpha, the sets of codes that units bear.

    Raises
    ------
    BadInput
        For what cannot be compared, with the reason.
    """
    from .agreement.comparing import check_coefficient

    coders, finished = _coders(db, asked), finished_by(db)
    chosen = {row["id"] for row in coders}
    rows = _transcripts(db, asked)
    there = {row["id"]: chosen & set(finished.get(row["id"], ())) for row in rows}
    check_coefficient(asked.coefficient, len(coders))
    need = len(chosen) if asked.coefficient == "unitising_alpha" else FEW
    compared = [row for row in rows if len(there[row["id"]]) >= max(need, FEW)]
    if not compared:
        raise BadInput("No transcript was marked as finished by two of these coders.")
    return Found(
        asked,
        _frame(db, asked, coders, read_texts(db, asked.unit, asked.by, compared, there)),
        coders,
        compared,
        [row for row in rows if row not in compared],
        [row for row in compared if len(there[row["id"]]) < len(chosen)],
    )


def _coders(db: Database, asked: Asked) -> list[Row]:
    if asked.by not in BY:
        raise BadInput(f"Agreement is by {' or '.join(BY)}, not “{asked.by[:40]}”.")
    if asked.coders:
        found = [get(db, "coder", coder_id, "coder") for coder_id in asked.coders]
    else:
        marked = {coder for coders in finished_by(db).values() for coder in coders}
        found = [
            row for row in db.table("coder").rows_where(order_by="name") if row["id"] in marked
        ]
    if len({row["id"] for row in found}) < FEW:
        raise BadInput("Agreement needs two coders who marked transcripts as finished.")
    return found


def _transcripts(db: Database, asked: Asked) -> list[Row]:
    for transcript_id in asked.transcript_ids:
        get(db, "transcript", transcript_id, "transcript")
    rows = db.query(
        """SELECT t.id, t.title, a.name AS area FROM transcript t
           JOIN focus_group g ON g.id = t.focus_group_id JOIN area a ON a.id = g.area_id
           ORDER BY a.position, t.title"""
    )
    return [row for row in rows if not asked.transcript_ids or row["id"] in asked.transcript_ids]


def _frame(
    db: Database, asked: Asked, coders: Sequence[Row], texts: Sequence[Text]
) -> pd.DataFrame:
    import pandas as pd

    from .agreement import UNITISING, compare

    unitising = asked.coefficient == UNITISING
    used = {code for text in texts for _, code, _, _ in text.codings}
    codes = [row["id"] for row in codebook(db) if row["id"] in used]
    people = [row["id"] for row in coders]
    found = compare(texts, asked.unit, people, codes, unitising=unitising)
    rows = _code_rows(db, found, texts)
    total = {"code": POOLED, "units": _units_of(found)}
    rows += [total] if unitising else [total, {**total, "code": SETS}]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["transcripts"], frame["coefficient"] = len(texts), asked.coefficient
    for name, figures in _figures(found, asked).items():
        frame[name] = figures[: len(frame)]
    whole = ["units", "codings", "code_id"]
    frame[whole] = frame[whole].astype("Float64").round().astype("Int64")
    return frame


def _units_of(found: Comparison) -> float:
    return float(found.as_sets.pairable.sum())


def _figures(found: Comparison, asked: Asked) -> dict[str, Any]:
    """Compute the figures of each code, of the codes added up, and of their sets, in a row."""
    import numpy as np

    from .agreement import bounds, draw_texts, measure

    def figures(coefficient: str, draws: Any) -> Any:
        by_code, pooled, as_sets = measure(found, coefficient, draws)
        return np.column_stack([by_code, pooled, as_sets])

    once = np.ones((1, found.texts))
    drawn = figures(asked.coefficient, draw_texts(found.texts, asked.draws, asked.seed))
    low, high = bounds(drawn, found.texts)
    return {
        "percent": figures("percent", once)[0],
        "estimate": figures(asked.coefficient, once)[0],
        "ci_low": low,
        "ci_high": high,
    }


COLUMNS = [
    "code", "theme", "transcripts", "units", "codings", "prevalence", "percent", "shared",
    "coefficient", "estimate", "ci_low", "ci_high", "code_id",
]  # fmt: skip


def _code_rows(db: Database, found: Comparison, texts: Sequence[Text]) -> list[Row]:
    """Say of each code what its figure rests on; the order is the codebook's."""
    names = {row["id"]: row for row in codebook(db)}
    sums = found.by_code.map(lambda part: part.sum(0))
    applied = [code for text in texts for _, code, _, _ in text.codings]
    rows = []
    for number, code in enumerate(found.codes):
        values, apart = sums.values[number, 1], sums.apart[number]
        rows.append(
            {
                "code": names[code]["name"],
                "theme": names[code]["theme"],
                "code_id": code,
                "units": float(sums.pairable[number]),
                "codings": applied.count(code),
                "prevalence": float(sums.shares[number, 1] / sums.rated[number]),
                "shared": float(1 - apart / 2 / values) if values else None,
            }
        )
    return rows
