"""Close the codebook, so that its codes stay as they are, and open it again."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from coding.codebook_closing import close_codebook, open_codebook

from ..current import as_coder, study
from .codebook import pages


@pages.post("/codebook/close")
def close() -> ResponseReturnValue:
    study().change("close the codebook", as_coder(close_codebook), kind="fixed")
    flash("The codebook is closed; passages can still be coded.")
    return redirect(url_for("codebook.index"))


@pages.post("/codebook/reopen")
def reopen() -> ResponseReturnValue:
    study().change("open the codebook again", as_coder(open_codebook), kind="fixed")
    flash("The codebook is open again, and that is on record.")
    return redirect(url_for("codebook.index"))
