"""Python code that gives an outcome's estimates again, by this package and by statsmodels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.design import Outcome

    from ..asked import Asked

CODE = '''\
"""@title@

Reads the answers from @file@ beside it
(one row a respondent: not for release). Needs the Python package coproduce in the version that
wrote it; the last part needs statsmodels alone.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.design import Contrast, Design, Outcome
from analysis.effects import estimate_effects
from analysis.further import @functions@

texts = @texts@
frame = pd.read_csv(
    Path(__file__).with_name(@quoted_file@),
    dtype=str, keep_default_na=False, na_values=[""],
)
for name in frame.columns.difference(texts):
    frame[name] = frame[name].map(float, na_action="ignore").astype(float)
design = Design(
    area="area",
    arm="arm",
    outcomes=[
@outcomes@
    ],
    strata=@strata@,
    cluster=@cluster@,
    weight=@weight@,
    covariates=@covariates@,
    arms=@arms@,
)
outcome = @outcome@
contrast = @contrast@
rules = @rules@


def show(name, found):
    print(f"# {name}")
    print(found.to_csv(index=False))


@calls@

# Randomisation inference: arms are drawn again within blocks, studentised (slow for large files).
kept = frame[~(frame["group_member"] == 1)] if rules.exclude_members else frame
one = Design(
    area="area", arm="arm", outcomes=[o for o in design.outcomes if o.key == outcome],
    strata=design.strata, cluster=design.cluster, arms=design.arms,
)
drawn = estimate_effects(kept, one, [contrast], draws=@draws@, seed=@seed@, families=[])
show("randomisation", drawn[["area", "estimate", "p_value", "p_randomisation", "draws", "seed"]])

# The same difference in means by statsmodels alone: cell means, HC2, t with N - cells.
import statsmodels.api as sm  # noqa: E402

column = next(o.values for o in design.outcomes if o.key == outcome)
part = kept[kept["area"].notna() & kept["arm"].notna() & kept[column].notna()]
block = part[["area", *design.strata]].astype(str).agg(" / ".join, axis=1)
weights = dict(zip(design.arms, contrast.weights))
n = pd.crosstab(block, part["arm"]).reindex(columns=list(design.arms), fill_value=0)
enough = n.index[(n[[arm for arm, w in weights.items() if w]] >= 2).all(axis=1)]
part, block = part[block.isin(enough)], block[block.isin(enough)]
share = block.value_counts(normalize=True)
cell = block + " | " + part["arm"]
more = cell.map(cell.value_counts()) > 1  # HC2 has no value for a cell of one; none is compared
part, cell = part[more], cell[more]
x = pd.get_dummies(cell, dtype=float)
given = [share[name.rsplit(" | ", 1)[0]] * weights[name.rsplit(" | ", 1)[1]] for name in x]
fit = sm.OLS(part[column].to_numpy(float), x.to_numpy()).fit(cov_type="HC2", use_t=True)
test = fit.t_test(np.array(given))
print("# statsmodels")
print("estimate,std_error,df,p_value")
print(f"{test.effect.item()!r},{test.sd.item()!r},{float(fit.df_resid)!r},{float(test.pvalue)!r}")
'''
CALL = 'show("{name}", {function}(frame, design, outcome, contrast, rules))'


def python_code(asked: Asked, file: str, title: str) -> str:
    """Write the code; every name and value goes in as a literal, so that none is run."""
    functions, calls = _calls(asked)
    design = asked.design
    filled = {
        "title": title.replace("\\", "").replace('"', ""),
        "file": file,
        "quoted_file": repr(file),
        "functions": ", ".join(sorted({"Rules", *functions})),
        "texts": repr(_texts(asked)),
        "outcomes": "\n".join(f"        {outcome!r}," for outcome in _outcomes(asked)),
        "strata": repr(tuple(design.strata)),
        "cluster": repr(design.cluster),
        "weight": repr(design.weight),
        "covariates": repr(tuple(design.covariates)),
        "arms": repr(tuple(design.arms)),
        "outcome": repr(asked.outcome.key),
        "contrast": repr(asked.contrast),
        "rules": repr(asked.rules),
        "calls": "\n".join(calls),
        "draws": repr(asked.plan.draws if asked.plan else 10_000),
        "seed": repr(asked.plan.seed if asked.plan else 0),
    }
    return fill(CODE, filled)


def fill(code: str, filled: dict[str, str]) -> str:
    """Put each text in the place of its name between two @, in one pass."""
    return re.sub(r"@(\w+)@", lambda found: filled[found[1]], code)


def _calls(asked: Asked) -> tuple[list[str], list[str]]:
    """The functions of `analysis.further` that speak of this outcome, and how they are called."""
    names = [("sensitivity", "sensitivity")]
    if asked.outcome.scale == "ordinal":
        names.append(("ordinal", "ordinal_effects"))
    if asked.outcome.scale == "hours" and " - " not in asked.outcome.key:
        names.append(("hours", "hours_effects"))
    calls = [CALL.format(name=name, function=function) for name, function in names]
    functions = [function for _, function in names]
    if asked.pair:
        functions += ["Pair", "acting_effects"]
        calls += [
            f"pair = {asked.pair!r}",
            'show("balance-of-acting", acting_effects(frame, design, pair, [contrast], rules))',
        ]
    return functions, calls


def _outcomes(asked: Asked) -> list[Outcome]:
    """The outcome, and those it makes a pair with."""
    keys = {asked.outcome.key, *(asked.pair.keys if asked.pair else ())}
    return [o for o in asked.design.outcomes if o.key in keys]


def _texts(asked: Asked) -> list[str]:
    """Columns that are text even where every value looks like a number."""
    import pandas as pd

    from .files import columns

    frame = asked.frame
    cluster = asked.design.cluster
    return [
        name
        for name in columns(asked)
        if name != cluster
        and not pd.api.types.is_numeric_dtype(frame[name])
        and not pd.api.types.is_bool_dtype(frame[name])
    ]
