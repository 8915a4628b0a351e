"""What every reader gives, and the cleaning that all of them share."""

import re
from dataclasses import dataclass

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Characters that no page shows and that would make a quote differ from what a browser selects.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as read; a speaker or time is set only where the format itself states it."""

    text: str
    speaker: str | None = None
    time: str | None = None
    heading: bool = False


def clean_lines(text: str) -> list[str]:
    """Split text into lines without unseen characters and without blank lines."""
    lines = (UNSEEN.sub("", line).strip() for line in LINE_ENDS.sub("\n", text).split("\n"))
    return [line for line in lines if line]


def clean_line(text: str) -> str:
    """Bring text onto one line."""
    return " ".join(clean_lines(text))
