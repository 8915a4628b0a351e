"""The data dictionary of a wave: every item, what its values mean, and how often each was given."""

from collections.abc import Iterator
from collections.abc import Mapping as Table
from typing import Any

import pandas as pd

from .answers import scale_in_words
from .deriving import in_words
from .labelling import Item
from .mapping import DerivedOutcome, Mapping, OutcomeColumn
from .values import written

ABOUT = [
    "key", "question", "column", "role", "issue", "measure", "scale", "asked", "refers_to",
    "direction", "derived_from",
]  # fmt: skip
COUNTED = ["kind", "value", "label", "respondents", "base", "share"]
TOTAL = "(all)"
LISTED = 12  # numbers of more different values are counted together, words up to MANY
MANY = 50
CATEGORIES = ("binary", "ordinal")


def data_dictionary(
    frame: pd.DataFrame, mapping: Mapping, items: Table[str, Item], missing: pd.DataFrame
) -> pd.DataFrame:
    """Describe every item of a wave.

    Parameters
    ----------
    frame : DataFrame
        A row a respondent, as `load_responses` gives it.
    items : mapping
        Key → its question and labels; items of an import that kept none are described without.
    missing : DataFrame
        item, code, label, respondents: the answers that a code says are missing.

    Returns
    -------
    DataFrame
        One row an item and value: the columns of `ABOUT`, then ``kind`` (``answer``, ``missing``),
        ``value``, ``label``, ``respondents``, ``base`` and ``share``. Each kind ends with all of
        it (value `TOTAL`); of numbers that are too many to list there is nothing else. The base of
        answers is those who answered, that of missing ones all respondents.
    """
    rows: list[dict[str, Any]] = []
    for about, entry in _items(mapping):
        item = items.get(about["key"], Item(about["key"]))
        about |= {"question": item.question, "direction": _direction(entry, item)}
        column = frame[about["key"]]
        counted = [*_values(column, entry, item), *_missing(column, about["key"], entry, missing)]
        rows += [{**about, **row} for row in counted]
    return pd.DataFrame(rows, columns=[*ABOUT, *COUNTED])


def _items(mapping: Mapping) -> Iterator[tuple[dict[str, Any], OutcomeColumn | None]]:
    nothing = dict.fromkeys(ABOUT, "")
    for entry in mapping.outcomes:
        outcome = entry.outcome
        derived = isinstance(entry, DerivedOutcome)
        role = "outcome" if outcome.can_respond else "baseline"
        about = {"key": outcome.key, "role": f"derived {role}" if derived else role}
        about |= {"column": "" if derived else outcome.values, "issue": outcome.issue}
        about |= {"measure": outcome.measure, "scale": outcome.scale, "asked": outcome.asked}
        about |= {"refers_to": outcome.refers_to}
        if isinstance(entry, DerivedOutcome):
            about["derived_from"] = in_words(entry)
        yield {**nothing, **about}, entry
    for role, names in _others(mapping):
        for name in names:
            yield {**nothing, "key": name, "column": name, "role": role}, None
    if mapping.weight:
        yield {**nothing, "key": "weight", "column": mapping.weight, "role": "weight"}, None


def _others(mapping: Mapping) -> list[tuple[str, tuple[str, ...]]]:
    """List what is kept beside outcomes by its role, each once; an outcome is not told twice."""
    single = [("cluster", mapping.cluster), ("time taken", mapping.duration)]
    roles = [("covariate", mapping.covariates), ("stratum", mapping.strata)]
    roles += [(role, (name,)) for role, name in single if name]
    told = {entry.outcome.key for entry in mapping.outcomes}
    found = []
    for role, names in roles:
        found.append((role, tuple(name for name in names if name not in told)))
        told |= set(names)
    return found


def _direction(entry: OutcomeColumn | None, item: Item) -> str:
    """Say what the low and the high end of a scale mean, and whether it was turned round."""
    if entry is None:
        return ""
    ends = [(value, label) for value, label in item.labels.items() if isinstance(value, float)]
    turned = "; turned round from the file" if entry.reverse else ""
    if len(ends) > 1:
        (low, least), (high, most) = ends[0], ends[-1]
        return f"{low:g} {least} to {high:g} {most}{turned}"
    scale = scale_in_words(entry.low, entry.high)
    if scale:
        return f"{scale}{turned}"
    return "not said" if entry.outcome.scale == "ordinal" else ""


def _values(
    column: "pd.Series[Any]", entry: OutcomeColumn | None, item: Item
) -> Iterator[dict[str, Any]]:
    counts, base = column.value_counts(), int(column.notna().sum())
    numeric = pd.api.types.is_numeric_dtype(column)
    category = entry is not None and entry.outcome.scale in CATEGORIES
    labelled = bool(item.labels) and set(counts.index) <= set(item.labels)
    most = LISTED if numeric and not category else MANY
    if len(counts) > most and not labelled:
        various = "numbers" if numeric else "words"
        told = f"answered: {len(counts):,} different {various}, not listed"
        yield _row("answer", TOTAL, told, base, base)
        return
    values = sorted(
        {*counts.index, *item.labels}, key=lambda value: (isinstance(value, str), value)
    )
    for value in values:
        label, n = item.labels.get(value, ""), int(counts.get(value, 0))
        shown = f"{value:.6g}" if isinstance(value, float) else written(value)
        yield _row("answer", shown, label, n, base)
    yield _row("answer", TOTAL, "answered", base, base)


def _missing(
    column: "pd.Series[Any]", key: str, entry: OutcomeColumn | None, missing: pd.DataFrame
) -> Iterator[dict[str, Any]]:
    coded = missing[missing["item"] == key]
    for code, label, n in coded[["code", "label", "respondents"]].itertuples(index=False):
        yield _row("missing", code, label or "No answer, by its code", int(n), len(column))
    rest = int(column.isna().sum()) - int(coded["respondents"].sum())
    if rest:
        derived = isinstance(entry, DerivedOutcome)
        label = "Cannot be worked out" if derived else "No answer (blank)"
        yield _row("missing", "", label, rest, len(column))
    if gone := int(column.isna().sum()):
        yield _row("missing", TOTAL, "missing", gone, len(column))


def _row(kind: str, value: str, label: str, respondents: int, base: int) -> dict[str, Any]:
    counts = {"respondents": respondents, "base": base}
    share = respondents / base if base else float("nan")
    return {"kind": kind, "value": value, "label": label, **counts, "share": share}
