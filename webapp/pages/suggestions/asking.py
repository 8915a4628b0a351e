"""What the addresses and forms of suggestions name: filters, and one suggestion."""

import re
from collections.abc import Mapping
from typing import Any

from flask import request

from coding.checks import get
from coding.errors import BadInput
from coding.suggestions.deciding import Place
from coding.suggestions.reviewing import ORDERS

from ...arguments import whole_argument
from ...current import study

Row = dict[str, Any]
A_PAGE = 20
FILTERS = ("code", "transcript", "order")
NAMES = ("transcript_id", "code_id", "start", "end")
KEY = re.compile(r"(\d{1,15})-(\d{1,15})-(\d{1,15})-(\d{1,15})")


def read_wanted() -> Row:
    """Read the filters of the address; raises NotFound where one names nothing."""
    wanted: Row = {"order": request.args.get("order") or ORDERS[0]}
    for name in ("code", "transcript"):
        number = whole_argument(name)
        wanted[f"{name}_id"] = None if number is None else get(study().db, name, number, name)["id"]
    if wanted["order"] not in ORDERS:
        raise BadInput(f"Suggestions are ordered by {', '.join(ORDERS)}; choose one.")
    return wanted


def narrow(wanted: Row) -> Row:
    """Return what of the filters leaves suggestions out."""
    return {name: wanted[name] for name in ("code_id", "transcript_id")}


def given() -> Row:
    """Return the filters as the address has them, for the next address."""
    return {name: value for name in FILTERS if (value := request.args.get(name))}


def read_place(form: Mapping[str, Any]) -> Place:
    """Read which suggestion a form is about; what is outside of a person's scope is missing."""
    numbers = {}
    for name in NAMES:
        value = str(form.get(name, ""))
        if not (value.isascii() and value.isdigit() and len(value) <= 15):
            raise BadInput("Say which suggestion: transcript, code, start and end, as numbers.")
        numbers[name] = int(value)
    get(study().db, "transcript", numbers["transcript_id"], "transcript")
    return Place(**numbers, quote=str(form.get("quote", "")).replace("\r\n", "\n"))


def key_of(row: Row) -> str:
    """Name a suggestion in one word."""
    return "-".join(str(row[name]) for name in NAMES)


def read_key(key: str, quote: str) -> Place:
    """Return the place that a word names."""
    found = KEY.fullmatch(key)
    if not found:
        raise BadInput("These are not the suggestions of now; look at them again.")
    return read_place({**dict(zip(NAMES, found.groups(), strict=True)), "quote": quote})
