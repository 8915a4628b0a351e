"""Which labels of a file are speakers, decided on the evidence of the whole file."""

import re
from collections import Counter
from collections.abc import Iterable

from .marks import HEADING, Mark, aside, parse_mark
from .vocabulary import ASIDES, MODERATORS, NEVER, PARTICLES, ROLES

CODE = re.compile(r"[A-Z]{1,4}[-_ ]?\d{0,4}|[A-Za-z]{1,3}\d{1,4}")
NUMBER = re.compile(r"#?\d{1,3}[A-Za-z]?|[A-Z]")
IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
WORD = re.compile(r"[^\W\d_][\w.'’‘-]*,?|&")


def speaker_labels(texts: Iterable[str]) -> frozenset[str]:
    """Say which labels at the head of these paragraphs are speakers."""
    marks = [parse_mark(text) for text in texts if not HEADING.match(text) and not aside(text)]
    counts: Counter[str] = Counter()
    for mark in marks:
        if mark.label and _possible(mark):
            # A label beside a time or behind “>>” is as good as one that comes again.
            counts[mark.label] += 2 if mark.time or mark.change else 1
    return sure_labels(counts, len(marks))


def sure_labels(counts: Counter[str], paragraphs: int) -> frozenset[str]:
    """Keep the labels that name a role, come again, or stand among others that do."""
    named = {label for label in counts if is_name(label)}
    roles = {label for label in counts if is_role(label)}
    again = {label for label in named if counts[label] > 1}
    heads = sum(counts[label] for label in named | roles)
    if len(again | roles) < 2 and max((counts[n] for n in again), default=0) < 3:
        again = again if heads >= paragraphs / 5 else set()
    often = {n for n in counts if counts[n] > 2 and len(n.split()) <= 4}
    # Other words before a colon come again in any form; only a conversation is full of them.
    if sum(counts[label] for label in often | named | roles) < paragraphs / 5:
        often = set()
    sure = roles | again | often
    # A person who speaks only once: believed where the file is plainly a conversation.
    if len(sure) >= 2 or heads >= paragraphs / 2:
        sure |= named
    return frozenset(sure)


def is_role(label: str) -> bool:
    """Say whether a label is a role, with or without a number: “Speaker 2”."""
    first, *rest = _words(label)
    numbered = not rest or (len(rest) == 1 and bool(NUMBER.fullmatch(rest[0])))
    return (first in ROLES and numbered) or "".join([first, *rest]).casefold() in ROLES


def is_moderator(label: str) -> bool:
    """Say whether a label sounds like the person who leads the group."""
    inside = IN_BRACKETS.search(label)
    words = _words(label) + (_words(inside[1]) if inside else [])
    named = [word.casefold() for word in words if not NUMBER.fullmatch(word) or word == "I"]
    return bool(named) and (named[0] in MODERATORS or named[-1] in MODERATORS - {"i", "int", "mod"})


def is_name(label: str) -> bool:
    """Say whether a label has the shape of a name, initials or a code such as P1."""
    if CODE.fullmatch(label):
        return True
    words = IN_BRACKETS.sub("", label).split()
    if words and NUMBER.fullmatch(words[-1]) and len(words) > 1:
        words.pop()
    return 0 < len(words) <= 6 and words[0][0].isupper() and all(map(_name_word, words))


def _name_word(word: str) -> bool:
    if word.endswith(("'s", "’s")):
        return False
    return bool(WORD.fullmatch(word)) and (word[0].isupper() or word.strip(",") in PARTICLES)


def _possible(mark: Mark) -> bool:
    label = mark.label or ""
    words = [word.casefold().strip(".,") for word in _words(label)]
    coded = CODE.fullmatch(label) and any(map(str.isdigit, label))
    if words[0] in NEVER and not (coded or is_role(label)):
        return False
    return not mark.bare or (words[0] not in ASIDES and (is_name(label) or is_role(label)))


def _words(label: str) -> list[str]:
    words = IN_BRACKETS.sub("", label).replace("-", "").split() or [label]
    if len(words) > 1 and words[0].casefold() == "the":
        words = words[1:]
    return [words[0].casefold(), *words[1:]]
