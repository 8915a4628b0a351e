"""The course of coding: saturation over transcripts, and one transcript from end to end."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import url_for
from sqlite_utils import Database

from ...arguments import whole_argument
from ...display import plural
from ...numbers import plain_rows
from .choices import id_asked, limits, one_of, phase_asked, row_asked
from .view import Row, View

ORDERS = 500


def view_saturation(db: Database) -> View:
    """Show how many codes each further transcript brings."""
    from coding.retrieval import LEVELS, saturation
    from linkage.pictures import draw_curve

    level, seed = one_of("level", LEVELS, "code"), whole_argument("seed")
    seed = 1 if seed is None else seed
    frame = saturation(
        db, level=level, phase=phase_asked(), area_id=id_asked("area"), orders=ORDERS, seed=seed
    )
    rows = plain_rows(frame)
    of = "themes" if level == "theme" else "codes"
    said = f"New {of} by transcript · {limits()}"
    known = rows[-1]["known"] if rows else 0
    base = (
        f"{plural(len(rows), 'transcript')} with codings, {known} {of} in use; average and middle "
        f"95 % of {ORDERS} random orders, seed {seed}"
    )
    label = f"{said}: " + "; ".join(f"{row['place']}: {row['known']}" for row in rows)
    draw = (lambda width: draw_curve(rows, label, width=width)) if rows else None
    return View("Saturation", said, base, rows, draw, more={"seed": seed, "of": of})


def view_lines(db: Database) -> View:
    """Show which code stands where in a transcript."""
    from coding.retrieval import LEVELS, code_lines
    from linkage.pictures import draw_lines

    transcript = chosen_transcript(db)
    if transcript is None:
        return View("Codes through a transcript", "No transcript yet", "", [])
    level = one_of("level", LEVELS, "theme")
    rows = plain_rows(code_lines(db, transcript["id"], level=level, coder_id=id_asked("coder")))
    for row in rows:
        row["href"] = _place(transcript, row["first"], row["coding_id"])
    said = _said(transcript)
    base = f"{plural(len(rows), 'coding')} over {plural(transcript['turns'], 'turn')}"
    counts = Counter(row["code"] for row in rows)
    label = f"Where each code stands in {transcript['title']}. " + "; ".join(
        f"{code}: {number}" for code, number in counts.items()
    )
    turns = transcript["turns"]
    draw = (lambda width: draw_lines(rows, turns, label, width=width)) if rows else None
    return View(
        "Codes through a transcript", said, base, rows, draw, more={"transcript": transcript}
    )


def view_portrait(db: Database) -> View:
    """Show each turn of a transcript by its code."""
    from coding.retrieval import LEVELS, portrait
    from linkage.pictures import draw_portrait

    transcript = chosen_transcript(db)
    if transcript is None:
        return View("Portrait of a transcript", "No transcript yet", "", [])
    level = one_of("level", LEVELS, "theme")
    rows = plain_rows(portrait(db, transcript["id"], level=level, coder_id=id_asked("coder")))
    for row in rows:
        row["href"] = _place(transcript, row["turn"])
    used = list({row["code_id"]: row for row in rows if row["code"]}.values())
    letters = {row["code_id"]: _letter(number) for number, row in enumerate(used)}
    counts = Counter(row["code_id"] for row in rows)
    coded = sum(1 for row in rows if row["code"])
    base = f"{plural(len(rows), 'turn')}, {coded} of them coded; the code of most letters is shown"
    legend = [
        {"letter": letters[row["code_id"]], "code": row["code"], "code_id": row["code_id"],
         "turns": counts[row["code_id"]]}
        for row in used
    ]  # fmt: skip
    label = f"{transcript['title']}, a cell a turn. " + "; ".join(
        f"{line['letter']} {line['code']}: {plural(line['turns'], 'turn')}" for line in legend
    )
    draw = (lambda width: draw_portrait(rows, letters, label, width=width)) if rows else None
    more = {"legend": legend, "transcript": transcript}
    return View("Portrait of a transcript", _said(transcript), base, rows, draw, more=more)


def chosen_transcript(db: Database) -> Row | None:
    """Return the transcript that is asked for, or else the first with codings."""
    row_asked("transcript")
    from coding.retrieval import transcript_titles

    rows, wanted = transcript_titles(db), whole_argument("transcript")
    if wanted is not None:
        return next(row for row in rows if row["id"] == wanted)
    return next((row for row in rows if row["codings"]), rows[0] if rows else None)


def _place(transcript: Row, turn: int, coding_id: int | None = None) -> str:
    anchor = f"t{turn}"
    return url_for("desk.show", transcript_id=transcript["id"],
                   coding=coding_id, _anchor=anchor)  # fmt: skip


def _letter(number: int) -> str:
    return (
        chr(ord("A") + number)
        if number < 26
        else f"{chr(ord('A') + number // 26 - 1)}{chr(ord('A') + number % 26)}"
    )


def _said(transcript: Row) -> str:
    coder = row_asked("coder")
    return f"{transcript['title']} · {transcript['area_name']}" + (
        f"; coded by {coder['name']}" if coder else ""
    )


def transcripts_for_form(db: Database) -> list[tuple[Any, str]]:
    """List the transcripts for the form."""
    from coding.retrieval import transcript_titles

    return [(row["id"], f"{row['title']} ({row['area_name']})") for row in transcript_titles(db)]
