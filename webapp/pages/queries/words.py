"""Words that set an area apart."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlite_utils import Database

from linkage import areas

from ...current import study
from ...display import plural
from ...kept import kept
from ...numbers import plain_rows
from .choices import PHASES, id_asked, one_of, phase_asked
from .view import Row, View

MOST, LEAST = 15, 5


def view_words(db: Database) -> View:
    """Weigh the words of an area against those of all others."""
    from coding.retrieval import PRIOR, keyness, word_counts

    phase = phase_asked()
    moderators, stops = (bool(request.args.get(name)) for name in ("moderators", "stops"))
    key = ("words", study().eyes, phase, moderators, stops)
    counts = kept(
        db, key, lambda: word_counts(db, phase=phase, moderators=moderators, stop_words=stops)
    )
    known = [row for row in areas.areas(db) if row["id"] in set(counts["area_id"])]
    area_id = id_asked("area") or (known[0]["id"] if known else 0)
    name = next((row["name"] for row in areas.areas(db) if row["id"] == area_id), "")
    rows = plain_rows(keyness(counts, area_id))
    totals = counts.groupby("area_id")["words_total"].first().to_dict()
    here, all_words = int(totals.get(area_id, 0)), int(sum(totals.values()))
    left_out = [] if moderators else ["the moderator"]
    left_out += [] if stops else ["stop words"]
    groups = PHASES[phase or "all"].lower()
    said = f"Words of {name or 'no area'} against all other areas · groups: {groups}"
    base = (
        f"{here:,} words in {name}, {all_words - here:,} elsewhere; "
        + (f"without {' and '.join(left_out)}; " if left_out else "")
        + f"words said at least 3 times; prior worth {PRIOR:,.0f} words"
    )
    pick = _ends(rows)
    more = {
        "known": known,
        "area_id": area_id,
        "name": name,
        "shown": pick,
        "all": plural(len(rows), "word"),
    }
    return View("Words by area", said, base, rows, _draw(pick, said) if pick else None, more=more)


def _ends(rows: list[Row]) -> list[Row]:
    most = [row for row in rows[:MOST] if row["z"] > 0]
    return most + [row for row in rows[-LEAST:] if row["z"] < 0 and row not in most]


def _draw(rows: list[Row], said: str) -> Any:
    from linkage.pictures import draw_scores

    drawn = [
        {"name": row["word"], "score": row["z"],
         "told": f"{row['count']}× by {row['speakers']} · else {row['count_else']}×"}
        for row in rows
    ]  # fmt: skip
    label = f"{said}: z of the weighted log-odds. " + "; ".join(
        f"{row['word']} {row['z']:.1f}" for row in rows
    )
    return lambda width: draw_scores(drawn, label, width=width)


def every_stop_word() -> str:
    """Write the stop words for the page."""
    from coding.retrieval import STOP_WORDS

    return ", ".join(sorted(STOP_WORDS))


def checked() -> dict[str, bool]:
    """Say which boxes of the form are ticked."""
    return {name: bool(request.args.get(name)) for name in ("moderators", "stops")}


def phase_shown() -> str:
    """Return the phase that the form shows."""
    return one_of("phase", PHASES, "source")
