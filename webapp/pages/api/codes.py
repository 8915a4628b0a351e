"""The codebook as JSON."""

from typing import Any

from flask.typing import ResponseReturnValue

from coding import codebook

from ...current import study
from ...openapi import described
from .blueprint import CODE, STUDY, pages

Row = dict[str, Any]


@pages.get(f"{STUDY}/codes")
@described("Words", "[Code]")
def list_codes() -> list[Row]:
    """List the codebook in the order of its tree."""
    return codebook.codebook(study().db)


@pages.post(f"{STUDY}/codes")
@described("Words", "Made", 201, sent="NewCode")
def add_code(sent: Row) -> ResponseReturnValue:
    """Add a code."""
    action = f"add the code “{sent['name'].strip()[:200]}”"
    return {"id": study().change(action, lambda db: codebook.add_code(db, **sent))}, 201


@pages.patch(CODE)
@described(
    "Words",
    "Revised",
    sent="CodeChange",
    refused={409: "Somebody else changed the code meanwhile; `current` is the code as it is now."},
)
def change_code(code_id: int, sent: Row) -> Row:
    """Change a code that nobody else has changed since."""
    name = codebook.get_code(study().db, code_id)["name"]
    revision = study().change(
        f"change the code “{name}”", lambda db: codebook.update_code(db, code_id, **sent)
    )
    return {"revision": revision}
