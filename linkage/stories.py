"""Stories of successful local co-production: marked in the words, told with their quotes."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sqlite_utils import Database

from coding.checks import check_name, check_text, get, insert, now
from coding.codings import check_passage
from coding.errors import BadInput, Conflict, NotFound

from .passages import Passages

Row = dict[str, Any]
Quote = tuple[int, int, int, str]

_STORIES = """
    SELECT story.*, area.key AS area, area.name AS area_name, issue.key AS issue,
           issue.name AS issue_name, coder.name AS coder
    FROM story JOIN area ON area.id = area_id JOIN issue ON issue.id = issue_id
    JOIN coder ON coder.id = coder_id
    WHERE (:area IS NULL OR area_id = :area) AND (:issue IS NULL OR issue_id = :issue)
      AND (:story IS NULL OR story.id = :story)
    ORDER BY area.position, issue.position, story.id
"""
_USES = """
    SELECT DISTINCT q.id AS quote_id, q.story_id, message.id AS message_id, message.nudge,
           area.name AS area_name, issue.name AS issue_name, wave.key AS wave
    FROM story_quote q JOIN sentence_evidence e ON e.story_quote_id = q.id
    JOIN message_sentence s ON s.id = e.sentence_id
    JOIN message_version v ON v.id = s.message_version_id JOIN message ON message.id = v.message_id
    JOIN area ON area.id = message.area_id JOIN issue ON issue.id = message.issue_id
    JOIN wave ON wave.id = message.wave_id
    WHERE (:story IS NULL OR q.story_id = :story) AND (:quote IS NULL OR q.id = :quote)
    ORDER BY message.id, q.id
"""


def add_story(
    db: Database,
    *,
    area_id: int,
    issue_id: int,
    title: str,
    coder_id: int,
    quotes: Iterable[Quote],
    **told: str,
) -> int:
    """Mark a story on at least one passage; raises QuoteMismatch where a quote is not the text.

    `told` may hold summary, actors, place, what_changed, happened and framing.
    """
    quotes = list(quotes)
    if not quotes:
        raise BadInput("A story needs at least one quote; select the words that tell it.")
    row = _checked(db, {**told, "title": title, "issue_id": issue_id})
    row |= {"area_id": get(db, "area", area_id, "area")["id"], "coder_id": coder_id}
    with db.atomic():
        story_id = insert(db, "story", {**row, "created_at": now()})
        for quote in quotes:
            add_quote(db, story_id, *quote)
    return story_id


def update_story(db: Database, story_id: int, revision: int, **fields: Any) -> None:
    """Change what is said of a story; raises Conflict where somebody changed it since."""
    current = get(db, "story", story_id, "story")
    if current["revision"] != revision:
        raise Conflict("Somebody changed this story since you opened it; look again.", current)
    changed = {k: v for k, v in _checked(db, fields).items() if current[k] != v}
    if "issue_id" in changed:
        _refuse_while_used(db, "The issue of this story cannot change", story=story_id)
    if changed:
        db.table("story").update(story_id, {**changed, "revision": revision + 1})


def add_quote(
    db: Database, story_id: int, transcript_id: int, start: int, end: int, quote: str
) -> int:
    """Add a passage to a story; the same passage again is the same quote."""
    story = get(db, "story", story_id, "story")
    check_passage(db, transcript_id, start, end, quote)
    said = Passages(db).said(transcript_id, start, end)
    if said.area_id != story["area_id"]:
        area = get(db, "area", story["area_id"], "area")
        raise BadInput(
            f"“{said.transcript}” was recorded in {said.area_name}, "
            f"so its words cannot tell a story of {area['name']}."
        )
    place = {"story_id": story_id, "transcript_id": transcript_id, "start": start, "end": end}
    same = " AND ".join(f'"{column}" = :{column}' for column in place)
    for row in list(db.table("story_quote").rows_where(same, place)):
        return int(row["id"])
    return insert(db, "story_quote", {**place, "quote": quote})


def remove_quote(db: Database, quote_id: int) -> None:
    """Take a quote out of its story; refused while a message rests on it, or it is the last."""
    quote = get(db, "story_quote", quote_id, "quote")
    _refuse_while_used(db, "This quote cannot be removed", quote=quote_id)
    if db.table("story_quote").count_where("story_id = ?", [quote["story_id"]]) == 1:
        raise BadInput("A story needs at least one quote; add another before removing this one.")
    db.table("story_quote").delete(quote_id)


def delete_story(db: Database, story_id: int) -> None:
    """Delete a story with its quotes; refused while a message rests on one of them."""
    get(db, "story", story_id, "story")
    _refuse_while_used(db, "This story cannot be deleted", story=story_id)
    db.table("story").delete(story_id)


def list_stories(
    db: Database, area_id: int | None = None, issue_id: int | None = None
) -> list[Row]:
    """List stories with their quotes (who spoke, where, with what consent) and their messages."""
    return _with_quotes(db, {"area": area_id, "issue": issue_id, "story": None})


def get_story(db: Database, story_id: int) -> Row:
    """Return one story as it is listed."""
    found = _with_quotes(db, {"area": None, "issue": None, "story": story_id})
    if not found:
        raise NotFound(f"There is no story {story_id} in this study.")
    return found[0]


def _with_quotes(db: Database, chosen: dict[str, int | None]) -> list[Row]:
    stories = list(db.query(_STORIES, chosen))
    uses = list(db.query(_USES, {"story": chosen["story"], "quote": None}))
    quotes: dict[int, list[Row]] = {row["id"]: [] for row in stories}
    passages = Passages(db)
    for quote in list(db.table("story_quote").rows_where(order_by="id")):
        if quote["story_id"] in quotes:
            said = passages.said(quote["transcript_id"], quote["start"], quote["end"])
            quotes[quote["story_id"]].append({**quote, **said.row})
    for row in stories:
        row["quotes"] = quotes[row["id"]]
        row["messages"] = sorted({u["message_id"] for u in uses if u["story_id"] == row["id"]})
    return stories


def _checked(db: Database, fields: Row) -> Row:
    if unknown := fields.keys() - _CHECKS.keys():
        raise BadInput(f"A story has no “{min(unknown)}”; it has {', '.join(_CHECKS)}.")
    return {name: _CHECKS[name](db, value) for name, value in fields.items()}


def _text(what: str, db: Database, value: str) -> str:
    return check_text(value, what, 5_000)


def _framing(db: Database, value: str) -> str:
    if value not in ("individual", "group"):
        raise BadInput(f"The framing of a story is individual or group, not “{value[:40]}”.")
    return value


_CHECKS: dict[str, Callable[[Database, Any], Any]] = {
    "title": lambda db, value: check_name(value, "a story"),
    "issue_id": lambda db, value: get(db, "issue", value, "issue")["id"],
    "summary": partial(_text, "The summary"),
    "actors": partial(_text, "Who did it"),
    "place": partial(_text, "The place"),
    "what_changed": partial(_text, "What changed"),
    "happened": partial(_text, "When it happened"),
    "framing": _framing,
}


def _refuse_while_used(
    db: Database, refusal: str, *, story: int | None = None, quote: int | None = None
) -> None:
    for use in list(db.query(_USES, {"story": story, "quote": quote})):
        raise BadInput(
            f"{refusal} while the message for {use['area_name']}, {use['issue_name']} "
            f"(nudge {use['nudge']}, wave {use['wave']}) rests on it."
        )
