"""A whole small study as a file, and ways to spoil it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from coding import transcripts
from coding.codebook import add_code
from coding.codings import add_coding
from coding.groups import add_group
from linkage import areas
from linkage.backup import back_up
from linkage.opening import Opened, open_elsewhere
from linkage.plans import freeze_plan, note_seen, save_draft
from linkage.sqlite import sqlite3
from linkage.study import open_study, prepare_study, writing
from linkage.survey import import_survey
from tests.analysis.plan.plans import a_plan

from .conftest import EAST_TALK

MAPPING = """
area = "place"
arm = { column = "group", labels = { none = ["c"], A = ["a"] } }
[[outcome]]
key = "hours"
column = "h"
issue = "health"
scale = "hours"
measure = "hours_willing_with_others"
"""
QUOTE = "Six of us cleared the lane"


def build(folder: Path) -> Path:
    """Make a study with words, a coding and answers, and return it as a file of its own."""
    (folder / "talk.txt").write_text(EAST_TALK)
    (folder / "answers.csv").write_text("place,group,h\n" + "east,c,1\nwest,a,2.5\n" * 40)
    db = prepare_study(folder / "study.db", "Test study")
    with writing(db, "Ana", "set up"):
        for key in ("east", "west"):
            area = areas.add_area(db, key, key.title(), "rural area")
        areas.add_issue(db, "health", "Health")
        areas.add_wave(db, "1")
        preview = transcripts.preview(folder / "talk.txt", {}, ["Helen"])
        talk = transcripts.import_transcript(db, preview, add_group(db, area, "Lane hall"))
    with writing(db, "Ana", "code"):
        start = transcripts.text(db, talk).index(QUOTE)
        coder = areas.ensure_coder(db, "Ana")
        add_coding(db, talk, add_code(db, "Acting"), coder, start, start + len(QUOTE), QUOTE)
    with writing(db, "Ana", "plan"):
        save_draft(db, 1, a_plan())
    with writing(db, "Ana", "freeze", kind="fixed"):
        freeze_plan(db, 1, coder)
        note_seen(db, 1, coder, "effects")
    import_survey(db, None, folder / "answers.csv", MAPPING, actor="Ana")
    db.close()
    back_up(folder / "study.db", folder / "elsewhere.db")
    return folder / "elsewhere.db"


def spoil(file: Path, *statements: str) -> None:
    """Change a file as somebody does who means harm: no triggers, no checks, no foreign keys."""
    with closing(sqlite3.connect(str(file), isolation_level=None)) as conn:
        conn.create_function("shout", 1, lambda word: word)
        conn.execute("PRAGMA foreign_keys=OFF")
        conn.execute("PRAGMA ignore_check_constraints=ON")
        found = conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in found:
            conn.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            conn.execute(statement)


def rewrite(file: Path, table: str, change: Callable[[str], str]) -> None:
    """Put other words into a table's definition, the rows left as they are."""
    with closing(sqlite3.connect(str(file), isolation_level=None)) as conn:
        (sql,) = conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()
        conn.execute("PRAGMA writable_schema=ON")
        conn.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", [change(sql), table])


def reopened(file: Path, folder: Path, **options) -> tuple[Opened, Path]:
    folder.mkdir()
    opened = open_elsewhere(file, folder / "own.db", "Ana", **options)
    return opened, folder / "own.db"


def rows(path: Path) -> dict[str, list[tuple]]:
    """Everything in a study file but what only its own place knows."""
    with closing(open_study(path).conn) as conn:
        names = [n for (n,) in conn.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {
            name: conn.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for name in names
            if name not in ("_sqlite_migrations", "sqlite_sequence", "answered_request")
        }
