"""The answers that code reads, and the code: for who may see respondents, not for release."""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from ..asked import Asked, choose
from .in_python import python_code
from .in_r import r_code

if TYPE_CHECKING:
    import pandas as pd

DATA, PYTHON, R = "answers", "python", "r"


def files(
    db: Database,
    study_key: str,
    wave_key: str | None = None,
    outcome: str | None = None,
    contrast: str | None = None,
) -> dict[str, bytes]:
    """Return the three files by name; raises BadInput as `choose` does."""
    asked = choose(db, wave_key, outcome, contrast)
    names = file_names(study_key, asked)
    return {names[kind]: written(kind, study_key, asked) for kind in names}


def file_names(study_key: str, asked: Asked) -> dict[str, str]:
    """Name the files by kind; that of the answers says what it must not be used for."""
    wave = _plain(f"{study_key}-wave-{asked.wave['key']}")
    one = f"{wave}-{_plain(asked.outcome.key)}-{_plain(asked.contrast.name)}"
    return {DATA: f"{wave}-answers-not-for-release.csv", PYTHON: f"{one}.py", R: f"{one}.R"}


def written(kind: str, study_key: str, asked: Asked) -> bytes:
    """Write the file of a kind: `answers`, `python` or `r`."""
    if kind == DATA:
        return _answers(asked).encode()
    title = (
        f"{study_key}, wave {asked.wave['key']}: {asked.outcome.key}, {asked.contrast.name}. "
        f"{datetime.now(UTC).date().isoformat()}"
    )
    code = {PYTHON: python_code, R: r_code}[kind]
    return code(asked, file_names(study_key, asked)[DATA], " ".join(title.split())).encode()


def columns(asked: Asked) -> list[str]:
    """The columns of the answers' file: never the respondents' ids."""
    from analysis.further import GROUP_MEMBER

    design = asked.design
    named = ["area", "arm", *design.strata, design.cluster, design.weight]
    named += [*(asked.rules.covariates or ()), *design.covariates]
    named += [GROUP_MEMBER, *(o.values for o in design.outcomes)]
    there = set(asked.frame.columns)
    return [name for name in dict.fromkeys(named) if name and name in there]


def _answers(asked: Asked) -> str:
    """One row a respondent who has an area and an arm, numbers in full."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    names = columns(asked)
    writer.writerow(names)
    table = _coded(asked.frame, asked.design.cluster, names)
    writer.writerows([_cell(value) for value in row] for row in table.to_numpy(dtype=object))
    return sheet.getvalue()


def _coded(frame: pd.DataFrame, cluster: str | None, names: list[str]) -> pd.DataFrame:
    """Clusters as numbers: their names, such as addresses, could tell who somebody is."""
    import pandas as pd

    table = frame[names]
    if cluster is None or cluster in ("area", "arm"):
        return table
    codes = pd.Series(pd.factorize(table[cluster])[0], index=table.index)
    return table.assign(**{cluster: codes.where(codes >= 0)})


def _cell(value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return int(value)
    return repr(float(value)) if isinstance(value, float) else value


def _plain(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.replace("+", " and ")).strip("-")
