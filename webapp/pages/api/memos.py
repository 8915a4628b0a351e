"""Memos as JSON."""

from typing import Any

from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from coding import memos
from coding.checks import get

from ...current import as_coder, study
from ...openapi import described
from .blueprint import MEMO, STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/memos")
@described("Words", "[Memo]", asked="OfMemos")
def list_memos(asked: Row) -> list[Row]:
    """List memos, newest first."""
    wanted: Row = {name: value or "" for name, value in asked.items()}
    return memos.find_memos(study().db, **wanted)


@pages.post(f"{STUDY}/memos")
@described("Words", "Made", 201, sent="NewMemo")
def add_memo(sent: Row) -> ResponseReturnValue:
    """Write a memo beside those that are there."""
    for column, table in memos.ON.items():
        if sent.get(column) is not None:
            get(study().db, table, sent[column], table)

    def run(db: Database, coder_id: int) -> int:
        return memos.add_memo(db, coder_id, **sent)

    return {"id": study().change("write a memo", as_coder(run))}, 201


@pages.patch(MEMO)
@described(
    "Words",
    "Revised",
    sent="MemoChange",
    refused={409: "It was changed meanwhile; `current` is the memo as it is now."},
)
def change_memo(memo_id: int, sent: Row) -> Row:
    """Change one's own memo."""

    def run(db: Database, coder_id: int) -> int:
        return memos.change_memo(db, memo_id, coder_id, **sent)

    return {"revision": study().change("change a memo", as_coder(run))}


@pages.delete(MEMO)
@described("Words", None, 204)
def remove_memo(memo_id: int) -> ResponseReturnValue:
    """Remove one's own memo."""

    def run(db: Database, coder_id: int) -> None:
        memos.remove_memo(db, memo_id, coder_id)

    study().change("remove a memo", as_coder(run))
    return "", 204
