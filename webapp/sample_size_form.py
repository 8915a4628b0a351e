"""What a sample size is asked for: areas, what is expected there, arms, and a simulation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from coding.errors import BadInput
from linkage import areas
from linkage.sample_size import allocated_sizes, allocated_whole, plan_for

Row = dict[str, Any]
INVITED, RESPONSE = 500, 100.0
DEFAULTS = {
    "kind": "sd", "sd": "1", "rate": "30", "effect": "0.3", "power": "80", "alpha": "5",
    "cluster": "1", "icc": "0", "draws": "2000", "seed": "1",
}  # fmt: skip
ALL = "all"  # stands for the areas of a study that has none yet


def read_asked(db: Database, args: Mapping[str, str]) -> Row:
    """Read an address, each field by default where it is blank; raises BadInput naming the field.

    The result holds plain values only, as `linkage.sample_size.experiment_from` takes them, with
    `wave` (a row or None), `form` (every field as text) and `places` (key and name).
    """
    wave = _wave(db, args.get("wave", ""))
    wave_id = wave["id"] if wave else None
    plan = plan_for(db, wave_id)
    places = [(row["key"], row["name"]) for row in areas.areas(db)] or [(ALL, "All areas together")]
    form = _defaults(db, wave_id, plan, [key for key, _ in places])
    form |= {name: value for name in form if (value := args.get(name, "").strip())}
    common = {
        "cluster_size": number(form, "cluster", "The size of a cluster", 1, 10_000),
        "icc": number(form, "icc", "The correlation within clusters", 0, 1),
    }
    if form["kind"] == "rate":
        common["rate"] = number(form, "rate", "The share without a nudge", 0.1, 99.9) / 100
    else:
        common["sd"] = number(form, "sd", "The standard deviation", 1e-9, 1e9)
    return {
        "wave": wave,
        "wave_id": wave_id,
        "plan": plan,
        "whole": allocated_whole(db, wave_id),
        "form": form,
        "places": places,
        "areas": {key: _area(form, key, name) for key, name in places},
        "common": common,
        "arms": _arms(form["arms"]),
        "effect": number(form, "effect", "The effect", 1e-9, 1e9),
        "power": number(form, "power", "The power", 1, 99.99) / 100,
        "alpha": number(form, "alpha", "The level", 0.01, 50) / 100,
        "labels": dict(places),
    }


def _wave(db: Database, key: str) -> Row | None:
    waves = areas.waves(db)
    return areas.find_wave(db, key) if key else waves[-1] if waves else None


def _defaults(db: Database, wave_id: int | None, plan: Any, keys: list[str]) -> dict[str, str]:
    form = dict(DEFAULTS)
    arms = plan.arms if plan else ("none", "A", "B", "A+B")
    form["arms"] = ", ".join(arms)
    allocated = allocated_sizes(db, wave_id)
    for key in keys:
        form[f"n-{key}"] = str(allocated.get(key, INVITED))
        form[f"response-{key}"] = f"{RESPONSE:g}"
    return form


def _area(form: Mapping[str, str], key: str, name: str) -> Row:
    invited = number(form, f"n-{key}", f"The number invited in {name}", 1, 10_000_000)
    response = number(form, f"response-{key}", f"The response in {name}", 0.01, 100)
    return {"n": invited, "response": response / 100}


def _arms(text: str) -> list[str]:
    arms = [arm.strip() for arm in text.split(",") if arm.strip()]
    if not 2 <= len(arms) <= 20 or len(set(arms)) < len(arms):
        raise BadInput("Name 2 to 20 different arms, parted by commas, the control first.")
    return arms


def read_simulation(asked: Row, args: Mapping[str, str]) -> Row:
    """Read what is to be simulated, as the arguments of `linkage.sample_size.Simulation`."""
    from linkage.sample_size import CHANGES

    plan, key = asked["plan"], args.get("outcome", "")
    if plan is None:
        raise BadInput("A simulation is made from the plan; write the plan of this wave first.")
    outcome = plan.outcome(key)
    changes: dict[str, float] = {}
    for arm in asked["arms"][1:]:
        text = args.get(f"change-{arm}", "").strip()
        if text and outcome is not None:
            odds = CHANGES.get(outcome.scale) == "odds"
            found = number({"change": text}, "change", f"The change by {arm}", -1e6, 1e6)
            changes[arm] = found if odds else found / 100
    _both(asked["arms"], changes, odds=outcome is not None and outcome.scale == "ordinal")
    from_wave = args.get("from", "")
    return {
        "outcome": key,
        "changes": changes,
        "shares": "" if from_wave else args.get("shares", "")[:20_000],
        "from_wave": from_wave,
        "draws": int(number({**asked["form"]}, "draws", "The number of draws", 100, 1_000_000)),
        "seed": int(number({**asked["form"]}, "seed", "The seed", 0, 2**53)),
    }


def from_answers(db: Database, plan: Any, wave_key: str) -> dict[str, str]:
    """Fill spread and effect from the first primary outcome that an earlier wave asked too.

    Its no-nudge arm gives the standard deviation within areas, or the share; the plan the effect.
    """
    from linkage.sample_size import control_spread

    outcome = next((o for o in plan.outcomes if o.primary), plan.outcomes[0])
    mean, sd = control_spread(db, wave_key, outcome.key)
    found = {"effect": f"{outcome.sesoi:g}"} if outcome.sesoi else {}
    if outcome.scale == "binary":
        return {**found, "kind": "rate", "rate": f"{100 * mean:.3g}"}
    return {**found, "kind": "sd", "sd": f"{sd:.3g}"}


def _both(arms: Sequence[str], changes: dict[str, float], *, odds: bool) -> None:
    """Without a word on both nudges together, they do what each does: no interaction."""
    if tuple(arms) == ("none", "A", "B", "A+B") and changes and "A+B" not in changes:
        a, b = (changes.get(arm, float(odds)) for arm in ("A", "B"))
        changes["A+B"] = a * b if odds else a + b


def number(form: Mapping[str, str], name: str, what: str, least: float, most: float) -> float:
    """Read a number between two others."""
    text = form[name].replace("\u2212", "-").replace("%", "").strip()
    try:
        if len(text) > 30 or not text.isascii() or "_" in text:
            raise ValueError
        value = float(text.replace(",", ""))
        if not math.isfinite(value):
            raise ValueError
    except ValueError:
        raise BadInput(f"{what} is “{text[:40]}”; write a number.") from None
    if not least <= value <= most:
        raise BadInput(f"{what} must lie between {least:g} and {most:,g}.")
    return value
