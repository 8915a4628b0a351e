"""What can be wrong with numbers that people bring; each message is one sentence for a user."""

import re

# As in coding.checks: what no line of text holds, nor XML takes.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
LONGEST = 200


class BadInput(ValueError):
    """Says what is wrong, where, and what to do."""


def check_line(text: str, what: str) -> str:
    """Return a name that fits on one line, or say what a name is."""
    if not 1 <= len(text) <= LONGEST or _CONTROL.search(text):
        shown = _CONTROL.sub("\ufffd", text)[:40]
        raise BadInput(
            f"{what} “{shown}” must have 1 to {LONGEST} characters on one line, "
            "without control characters."
        )
    return text
