"""What people decide of the names proposed: hide, keep, put together, take apart, add."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from ..checks import Row, check_name
from ..errors import BadInput, Conflict
from ..transcripts import list_transcripts, text
from . import key_file, naming
from .proposals import find_alike, name_all, taken, texts_of, words_of

AROUND = 60
BY_HAND = "by hand"


def set_style(key: Database, study: Database, style: str) -> None:
    """Choose how pseudonyms look, and propose anew where nobody decided yet."""
    if style not in key_file.STYLES:
        raise BadInput("Choose one of the styles that are offered.")
    key_file.set_setting(key, "style", style)
    key.execute("UPDATE name SET pseudonym = NULL WHERE decision = 'open'")
    name_all(key, study, texts_of(study))


def decide(
    key: Database, study: Database, name_id: int, decision: str, pseudonym: str | None = None
) -> None:
    """Hide a name as its pseudonym, keep it as not identifying, or leave it open."""
    row = key_file.get_name(key, name_id)
    if is_hidden(study, row):
        raise Conflict(f"“{row['pseudonym']}” stands in the study already, so it stays as it is.")
    if decision == "hide" and pseudonym is not None and pseudonym != row["pseudonym"]:
        good = naming.checked(pseudonym, taken(key, study, name_id), words_of(study))
        key.execute("UPDATE name SET pseudonym = ? WHERE id = ?", [good, name_id])
    key_file.decide(key, name_id, decision)


def is_hidden(study: Database, row: Row) -> bool:
    """Say whether a name's pseudonym stands in the study by now."""
    return bool(
        study.execute("SELECT 1 FROM pseudonym WHERE pseudonym = ?", [row["pseudonym"]]).fetchone()
    )


def leave(key: Database, name_id: int, places: Iterable[int]) -> None:
    """Leave these occurrences of a name as they are, and hide all its others."""
    chosen = set(places)
    rows = key.execute("SELECT id FROM occurrence WHERE name_id = ?", [name_id]).fetchall()
    key.conn.executemany(
        "UPDATE occurrence SET leave = ? WHERE id = ?", [(int(i in chosen), i) for (i,) in rows]
    )


def merge(key: Database, study: Database, name_id: int, into: int) -> None:
    """Make two names one: the second's pseudonym stands for both."""
    one, other = key_file.get_name(key, name_id), key_file.get_name(key, into)
    if one["id"] == other["id"]:
        raise BadInput("Choose another name to put this one together with.")
    if is_hidden(study, one):
        raise Conflict(f"“{one['pseudonym']}” stands in the study already, so it stays apart.")
    key.execute("UPDATE occurrence SET name_id = ? WHERE name_id = ?", [into, name_id])
    for row in list(key.query("SELECT * FROM form WHERE name_id = ?", [name_id])):
        key_file.add_forms(key, into, [row["text"]], row["only_in"])
    key.execute("DELETE FROM name WHERE id = ?", [name_id])


def split(key: Database, study: Database, name_id: int, places: Sequence[int]) -> int:
    """Make another name of some occurrences: it is somebody else there; returns its number.

    In the transcripts where all of them stand, the same writing means the new name from now on.
    """
    row = key_file.get_name(key, name_id)
    if is_hidden(study, row):
        raise Conflict(f"“{row['pseudonym']}” stands in the study already, so it stays one.")
    all_of = list(key.query("SELECT * FROM occurrence WHERE name_id = ?", [name_id]))
    chosen = [one for one in all_of if one["id"] in set(places)]
    if not chosen or len(chosen) == len(all_of):
        raise BadInput("Tick the occurrences that are somebody else, some and not all.")
    new = key_file.add_name(key, row["kind"], max((o["text"] for o in chosen), key=len))
    for one in chosen:
        key.execute("UPDATE occurrence SET name_id = ? WHERE id = ?", [new, one["id"]])
        key_file.add_forms(key, new, [one["text"]], one["transcript_id"])
    stay = {one["text"] for one in all_of if one not in chosen}
    for gone in {one["text"] for one in chosen} - stay:
        key.execute("DELETE FROM form WHERE name_id = ? AND text = ?", [name_id, gone])
    name_all(key, study, texts_of(study))
    return new


def add(key: Database, study: Database, kind: str, typed: str) -> int:
    """Add what the search missed, wherever it stands; returns the name's number."""
    words = check_name(typed, "what is to be hidden")
    if kind not in naming.LABELS:
        raise BadInput("Choose what kind of name it is.")
    for row in key.query("SELECT name_id, text FROM form"):
        if key_file.same_form(row["text"], words):
            raise BadInput(f"“{words}” is in the list already.")
    texts = texts_of(study)
    name_id = key_file.add_name(key, kind, words)
    key_file.add_forms(key, name_id, [words], None)
    find_alike(key, texts, name_id)
    key.execute(
        "UPDATE occurrence SET source = ?, certainty = 1, leave = 0 WHERE name_id = ?",
        [BY_HAND, name_id],
    )
    name_all(key, study, texts)
    return name_id


def occurrences(key: Database, study: Database, name_id: int, limit: int = 400) -> list[Row]:
    """List where a name stands, with the words around it, in order of the transcripts."""
    titles = {row["id"]: row["title"] for row in list_transcripts(study)}
    rows = list(
        key.query(
            "SELECT * FROM occurrence WHERE name_id = ? ORDER BY transcript_id, start LIMIT ?",
            [name_id, limit],
        )
    )
    texts: dict[int, str] = {}
    for row in rows:
        place = row["transcript_id"]
        if place not in texts:
            texts[place] = text(study, place) if place in titles else ""
        whole = texts[place]
        row["title"] = titles.get(place, "")
        row["before"] = whole[max(0, row["start"] - AROUND) : row["start"]]
        row["after"] = whole[row["end"] : row["end"] + AROUND]
        row["fresh"] = whole[row["start"] : row["end"]] == row["text"]
    return rows
