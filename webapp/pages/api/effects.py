"""Effects as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coding.errors import BadInput
from linkage import areas
from linkage.survey import beside, chosen, estimate
from linkage.survey.analysed import Analysed, analysed
from linkage.survey.drawing import kept_draws, mechanism_words
from linkage.survey.later import later_wave
from linkage.waves import find_wave_id

from ...current import study
from ...numbers import plain_rows
from ...openapi import described
from ..effects.shapes import CELL, seen
from .blueprint import STUDY, pages

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
PLAN = ("version", "plan_sha256", "frozen_at", "after_answers", "after_results")
CELLS = {"subgroup": ("value", *CELL), "earlier": ("adjusted", *CELL)}


@pages.get(f"{STUDY}/effects")
@described("Together", "Effects", asked="SomeEffects")
def effects(asked: Row) -> Row:
    """Estimate the effects of the nudges with their intervals.

    The rows are those of the tidy effects frame. Randomisation p-values are there once somebody
    had them drawn for just these answers and this plan.
    """
    db = study().db
    wave_id = find_wave_id(db, asked["wave"])
    key = next(row["key"] for row in areas.waves(db) if row["id"] == wave_id)
    held = analysed(db, wave_id, asked["members"])
    found = _estimated(wave_id, held, asked)
    drawn = None if asked["beside"] else kept_draws(db, wave_id, held)
    if drawn is not None:
        from analysis.drawn import with_drawn

        found = with_drawn(found, drawn)
    filters = {name: asked[name] for name in ("outcome", "contrast", "planned")}
    found = chosen(found.assign(wave=key), **filters)
    kinds = asked["beside"] or "effects"
    rows = seen(chosen(found, by=asked["by"]), held.design, key, CELLS.get(kinds, CELL), kinds)
    hidden = bool((rows["suppressed"] != "").any())
    plain = asked["beside"] is None and not hidden
    return {
        "wave": key,
        "plan": {name: held.stored[name] for name in PLAN} if held.stored else None,
        "redrawn": {n: getattr(drawn, n) for n in ("draws", "seed", "made_at")} if drawn else None,
        "mechanism": mechanism_words(db, wave_id),
        "heterogeneity": plain_rows(beside.area_differences(found)) if plain else [],
        "notes": held.notes,
        "effects": plain_rows(rows if hidden else rows.drop(columns="suppressed")),
    }


def _estimated(wave_id: int, held: Analysed, asked: Row) -> pd.DataFrame:
    """The frame asked for, with every outcome and contrast that the filters may choose from."""
    kind, of = asked["beside"], asked["of"]
    if kind in ("subgroup", "earlier") and not of:
        raise BadInput(f"Say the {'covariate' if kind == 'subgroup' else 'wave'}: of=….")
    keys = [asked["outcome"]] if _known(held, asked["outcome"]) else None
    names = [c.name for c in held.design.contrasts() if c.name == asked["contrast"]] or None
    if kind == "weighted":
        return beside.weighted(held, keys, names)
    if kind == "issues":
        return beside.over_all_issues(held, names)
    if kind == "subgroup":
        return beside.subgroups(held, of, keys, names)[0]
    if kind == "earlier":
        return later_wave(study().db, wave_id, held, of, keys, names)
    return estimate(held)


def _known(held: Analysed, outcome: str | None) -> bool:
    return outcome in {o.key for o in held.design.outcomes if o.can_respond}
