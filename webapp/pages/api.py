"""Words as JSON: codings, codes, memos, undo and redo, and what changed since."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlite_utils import Database

from coding import codebook, codings, memos, transcripts
from linkage import undo as reversal
from linkage.feed import read_feed

from ..current import as_coder, study
from ..json_fields import read_fields, whole_argument

pages = Blueprint("api", __name__, url_prefix="/api/studies/<study_key>")
Row = dict[str, Any]

PASSAGE = {"code_id": "whole", "start": "whole", "end": "whole", "quote": "text"}
TEXTS = dict.fromkeys(("definition", "include", "exclude", "example"), "text")
CODE = {"parent_id": "whole or null", "colour": "text", **TEXTS}


@pages.get("/transcripts/<int:transcript_id>/codings")
def list_codings(transcript_id: int) -> list[Row]:
    transcripts.get_transcript(study().db, transcript_id)
    return codings.list_codings(study().db, transcript_id)


@pages.post("/transcripts/<int:transcript_id>/codings")
def add_coding(transcript_id: int) -> ResponseReturnValue:
    sent = read_fields(PASSAGE)
    name = codebook.get_code(study().db, sent["code_id"])["name"]

    def run(db: Database, coder_id: int) -> int:
        return codings.add_coding(db, transcript_id, coder_id=coder_id, **sent)

    return {"id": study().change(f"code a passage as “{name}”", as_coder(run))}, 201


@pages.delete("/codings/<int:coding_id>")
def remove_coding(coding_id: int) -> ResponseReturnValue:
    study().change("remove a coding", lambda db: codings.remove_coding(db, coding_id))
    return "", 204


@pages.put("/codings/<int:coding_id>/memo")
def set_memo(coding_id: int) -> Row:
    sent = read_fields({"text": "text"}, {"revision": "whole or null"})

    def run(db: Database, coder_id: int) -> int | None:
        return memos.set_memo(db, coder_id, coding_id=coding_id, **sent)

    return {"id": study().change("write a memo", as_coder(run))}


@pages.post("/codes")
def add_code() -> ResponseReturnValue:
    sent = read_fields({"name": "text"}, CODE)
    action = f"add the code “{sent['name'].strip()[:200]}”"
    return {"id": study().change(action, lambda db: codebook.add_code(db, **sent))}, 201


@pages.patch("/codes/<int:code_id>")
def change_code(code_id: int) -> Row:
    sent = read_fields({"revision": "whole"}, {"name": "text", "position": "whole", **CODE})
    name = codebook.get_code(study().db, code_id)["name"]
    revision = study().change(
        f"change the code “{name}”", lambda db: codebook.update_code(db, code_id, **sent)
    )
    return {"revision": revision}


@pages.post("/undo")
def undo() -> Row:
    return _reverse("undo", reversal.undo)


@pages.post("/redo")
def redo() -> Row:
    return _reverse("redo", reversal.redo)


def _reverse(kind: str, run: Callable[[Database, str], str]) -> Row:
    guid = current_user.guid
    return {"action": study().change(kind, lambda db: run(db, guid))}


@pages.get("/changes")
def changes() -> Row:
    """Answer with the rows changed after `since`, oldest first; ask again from `last`."""
    last, rows = read_feed(study().db, whole_argument("since") or 0)
    return {"last": last, "changes": rows}
