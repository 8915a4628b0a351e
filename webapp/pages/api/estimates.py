"""Estimators beside the differences in means, as JSON."""

from typing import Any

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from ...released import for_eyes
from ..estimates.shapes import shape_of
from .blueprint import STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/estimates")
@described("Together", "Estimates", asked="SomeEstimates")
def estimates(asked: Row) -> Row:
    """Estimate an outcome by other estimators than the difference in means.

    Bounds (`lower`, `upper`) are no interval; `note` says why a row has no figure.
    """
    from linkage.survey.asked import choose
    from linkage.survey.further import EVERY, figures

    what, contrast = asked["what"], asked["contrast"]
    every = contrast == EVERY and what == "balance-of-acting"
    chosen = choose(study().db, asked["wave"], asked["outcome"], None if every else contrast)
    found = figures(chosen, what, asked["area"], every=every, whole=asked["outcome"] is None)
    controlled = for_eyes(found, shape_of(what, chosen.design.arms, list(found.columns)))
    return {
        "wave": chosen.wave["key"],
        "what": what,
        "notes": [*chosen.held.notes, *controlled.notes],
        "estimates": plain_rows(controlled.frame),
    }
