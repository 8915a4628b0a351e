"""Read messages: the latest version, its sentences, and the quotes behind each."""

from typing import Any

from sqlite_utils import Database

from analysis.stored_figures import list_figures
from coding.errors import NotFound
from coding.turns import count_words

from ..passages import Passages

Row = dict[str, Any]

_MESSAGES = """
    SELECT message.*, wave.key AS wave, wave.name AS wave_name, area.key AS area,
           area.name AS area_name, issue.key AS issue, issue.name AS issue_name,
           v.id AS version_id, v.version, v.created_at AS written_at, coder.name AS coder
    FROM message JOIN wave ON wave.id = wave_id JOIN area ON area.id = area_id
    JOIN issue ON issue.id = issue_id
    LEFT JOIN message_version v ON v.message_id = message.id AND (:all OR v.version =
        (SELECT max(version) FROM message_version WHERE message_id = message.id))
    LEFT JOIN coder ON coder.id = v.coder_id
    WHERE (:wave IS NULL OR wave_id = :wave) AND (:message IS NULL OR message.id = :message)
    ORDER BY wave.position, area.position, issue.position, message.nudge, v.version
"""
_SENTENCES = """
    SELECT s.id, s.message_version_id, s.text FROM message_sentence s
    JOIN message_version v ON v.id = s.message_version_id
    WHERE :message IS NULL OR v.message_id = :message ORDER BY s.message_version_id, s.position
"""
_EVIDENCE = """
    SELECT e.sentence_id, q.*, story.title AS story FROM sentence_evidence e
    JOIN story_quote q ON q.id = e.story_quote_id JOIN story ON story.id = q.story_id
    JOIN message_sentence s ON s.id = e.sentence_id
    JOIN message_version v ON v.id = s.message_version_id
    WHERE :message IS NULL OR v.message_id = :message ORDER BY q.id
"""
_SHOWN = """
    SELECT shown.message_version_id AS id FROM message_shown shown
    JOIN message_version v ON v.id = shown.message_version_id
    WHERE :message IS NULL OR v.message_id = :message
"""


_APPROVALS = """
    SELECT p.id, p.message_version_id, p.approved_at, coder.name AS coder
    FROM message_approval p JOIN coder ON coder.id = p.coder_id
"""


def list_messages(db: Database, wave_id: int | None = None) -> list[Row]:
    """List messages as their latest versions say, with what stands behind each sentence."""
    return _read(db, wave=wave_id)


def get_message(db: Database, message_id: int) -> Row:
    """Return one message as it is listed."""
    found = _read(db, message=message_id)
    if not found:
        raise NotFound(f"There is no message {message_id} in this study.")
    return found[0]


def list_versions(db: Database, message_id: int) -> list[Row]:
    """List every version of a message, oldest first."""
    get_message(db, message_id)
    return [row for row in _read(db, message=message_id, every=True) if row["version"]]


def shown_versions(db: Database, message_id: int | None = None) -> set[int]:
    """Return the versions that an allocated wave shows."""
    return {row["id"] for row in list(db.query(_SHOWN, {"message": message_id}))}


def _read(
    db: Database, *, wave: int | None = None, message: int | None = None, every: bool = False
) -> list[Row]:
    chosen = {"wave": wave, "message": message, "all": every}
    messages = list(db.query(_MESSAGES, chosen))
    sentences = _sentences(db, message, {row["version_id"] for row in messages})
    shown = shown_versions(db, message)
    figures = list_figures(db, {row["version_id"] for row in messages if row["version_id"]})
    approvals = {row.pop("message_version_id"): row for row in list(db.query(_APPROVALS))}
    for row in messages:
        row["sentences"] = sentences.get(row["version_id"], [])
        row["text"] = " ".join(sentence["text"] for sentence in row["sentences"])
        row["words"] = count_words(row["text"])
        row["without_evidence"] = sum(not sentence["evidence"] for sentence in row["sentences"])
        row["figures"] = figures.get(row["version_id"], [])
        row["shown"] = row["version_id"] in shown
        row["approval"] = approvals.get(row["version_id"])
        row["state"] = "approved" if row["approval"] else row["state"]
    return messages


def _sentences(db: Database, message: int | None, versions: set[int]) -> dict[int, list[Row]]:
    evidence: dict[int, list[Row]] = {}
    passages = Passages(db)
    found: dict[int, list[Row]] = {}
    for row in list(db.query(_SENTENCES, {"message": message})):
        if row["message_version_id"] in versions:
            row["evidence"] = evidence.setdefault(row["id"], [])
            found.setdefault(row["message_version_id"], []).append(row)
    for quote in list(db.query(_EVIDENCE, {"message": message})):
        sentence = quote.pop("sentence_id")
        if sentence in evidence:
            said = passages.said(quote["transcript_id"], quote["start"], quote["end"])
            evidence[sentence].append({**quote, **said.row})
    return found
