"""What pages that stay open ask: who edits the same thing, what changed, who is signed in."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from coding.checks import get
from linkage.feed import changed_objects, last_change
from linkage.recent import last_touch

from ..arguments import whole_argument
from ..current import study
from ..presence import name_of, others_at
from ..rows import ROW

pages = Blueprint("here", __name__)


@pages.get(f"/studies/<study_key>/here/<any(code, story, message):what>/<{ROW}:row_id>")
def editors(what: str, row_id: int) -> ResponseReturnValue:
    """Answer with the others on the page of an object, and who saved it since `revision`."""
    now = get(study().db, what, row_id, what)
    answer: dict[str, Any] = {"people": others_at(f"{what} {row_id}"), "saved_by": None}
    if now["revision"] != whole_argument("revision"):
        answer["saved_by"] = who_saved(what, row_id)["who"]
    return answer


def who_saved(what: str, row_id: int) -> dict[str, Any]:
    """Name who changed an object last, and when."""
    touch = last_touch(study().db, what, row_id) or {"at": "", "actor": "", "who": ""}
    return {"at": touch["at"], "who": touch["who"] or name_of(touch["actor"])}


@pages.get("/studies/<study_key>/changed")
def changed() -> ResponseReturnValue:
    """Name the kinds of things that changed since change `since`, for a list that stays open."""
    db, since = study().db, whole_argument("since")
    newest = last_change(db)
    fresh = since is not None and since < newest
    return {"last": newest, "objects": changed_objects(db, since or 0) if fresh else []}


@pages.app_template_global("last_change")
def newest_change() -> int:
    """Number the newest change that the page shows."""
    return last_change(study().db)


@pages.get("/token")
def token() -> ResponseReturnValue:
    """Give a page that outlived its sign-in the token of the new one."""
    return {"token": generate_csrf(), "person": current_user.guid}
