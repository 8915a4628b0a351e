"""The marks at the head of a paragraph: who speaks, and when."""

import re
from dataclasses import dataclass

from .vocabulary import ASIDES

_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_STAMP = rf"(?:\[{_TIME}\]|\({_TIME}\)|\d{{1,2}}:\d{{2}}:\d{{2}}(?:[.,]\d{{1,3}})?)"
_NAME = r"[^\W\d_][^:：\n\[\]<>?!;“”\"]{0,59}?"
_DASH = r"[-–—]"

LEAD = re.compile(rf"(?P<change>>>+)?\s*(?:(?P<time>{_STAMP})\s*{_DASH}?)?\s*")
COLON = re.compile(
    rf"(?P<name>{_NAME})\s*(?P<inner>{_STAMP})?\s*(?<!\d(?=:\d))[:：](?!//)\s*(?P<after>{_STAMP})?\s*"
)
BRACKET = re.compile(rf"\[(?P<name>[^\W\d_][^\[\]:]{{0,30}})\](?P<dash>\s*(?:{_DASH}+|:))?\s*")
ALONE = re.compile(rf"(?P<name>{_NAME})\s*[-–—,]?\s*(?P<after>{_STAMP}|(?<=\s){_TIME})\s*$")
ASIDE = re.compile(r"(?:\[[^\[\]]{0,60}\]|\([^()]{0,60}\))\s*$")
REMARK = re.compile(r"\((?P<word>\w+)[^()]*\)\s*$")
STAMP_ONLY = re.compile(rf"(?P<time>{_STAMP}|\[?{_TIME}\]?)(?:\s*-->\s*{_TIME})?\s*$")
HEADING = re.compile(
    r"(?:(?:question|section|topic|theme|session)\s+\d+"
    r"(?:\s*[.:–—-].{0,120}|\s*)|Q\d+\s*[.:].{0,120})$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mark:
    """What stands before the words; `lead` is where they begin if the label is not a speaker."""

    label: str | None
    time: str | None
    change: bool
    lead: int
    words: int
    bare: bool = False


def parse_mark(text: str) -> Mark:
    """Parse the head of a paragraph; whether its label speaks is for the whole file to say."""
    head = LEAD.match(text)
    assert head is not None  # every part of LEAD is optional
    lead, time, change = head.end(), clock(head["time"]), bool(head["change"])
    for pattern in (COLON, BRACKET, ALONE):
        found = pattern.match(text, lead)
        if found:
            groups = found.groupdict()
            stamp = time or clock(groups.get("inner")) or clock(groups.get("after"))
            bare = pattern is BRACKET and not groups["dash"]
            return Mark(label(found["name"]), stamp, change, lead, found.end(), bare)
    return Mark(None, time, change, lead, lead)


def aside(text: str) -> bool:
    """Say whether a paragraph is only a time or a remark in brackets, such as [laughter]."""
    return bool(ASIDE.fullmatch(text) or STAMP_ONLY.match(text))


def label(name: str) -> str:
    """Bring a speaker's label into one form, without a remark such as “(laughs)”."""
    remark = REMARK.search(name)
    if remark and remark["word"].casefold() in ASIDES:
        name = name[: remark.start()]
    return " ".join(name.split()).strip(" -–—*,")


def lone_time(text: str) -> str | None:
    """Return the time that a line consists of, or nothing."""
    found = STAMP_ONLY.match(text)
    return clock(found["time"]) if found else None


def clock(stamp: str | None) -> str | None:
    """Bring a timestamp into the form 00:12:15."""
    if stamp is None:
        return None
    parts = [int(part) for part in re.split(r"[.,]", stamp.strip("[]()"))[0].split(":")]
    hours, minutes, seconds = ([0] * (3 - len(parts))) + parts
    return f"{hours:02}:{minutes:02}:{seconds:02}"
