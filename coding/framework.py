"""The framework matrix: speakers or groups by themes, a summary in each cell."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from .checks import Row, check_text, get, insert, now
from .codebook import codebook
from .codings import list_codings
from .errors import BadInput, Conflict, NotFound
from .groups import list_groups
from .queries import coded_turns, spoken_turns
from .speakers import list_speakers

ROWS = {"speaker": "speaker_id", "group": "focus_group_id"}
REFERENCE = re.compile(r"\[q(\d{1,15})\]")
LONGEST = 20_000


@dataclass(frozen=True)
class Cell:
    """How many quotes a row has on a theme, and what is written of them, if anything is."""

    quotes: int = 0
    summary: Row | None = None


@dataclass(frozen=True)
class Matrix:
    """Rows and themes in order; a cell without quotes and summary is not in `cells`."""

    kind: str
    rows: list[Row]
    themes: list[Row]
    cells: dict[tuple[int, int], Cell]

    def cell(self, row_id: int, theme_id: int) -> Cell:
        """Return a cell, also an empty one."""
        return self.cells.get((row_id, theme_id), Cell())


def framework(
    db: Database,
    kind: str = "speaker",
    *,
    themes: Collection[int] = (),
    area_id: int | None = None,
    issue_id: int | None = None,
    phase: str | None = None,
) -> Matrix:
    """Lay out the matrix of these themes, or of all; an issue narrows which quotes count."""
    _check_kind(kind)
    columns = [code for code in codebook(db) if code["depth"] == 0]
    if missing := set(themes) - {code["id"] for code in columns}:
        raise NotFound(f"There is no theme {min(missing)} in this study.")
    columns = [code for code in columns if not themes or code["id"] in themes]
    rows = _rows(db, kind, area_id, phase)
    found = cell_quotes(db, kind, issue_id)
    written = {(row["row_id"], row["code_id"]): row for row in _summaries(db, kind)}
    places = ((row["id"], code["id"]) for row in rows for code in columns)
    cells = {
        place: Cell(len(found.get(place, ())), written.get(place))
        for place in places
        if place in found or place in written
    }
    return Matrix(kind, rows, columns, cells)


def quotes_of(
    db: Database, kind: str, row_id: int, theme_id: int, issue_id: int | None = None
) -> list[Row]:
    """List the quotes of one cell; a quote over several turns is of each of their speakers."""
    ids = cell_quotes(db, kind, issue_id).get((row_id, theme_id), set())
    return [row for row in list_codings(db, code_id=theme_id) if row["id"] in ids]


def get_row(db: Database, kind: str, row_id: int) -> Row:
    """Return the speaker or group that a row is about, with its group and area."""
    _check_kind(kind)
    get(db, "speaker" if kind == "speaker" else "focus_group", row_id, kind)
    return next(row for row in _rows(db, kind, None, None, everybody=True) if row["id"] == row_id)


def get_theme(db: Database, code_id: int) -> Row:
    """Return a theme; a code nested under another is none."""
    get(db, "code", code_id, "theme")
    theme = next(code for code in codebook(db) if code["id"] == code_id)
    if theme["depth"]:
        raise NotFound(f"“{theme['name']}” is nested under a theme; open the theme's cell instead.")
    return theme


def get_summary(db: Database, kind: str, row_id: int, code_id: int) -> Row | None:
    """Return what is written in a cell, with who wrote it last."""
    found = (row for row in _summaries(db, kind) if row["row_id"] == row_id)
    return next((row for row in found if row["code_id"] == code_id), None)


def set_summary(
    db: Database, coder_id: int, kind: str, row_id: int, code_id: int, text: str, revision: int
) -> int | None:
    """Write a cell; raises Conflict where `revision` (0 for a new one) is not what is there."""
    get_row(db, kind, row_id)
    get_theme(db, code_id)
    text = check_text(text, "The summary", LONGEST)
    known = get_summary(db, kind, row_id, code_id)
    if revision != (known["revision"] if known else 0):
        raise Conflict("Somebody changed this summary since you opened it; look again.", known)
    wrote = {"summary": text, "coder_id": coder_id, "written_at": now()}
    if known is None:
        row = {ROWS[kind]: row_id, "code_id": code_id, **wrote}
        return insert(db, "framework_summary", row) if text else None
    if text != known["summary"]:
        db.table("framework_summary").update(known["id"], {**wrote, "revision": revision + 1})
    return int(known["id"])


def move_summaries(db: Database, column: str, old_id: int, new_id: int) -> None:
    """Put the summaries of a code or a speaker under another; where both have one, both stand.

    `column` is `code_id` or `speaker_id`.
    """
    kept = {_cell(row): row for row in _of(db, column, new_id)}
    for row in _of(db, column, old_id):
        there = kept.get(_cell({**row, column: new_id}))
        if there is None:
            db.table("framework_summary").update(row["id"], {column: new_id})
            continue
        both = "\n\n".join(text for text in (there["summary"], row["summary"]) if text)
        values = {"summary": both, "revision": there["revision"] + 1}
        db.table("framework_summary").update(there["id"], values)


def _of(db: Database, column: str, object_id: int) -> list[Row]:
    rows = list(db.table("framework_summary").rows)
    return [row for row in rows if row[column] == object_id]


def _cell(row: Row) -> tuple[int, int | None, int | None]:
    return row["code_id"], row["speaker_id"], row["focus_group_id"]


def pieces(summary: str, quotes: Iterable[Row]) -> list[tuple[str, Row | None]]:
    """Cut a summary into its words and its references, each with the quote it stands for."""
    known = {row["id"]: row for row in quotes}
    cut: list[tuple[str, Row | None]] = []
    end = 0
    for mark in REFERENCE.finditer(summary):
        if quote := known.get(int(mark[1])):
            cut += [(summary[end : mark.start()], None), (mark[0], quote)]
            end = mark.end()
    return [piece for piece in [*cut, (summary[end:], None)] if piece[0]]


def tidy(matrix: Matrix) -> list[Row]:
    """List every cell as one row, for tables and files."""
    return [
        {
            "area": row["area"],
            "group": row["group"],
            **({"speaker": row["name"]} if matrix.kind == "speaker" else {}),
            "theme": theme["name"],
            "quotes": cell.quotes,
            "summary": cell.summary["summary"] if cell.summary else "",
            "written_by": cell.summary["coder"] if cell.summary else None,
            "written_at": cell.summary["written_at"] if cell.summary else None,
        }
        for row in matrix.rows
        for theme in matrix.themes
        for cell in [matrix.cell(row["id"], theme["id"])]
    ]


def _check_kind(kind: str) -> None:
    if kind not in ROWS:
        raise BadInput(f"The rows of a framework are speaker or group, not “{kind[:40]}”.")


def _rows(
    db: Database, kind: str, area_id: int | None, phase: str | None, everybody: bool = False
) -> list[Row]:
    groups = list_groups(db, area_id)
    groups = [{**g, "group": g["name"]} for g in groups if phase in (None, g["phase"])]
    if kind == "group":
        return groups
    inside = {group["id"]: group["phase"] for group in groups}
    return [
        {**row, "phase": inside[row["focus_group_id"]]}
        for row in list_speakers(db)
        if row["focus_group_id"] in inside and (everybody or row["role"] == "participant")
    ]


def cell_quotes(db: Database, kind: str, issue_id: int | None) -> dict[tuple[int, int], set[int]]:
    """Gather the codings of each cell by its row and theme."""
    spoken = {turn["id"]: turn for turn in spoken_turns(db, None)}
    found: dict[tuple[int, int], set[int]] = {}
    for pair in coded_turns(db):
        turn = spoken[pair["turn_id"]]
        if issue_id in (None, turn["issue_id"]) and turn[ROWS[kind]]:
            place = turn[ROWS[kind]], pair["theme_id"]
            found.setdefault(place, set()).add(pair["coding_id"])
    return found


def _summaries(db: Database, kind: str) -> list[Row]:
    return list(
        db.query(
            """
            SELECT f.*, coalesce(f.speaker_id, f.focus_group_id) AS row_id, o.name AS coder
            FROM framework_summary f JOIN coder o ON o.id = f.coder_id
            WHERE (f.speaker_id IS NULL) = (:kind = 'group') ORDER BY f.id
            """,
            {"kind": kind},
        )
    )
