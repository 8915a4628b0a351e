"""Take a quote of a code as its example."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from coding import checks, codebook
from coding.codebook_example import use_as_example
from coding.errors import BadInput

from ..current import study
from .codebook import pages
from .transcripts.place import number


@pages.post("/codebook/<int:code_id>/example")
def set_example(code_id: int) -> ResponseReturnValue:
    """Set the example; a quote that is not the person's to see is not there."""
    name = codebook.get_code(study().db, code_id)["name"]
    coding = number(request.form, "coding", "The quote")
    revision = number(request.form, "revision", "The revision")
    if coding is None:
        raise BadInput("Choose the quote that becomes the example.")
    checks.get(study().db, "coding", coding, "coding")
    study().change(
        f"use a quote as the example of “{name}”",
        lambda db: use_as_example(db, code_id, coding, revision),
    )
    flash(f"The quote is the example of “{name}” now; undo brings back the one before.")
    return redirect(url_for("codebook.show", code_id=code_id))
