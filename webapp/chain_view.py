"""The evidence chain as the overview draws it: seven steps a cell, each linked to its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from linkage.figures import figures
from linkage.overview import DONE

from .display import number, percent, plural

Row = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One step of a cell: its name, whether it is done, what to say of it, and where it is done."""

    name: str
    done: bool
    told: str
    url: str
    share: int | None = None  # in hundredths, where a step is done by degrees


@dataclass(frozen=True)
class Cell:
    """An area and issue: its steps, what it came to, and what is next there."""

    row: Row
    steps: list[Step]

    @property
    def missing(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)

    @property
    def next(self) -> str:
        return "" if self.row["next"] == DONE else str(self.row["next"])

    @property
    def effect(self) -> str:
        return _effect(self.row) if self.row["effect"] else ""


def _effect(row: Row) -> str:
    effect = row["effect"]
    return figures(effect["estimate"], effect["ci_low"], effect["ci_high"])


def _messages(row: Row) -> str:
    return ", ".join(f"{m['nudge']} version {m['version']}" for m in row["messages"])


def _source(row: Row, wave: str) -> str:
    if not row["effect"]:
        return url_for("effects.index")
    outcome = row["effect"]["outcome"]
    return url_for("joint.source", wave=wave, area=row["area"], outcome=outcome)


def _answered(row: Row) -> str:
    invited = sum(row["allocated"].values())
    of = f" of {number(invited)}" if invited else ""
    return f"{number(row['answered'])}{of} answered on this issue"


def _allocated(row: Row) -> str:
    if not row["allocated"]:
        return "the arms came with the answers"
    return f"{number(sum(row['allocated'].values()))} allocated in the area"


# name, what makes it done, what to say then, where it is done
STEPS: list[tuple[str, Callable[[Row], Any], Callable[[Row], str], Callable[[Row, str], str]]] = [
    (
        "talk",
        lambda r: r["turns"],
        lambda r: f"{plural(r['turns'], 'turn')} in {plural(r['transcripts'], 'transcript')}",
        lambda r, w: url_for("transcripts.index"),
    ),
    (
        "coded",
        lambda r: r["share_coded"],
        lambda r: f"{percent(r['share_coded'])} of the turns coded",
        lambda r, w: url_for("quotes.index", area=r["area_id"], issue=r["issue_id"]),
    ),
    (
        "story",
        lambda r: r["stories"],
        lambda r: plural(r["stories"], "story", "stories"),
        lambda r, w: url_for("stories.index", _anchor=f"area-{r['area_id']}"),
    ),
    (
        "message",
        lambda r: r["messages"],
        _messages,
        lambda r, w: url_for("messages.index", wave=w or None, _anchor=f"area-{r['area_id']}"),
    ),
    (
        "allocated",
        lambda r: r["allocated"] or r["respondents"],
        _allocated,
        lambda r, w: url_for("panel.index"),
    ),
    ("answered", lambda r: r["answered"], _answered, lambda r, w: url_for("responses.index")),
    ("effect", lambda r: r["effect"], lambda r: f"effect {_effect(r)}", _source),
]


def read_cells(chain: list[Row], wave: str) -> dict[tuple[int, int], Cell]:
    """Turn the chain's rows into cells by area and issue."""
    return {(row["area_id"], row["issue_id"]): Cell(row, _steps(row, wave)) for row in chain}


def _steps(row: Row, wave: str) -> list[Step]:
    return [
        Step(
            name,
            bool(done(row)),
            told(row) if done(row) else "not yet",
            url(row, wave),
            round(100 * (row["share_coded"] or 0)) if name == "coded" else None,
        )
        for name, done, told, url in STEPS
    ]
