"""Codes and their words as a person types them: 9, 98 = Don’t know; one a line for many."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from typing import Any

MEANS = " = "


def read_codes(text: str) -> dict[str, str]:
    """Read codes with their words, where they have any: code → words, or nothing.

    Semicolons part codes where there is one, so that words may hold commas.
    """
    mark = ";" if ";" in text else ","
    parts = (part.strip().partition(MEANS) for part in text.split(mark))
    return {code.strip(): words.strip() for code, _, words in parts if code.strip()}


def as_missing(text: str) -> list[str] | dict[str, str]:
    """Write codes as the mapping has them: a list, or a table where one has words."""
    codes = read_codes(text)
    return codes if any(codes.values()) else list(codes)


def written_codes(codes: Sequence[Any], words: Table[str, str]) -> str:
    """Write codes for the form."""
    parts = [f"{code}{MEANS}{words[str(code)]}" if words.get(str(code)) else str(code)
             for code in codes]  # fmt: skip
    ends = ";" if any("," in part for part in parts) else ""
    return ("; " if ends else ", ").join(parts) + ends


def with_codes(text: str, more: Iterable[str]) -> str:
    """Add codes to those that are there."""
    codes = read_codes(text)
    codes |= {code.strip(): "" for code in more if code.strip() not in codes}
    return written_codes(list(codes), codes)


def read_words(text: str) -> tuple[dict[str, str], list[str]]:
    """Read code = words, one a line; returns what was read, and the lines that say nothing."""
    found, wrong = {}, []
    for line in filter(str.strip, text.splitlines()):
        code, equals, words = line.partition("=")
        if equals and code.strip() and words.strip():
            found[code.strip()] = words.strip()
        else:
            wrong.append(line.strip())
    return found, wrong
