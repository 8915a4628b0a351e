"""What other people changed, said in a few sentences for those who read the same transcript."""

from collections.abc import Mapping, Sequence
from typing import Any

from .turn_text import codings_by_turn

Row = dict[str, Any]
SAID = 3  # more than these would not be listened to

CODING = {
    "insert": "coded {turns} as {code}",
    "update": "changed a coding of {turns} to {code}",
    "delete": "took {code} off {turns}",
}
CODE = {"insert": "added the code {code}", "delete": "deleted the code {code}"}


def tell_news(
    rows: Sequence[Row], transcript_id: int, turns: Sequence[Row], codes: Mapping[int, str]
) -> list[tuple[str, str]]:
    """Say who did what, in the order of the changes; rows are of other people.

    Codings that went with a deleted code are not told one by one.
    """
    # Of what was taken out of the history nothing can be told.
    rows = [row for row in rows if row["before"] or row["after"]]
    gone = {row["object_id"]: row["before"]["name"] for row in rows if _deletes_code(row)}
    names = {**codes, **gone}
    told: dict[tuple[str, str, str], set[int]] = {}
    for row in rows:
        side = row["after"] or row["before"]
        if row["object"] == "code":
            told.setdefault((row["actor"], _of_code(row), ""), set())
        elif _codes(row, transcript_id) and side["code_id"] not in gone:
            name = names.get(side["code_id"], "a code that is gone")
            key = (row["actor"], CODING[row["operation"]], name)
            told.setdefault(key, set()).update(codings_by_turn(turns, [side]))
    return [
        (actor, words.replace("{turns}", _turns(found)).replace("{code}", name))
        for (actor, words, name), found in told.items()
    ]


def _deletes_code(row: Row) -> bool:
    return bool(row["object"] == "code" and row["operation"] == "delete")


def _codes(row: Row, transcript_id: int) -> bool:
    side = row["after"] or row["before"]
    here = row["object"] == "coding" and side["transcript_id"] == transcript_id
    return bool(here and row["operation"] in CODING)


def _of_code(row: Row) -> str:
    before, after = row["before"], row["after"]
    name = f"“{(after or before)['name']}”"
    if row["operation"] in CODE:
        return CODE[row["operation"]].replace("{code}", name)
    if before["name"] != after["name"]:
        return f"renamed the code “{before['name']}” to {name}"
    if before["parent_id"] != after["parent_id"]:
        return f"moved the code {name}"
    return f"changed the code {name}"


def _turns(found: set[int]) -> str:
    *first, last = map(str, sorted(found)) if found else ["?"]
    return f"turns {', '.join(first)} and {last}" if first else f"turn {last}"


def shorten(sentences: Sequence[str]) -> list[str]:
    """Keep what can be listened to, and count the rest."""
    rest = len(sentences) - SAID
    if rest <= 1:
        return list(sentences)
    return [*sentences[:SAID], f"and {rest} more changes"]
