"""Names in what people wrote themselves: memos, stories, messages, titles, names of speakers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from string import Template
from typing import Any

from sqlite_utils import Database

from .history import UNRECORDED, recorded_tables
from .object_words import field_word, kind_word
from .shifting import marking_tables

Row = dict[str, Any]
# Reword a text, as it is said in a transcript or, with None, anywhere.
Reword = Callable[[str, int | None], str]
AROUND = 50
NOT_WRITTEN = {
    "transcript_text", "turn", "earlier_turn", "coder", "pseudonym", "pseudonymisation", "key_use",
    "allocation_receipt", "allocation_balance", "survey_import", "survey_item", "replaced_import",
    "plan", "result_seen",
}  # fmt: skip
# Columns of fixed words, and what other files know a row by.
FIXED = {
    "guid", "colour", "key", "kind", "use", "role", "phase", "framing", "type", "decision",
    "nudge", "state", "time", "model", "unrecorded", "form_version", "approach",
    "given", "statistic", "period", "shown", "rounding", "population",
}  # fmt: skip
ENDINGS = ("_sha256", "_at", "_on")
# A list of names to know: a hidden one is taken out, two would be called the same otherwise.
LISTS = {"gazetteer_entry"}
SENT = "SELECT message_version_id FROM message_shown"
_UPDATE = Template('UPDATE "$table" SET $columns WHERE id = ?')
_KEPT = {"allocation", "change", "change_row", "change_payload", "erasing", "group_member",
         "missing_answer", "released_table"}  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A field of a row that holds a name, around the first of them, and what it would say."""

    table: str
    row_id: int
    field: str
    before: str
    after: str
    sent: bool

    @property
    def kind(self) -> str:
        """What people call the row."""
        return kind_word(self.table)

    @property
    def word(self) -> str:
        """What people call the field."""
        return field_word(self.field)


def written_columns(db: Database) -> dict[str, list[str]]:
    """List, by table, the columns in which people write."""
    marking = set(marking_tables(db))
    found: dict[str, list[str]] = {}
    for table in recorded_tables(db):
        if table in NOT_WRITTEN:
            continue
        columns = [
            name
            for name, kind in db.table(table).columns_dict.items()
            if kind is str
            and name not in FIXED
            and not name.endswith(ENDINGS)
            and not (name == "quote" and table in marking)
        ]
        if columns:
            found[table] = columns
    return found


def written_hits(db: Database, found: re.Pattern[str], reword: Reword) -> Iterator[Hit]:
    """Find every written field that holds a name; a message that was sent stays as it was sent."""
    sent = {row[0] for row in db.execute(SENT).fetchall()}
    for table, columns in written_columns(db).items():
        for row in list(db.table(table).rows):
            for column in columns:
                match = found.search(row[column] or "")
                if match:
                    shown = row.get("message_version_id") in sent and table == "message_sentence"
                    new = reword(row[column], transcript_of(table, row)) * (table not in LISTS)
                    yield _hit(table, row, column, match, new, shown)


def _hit(table: str, row: Row, column: str, match: re.Match[str], new: str, sent: bool) -> Hit:
    at = max(0, match.start() - AROUND)
    length = match.end() + AROUND - at
    return Hit(
        table, row["id"], column, row[column][at : at + length], new[at : at + length + 20], sent
    )


def transcript_of(table: str, row: Row) -> int | None:
    """Return the transcript that a row is about, where it says so."""
    found = row["id"] if table == "transcript" else row.get("transcript_id")
    return int(found) if found else None


def reword_rows(db: Database, hits: list[Hit], reword: Reword) -> None:
    """Write the fields anew; whoever has one open for writing meets a newer revision."""
    fields: dict[tuple[str, int], list[str]] = {}
    for hit in hits:
        fields.setdefault((hit.table, hit.row_id), []).append(hit.field)
    for (table, row_id), columns in fields.items():
        if table in LISTS:
            db.table(table).delete(row_id)
            continue
        row = next(iter(db.table(table).rows_where("id = ?", [row_id])))
        values = {name: reword(row[name], transcript_of(table, row)) for name in columns}
        if "revision" in row:
            values["revision"] = row["revision"] + 1
        columns_sql = ", ".join(f'"{name}" = ?' for name in values)
        db.execute(_UPDATE.substitute(table=table, columns=columns_sql), [*values.values(), row_id])


def drop_derived(db: Database) -> None:
    """Empty every table of what was only made from the words, and can be made again."""
    recorded = set(recorded_tables(db))
    for table in db.table_names():
        made = table == "answered_request" or table not in UNRECORDED | recorded | _KEPT
        if made and not table.startswith(("sqlite_", "_", "response_")):
            db.table(table).delete_where()
