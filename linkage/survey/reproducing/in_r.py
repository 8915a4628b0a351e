"""R code that gives an outcome's estimates again: estimatr, survey and ordinal, or base R."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .in_python import fill
from .r_text import CODE

if TYPE_CHECKING:
    from ..asked import Asked


def r_code(asked: Asked, file: str, title: str) -> str:
    """Write the code; every name and value goes in as a literal, so that none is run."""
    design, plan = asked.design, asked.plan
    named = asked.rules.covariates
    ordinal, weighted = asked.outcome.scale == "ordinal", design.weight is not None
    more = [name for name, there in (("survey", weighted), ("ordinal", ordinal)) if there]
    filled = {
        "title": title.replace("\\", ""),
        "file": file,
        "more_packages": "".join(f", {name}" for name in more),
        "quoted_file": _text(file),
        "arms": _vector(design.arms),
        "weights": "c(" + ", ".join(repr(float(c)) for c in asked.contrast.weights) + ")",
        "covariates": _vector(design.covariates if named is None else named),
        "strata": _vector(design.strata),
        "cluster": _or_null(design.cluster),
        "weight": _or_null(design.weight),
        "leave_out": "TRUE" if asked.rules.exclude_members else "FALSE",
        "silent": _silent(asked),
        "column": _text(asked.outcome.values),
        "draws": f"{plan.draws if plan and plan.draws else 10_000:d}",
        "seed": f"{(plan.seed if plan else 0) % (2**31 - 1):d}",
        "calls": "\n".join(_calls(asked)),
    }
    return fill(CODE, filled)


def _calls(asked: Asked) -> list[str]:
    calls = []
    limits = asked.rules.limits or ((0, 1) if asked.outcome.scale == "binary" else None)
    if limits:
        low, high = (repr(float(end)) for end in limits)
        calls.append(f'  cat("Manski bounds\\n"); print(bounds(everybody(p), c({low}, {high})))')
    if asked.rules.winsor is not None:
        cut = f"quantile(d$y, {asked.rules.winsor!r}, na.rm = TRUE)"
        capped = f"effect(transform(p, y = pmin(y, {cut})), clusters = clusters)"
        calls.append(f'  cat("winsorised\\n"); print({capped})')
    if asked.outcome.scale == "hours" and " - " not in asked.outcome.key:
        some = "effect(transform(p, y = as.numeric(y > 0)), clusters = clusters)"
        calls.append(f'  cat("any hours\\n"); print({some})')
        if_any = "effect(transform(p, y = ifelse(y > 0, y, NA)), clusters = clusters)"
        calls.append(f'  cat("hours if any: not causal\\n"); print({if_any})')
    if asked.outcome.scale == "ordinal":
        calls.append('  cat("proportional odds\\n"); print(odds(p))')
    return calls


def _silent(asked: Asked) -> str:
    """A data frame of R: area, arm, block as the code writes it, and how many."""
    rows = asked.rules.silent
    if not rows:
        return "NULL"
    columns = {
        "area": _vector([row[0] for row in rows]),
        "arm": _vector([row[1] for row in rows]),
        "block": _vector([" / ".join((row[0], *row[2:-1])) for row in rows]),
        "people": "c(" + ", ".join(str(row[-1]) for row in rows) + ")",
    }
    return "data.frame(" + ", ".join(f"{name} = {told}" for name, told in columns.items()) + ")"


def _text(value: Any) -> str:
    """A string of R: it reads the escapes of JSON."""
    return json.dumps(str(value), ensure_ascii=False)


def _vector(values: Any) -> str:
    named = [_text(value) for value in values]
    return f"c({', '.join(named)})" if named else "character(0)"


def _or_null(value: str | None) -> str:
    return "NULL" if value is None else _text(value)
