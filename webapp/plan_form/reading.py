"""From the values of a form to a plan; a row whose name is blank is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict

from coding.errors import BadInput

from .filling import TWO_BY_TWO

if TYPE_CHECKING:
    from analysis.plan import Exclusion, Plan, PlannedFamily, PlannedOutcome

Form = MultiDict[str, str]
LONGEST = 30  # of a number that a person types
MOST = 500  # rows of one kind


def read(form: Form) -> Plan:
    """Read a plan; raises BadInput naming the row that is wrong."""
    from analysis.plan import Plan

    return Plan(
        arms=arms_of(form),
        areas=form.getlist("areas"),
        issues=form.getlist("issues"),
        outcomes=[_outcome(form, row) for row in _rows(form, "outcome", "key")],
        primary_contrast=form.get("primary_contrast", ""),
        contrasts=_with_primary(form),
        families=[_family(form, row) for row in _rows(form, "family", "name")],
        covariates=split(form.get("covariates", "")),
        subgroups=split(form.get("subgroups", "")),
        exclusions=[_exclusion(form, row) for row in _rows(form, "exclusion", "column")],
        group_members=form.get("group_members", ""),
        further=form.getlist("further"),
        draws=_whole(form, "draws", "The draws"),
        seed=_whole(form, "seed", "The seed"),
        notes=form.get("notes", "").replace("\r\n", "\n").strip(),
    )


def arms_of(form: Form) -> tuple[str, ...]:
    """Return the arms that a form names, whether or not the rest of it can be read."""
    from analysis.design import TWO_BY_TWO_ARMS

    if form.get("design", TWO_BY_TWO) == TWO_BY_TWO:
        return TWO_BY_TWO_ARMS
    return tuple(split(form.get("arms", "")))


def split(text: str) -> list[str]:
    """Read a list that stands one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _with_primary(form: Form) -> list[str]:
    """The primary contrast is a planned one, ticked or not."""
    primary, ticked = form.get("primary_contrast", ""), form.getlist("contrasts")
    return ticked if primary in ticked else [primary, *ticked]


def _rows(form: Form, kind: str, name: str) -> list[str]:
    numbers = form.getlist(kind)[:MOST]
    return [f"{kind}-{n}" for n in numbers if form.get(f"{kind}-{n}-{name}", "").strip()]


def _outcome(form: Form, row: str) -> PlannedOutcome:
    from analysis.plan import PlannedOutcome

    values: dict[str, Any] = {
        name: form.get(f"{row}-{name}", "").strip() for name in ("key", "issue", "measure", "scale")
    }
    what = f"outcome “{values['key'][:80]}”"
    for name, label in (("low", "least answer"), ("high", "greatest answer"),
                        ("sesoi", "smallest effect of interest"), ("winsor", "cut")):  # fmt: skip
        values[name] = _decimal(form.get(f"{row}-{name}", ""), f"The {label} of the {what}")
    values["measure"] = values["measure"] or values["key"]
    return PlannedOutcome(primary=f"{row}-primary" in form, **values)


def _family(form: Form, row: str) -> PlannedFamily:
    from analysis.plan import PlannedFamily

    parts = {
        name: tuple(form.getlist(f"{row}-{name}")) for name in ("contrasts", "outcomes", "areas")
    }
    return PlannedFamily(form.get(f"{row}-name", "").strip(), **parts)


def _exclusion(form: Form, row: str) -> Exclusion:
    from analysis.plan import Exclusion

    column, reason = (form.get(f"{row}-{name}", "").strip() for name in ("column", "reason"))
    return Exclusion(column, tuple(split(form.get(f"{row}-values", ""))), reason)


def _decimal(text: str, what: str) -> float | None:
    text = text.strip().replace("\u2212", "-")
    if not text:
        return None
    try:
        if len(text) > LONGEST or not text.isascii() or "_" in text:
            raise ValueError
        return float(text)
    except ValueError:
        raise BadInput(f"{what} is “{text[:40]}”; write a number such as 0.5.") from None


def _whole(form: Form, name: str, what: str) -> int:
    text = form.get(name, "").strip().replace(",", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise BadInput(f"{what} must be a whole number of at most 18 digits, such as 10000.")
    return int(text)
