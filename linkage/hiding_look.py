"""What hiding the decided names would do, worked out before anything is stored."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from coding.errors import Conflict
from coding.pseudonyms import key_file
from coding.pseudonyms.common_words import BOTH
from coding.pseudonyms.forms import pattern
from coding.pseudonyms.replacing import Edit, Replaced, key_of, replace
from coding.transcripts import text

from .rewording import Hit, written_hits

Row = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """What hiding would do, as it is shown before it is done."""

    names: tuple[Row, ...]
    texts: dict[int, Replaced]
    hits: tuple[Hit, ...]
    left: int

    @property
    def places(self) -> int:
        """How many places of the transcripts would say a pseudonym."""
        return sum(len(new.edits) for new in self.texts.values())

    @property
    def written(self) -> tuple[Hit, ...]:
        """What people wrote that would be changed."""
        return tuple(hit for hit in self.hits if not hit.sent)

    @property
    def seal(self) -> str:
        """What was seen: hiding under another seal is refused."""
        told = [(row["id"], row["pseudonym"]) for row in self.names]
        edits = [(number, new.edits) for number, new in sorted(self.texts.items())]
        return hashlib.sha256(repr((told, edits, self.hits)).encode()).hexdigest()


class Wording:
    """How each form of the decided names is written afterwards."""

    def __init__(self, key: Database, names: list[Row]) -> None:
        ids = {row["id"]: row["pseudonym"] for row in names}
        left, said = _said(key, leave=1), _said(key, leave=0)
        loose, exact = [], []
        self._anywhere: dict[str, str] = {}
        self._only: dict[int, dict[str, str]] = {}
        # A form that is somebody else in one transcript only means the others everywhere else.
        for row in key.query("SELECT * FROM form ORDER BY only_in IS NOT NULL, id"):
            if row["name_id"] not in ids:
                continue
            words, pseudonym = key_of(row["text"]), ids[row["name_id"]]
            self._anywhere.setdefault(words, pseudonym)
            if row["only_in"]:
                self._only.setdefault(row["only_in"], {})[words] = pseudonym
            some_left = words in left.get(row["name_id"], {})
            if not some_left and words not in BOTH:
                loose.append(row["text"])
            elif not some_left:  # a word as well: only where a capital tells it apart
                exact += [row["text"], row["text"].title(), row["text"].upper()]
            elif row["text"] in said.get(row["name_id"], {}).get(words, ()):
                exact.append(row["text"])
        self.found: re.Pattern[str] = pattern(loose, exact)

    def __call__(self, words: str, transcript_id: int | None = None) -> str:
        here = self._only.get(transcript_id or 0, {})
        return replace(words, self.found, {**self._anywhere, **here})

    def holds(self, words: str) -> bool:
        """Say whether a text holds a name that is hidden."""
        return self.found.search(words) is not None


def _said(key: Database, leave: int) -> dict[int, dict[str, set[str]]]:
    """Collect the writings, by name and form, of the places that are left or are not."""
    found: dict[int, dict[str, set[str]]] = {}
    rows = key.query("SELECT DISTINCT name_id, text FROM occurrence WHERE leave = ?", [leave])
    for row in rows:
        forms = found.setdefault(row["name_id"], {})
        forms.setdefault(key_of(row["text"]), set()).add(row["text"])
    return found


def look(db: Database, key: Database) -> Look:
    """Work out what hiding the decided names would do; nothing is stored.

    Raises Conflict where a transcript says something else by now than what was searched.
    """
    names = decided(key)
    wording = Wording(key, names)
    left_rows = set(key.execute("SELECT object, object_id FROM left_row").fetchall())
    hits = [
        hit
        for hit in written_hits(db, wording.found, wording)
        if (hit.table, hit.row_id) not in left_rows
    ]
    texts = dict(_texts(db, key))
    left = sum(row["left_out"] for row in names) + len(left_rows)
    return Look(tuple(names), texts, tuple(hits), left)


def stays(db: Database, key: Database) -> int:
    """Count the written texts that go on telling a hidden name: left so, or sent in these words."""
    wording = Wording(key, decided(key))
    left = key.execute("SELECT count(*) FROM left_row").fetchone()[0]
    hits = written_hits(db, wording.found, wording)
    return int(left) + sum(hit.sent for hit in hits)


def decided(key: Database) -> list[Row]:
    """List the names that are to be hidden, or are."""
    return [row for row in key_file.list_names(key) if row["decision"] == "hide"]


def _texts(db: Database, key: Database) -> Iterator[tuple[int, Replaced]]:
    rows = list(
        key.query(
            """SELECT o.transcript_id, o.start, o."end", o.text, n.pseudonym FROM occurrence o
               JOIN name n ON n.id = o.name_id WHERE n.decision = 'hide' AND o.leave = 0
               ORDER BY o.transcript_id, o.start"""
        )
    )
    present = {number for (number,) in db.execute("SELECT id FROM transcript").fetchall()}
    for number in dict.fromkeys(row["transcript_id"] for row in rows):
        if number not in present:
            continue
        whole, edits = text(db, number), []
        for row in rows:
            if row["transcript_id"] == number:
                if whole[row["start"] : row["end"]] != row["text"]:
                    raise Conflict(
                        "A transcript was corrected since the search, so the places found in it "
                        "are no longer right; search again, your decisions stay."
                    )
                edits.append(Edit(row["start"], row["end"], row["pseudonym"]))
        yield number, Replaced(whole, edits)
