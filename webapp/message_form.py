"""The editor of a message as a form: one row a sentence, in the order of the page."""

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict

from coding.errors import BadInput
from linkage.messages import split_sentences

Row = dict[str, Any]
EMPTY_ROWS = 3  # for people without JavaScript; with it, rows are added one by one


def read_rows(form: MultiDict[str, str]) -> list[Row]:
    """Read the sentences with the quotes ticked behind each; rows without text are left out.

    A text of several sentences that has no quote yet is split, so that each can get its own.
    """
    rows: list[Row] = []
    for key in form.getlist("row"):
        text = form.get(f"text-{key}", "")
        quotes = _quotes(form.getlist(f"quotes-{key}"))
        parts = [text.strip()] if quotes else split_sentences(text)
        rows += [{"text": part, "quotes": quotes} for part in parts if part]
    return rows


def stored_rows(sentences: Iterable[Row]) -> list[Row]:
    """Return a version's sentences as the editor shows them."""
    return [{"text": s["text"], "quotes": [e["id"] for e in s["evidence"]]} for s in sentences]


def _quotes(ticked: Iterable[str]) -> list[int]:
    if not all(value.isascii() and value.isdigit() and len(value) < 16 for value in ticked):
        raise BadInput("A quote is given by its number; choose from the quotes on the page.")
    return [int(value) for value in ticked]
