"""The figure of time behind a Nudge B message: from an earlier wave, or a cited source."""

from __future__ import annotations

from sqlite_utils import Database

from coding.checks import Row, check_text
from coding.errors import BadInput

from ..areas import areas, find_wave, issues, waves
from ..releases import THRESHOLD

SOURCE = 500
Spec = dict[str, str]
# What names a figure of answers in an address.
SPEC = ("wave", "area", "issue", "given", "statistic", "weighted", "period")


def earlier_waves(db: Database, message: Row) -> list[str]:
    """Keys of the waves before a message's own: only their answers may stand behind it."""
    place = find_wave(db, message["wave"])["position"]
    return [row["key"] for row in waves(db) if row["position"] < place]


def figure_of(db: Database, message: Row, spec: Spec) -> Row:
    """Compute the figure that a message is to use.

    Raises
    ------
    BadInput
        The message is no Nudge B, the wave is not an earlier one, there is no such figure, it is
        of another area or issue, or it rests on fewer than 10 answers.
    """
    from ..survey.tables import time_use

    _check_message(message)
    _check_place(db, message, spec)
    weighted = spec.get("weighted") == "yes"
    told = time_use(db, spec["wave"], weighted, spec.get("period", "month"))
    frame = told.frame
    for name in ("area", "issue", "given", "statistic"):
        frame = frame[frame[name] == spec.get(name, "")]
    if frame.empty or not frame["shown"].notna().iloc[0]:
        raise BadInput("There is no such figure in that wave; choose it on the page of time use.")
    row: Row = {str(name): value for name, value in frame.iloc[0].items()}
    if row["base"] < THRESHOLD:
        raise BadInput(
            f"This figure rests on {row['base']} answers; a message needs one of {THRESHOLD} or "
            "more: take all areas together, or another source."
        )
    return _said(db, told.wave, row)


def external_figure(message: Row, given: Row) -> Row:
    """Check a figure of a cited source: value in hours (or a share for `any`), and where from."""
    from analysis.time_use import told_time

    _check_message(message)
    source = check_text(given.get("source", ""), "The source", SOURCE).strip()
    if not source:
        raise BadInput("Say where the figure comes from: author, year, table or page.")
    statistic, period = given.get("statistic", "mean"), given.get("period", "month")
    value = _number(given.get("value", ""), share=statistic == "any")
    shown, rounding = told_time(statistic, value, period)
    row = dict.fromkeys(("wave_id", "area_id", "ci_low", "ci_high", "base", "answers_sha256"))
    return {
        **row, "kind": "external", "issue_id": message["issue_id"], "value": value,
        "given": given.get("given", "with others"), "statistic": statistic, "weighted": False,
        "period": period, "shown": shown, "rounding": rounding, "population": "", "source": source,
    }  # fmt: skip


def unsaid(message: Row) -> list[str]:
    """The figures that a message rests on and does not say in digits, as it would say them."""
    said = [row["shown"].split(" give ")[0].rsplit(" a ", 1)[0] for row in message["figures"]]
    text = message["text"].replace("%", " %").replace("  %", " %")
    return [words for words in said if words not in text]


def _check_message(message: Row) -> None:
    if message["nudge"] != "B":
        raise BadInput("Only typical time (B) rests on figures; a local story rests on quotes.")


def _check_place(db: Database, message: Row, spec: Spec) -> None:
    if spec.get("wave") not in earlier_waves(db, message):
        raise BadInput(
            f"A message of {message['wave_name']} rests on an earlier wave: what people answer in "
            "its own wave comes after they read it."
        )
    if spec.get("area") not in ("all", message["area"]):
        raise BadInput(f"That figure is not of {message['area_name']} nor of all areas.")
    if spec.get("issue") != message["issue"]:
        raise BadInput(f"That figure is not about {message['issue_name']}.")


def _said(db: Database, wave: Row, row: Row) -> Row:
    from analysis.responses import find_import

    stored = find_import(db, wave["id"])
    area = {r["key"]: r["id"] for r in areas(db)}.get(row["area"])
    issue = {r["key"]: r["id"] for r in issues(db)}.get(row["issue"])
    known = ("given", "statistic", "period", "shown", "rounding", "population")
    return {
        **{name: row[name] for name in known},
        "kind": "answers", "wave_id": wave["id"], "area_id": area, "issue_id": issue,
        "value": float(row["estimate"]), "ci_low": _or_none(row["ci_low"]),
        "ci_high": _or_none(row["ci_high"]), "base": int(row["base"]),
        "weighted": bool(row["weighted"]), "source": "",
        "answers_sha256": stored["file_sha256"] if stored else None,
    }  # fmt: skip


def _or_none(value: float) -> float | None:
    return None if value != value else float(value)


def _number(text: str, *, share: bool) -> float:
    try:
        value = float(str(text).replace(",", ".").strip())
    except ValueError:
        value = -1.0
    if share and 0 <= value <= 100:
        return value / 100
    if not share and 0 <= value <= 10_000:
        return value
    what = "a percentage, 0 to 100" if share else "a number of hours, 0 to 10,000"
    raise BadInput(f"The figure must be {what}.")
