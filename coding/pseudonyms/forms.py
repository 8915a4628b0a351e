"""One regular expression that finds thousands of names at once: their letters as a tree."""

import json
import re
from collections.abc import Iterable
from typing import Any

APOSTROPHES = "'’‘ʼ"
Tree = dict[str, Any]
END = ""  # a name may end here; what its last letter must not be followed by


def pattern(forms: Iterable[str], exact: Iterable[str] = ()) -> re.Pattern[str]:
    """Find these names however they are capitalised and spaced, never inside of another word.

    Those of `exact` are found as they are written only. A form that JSON writes with escapes is
    found in that writing too. Of names that begin alike the longest is found.
    """
    loose, strict = _tree(form.lower() for form in _written(forms)), _tree(_written(exact))
    parts = [f"(?i:{_regex(loose)})"] * bool(loose) + [_regex(strict)] * bool(strict)
    return re.compile("|".join(parts) or r"(?!)")


def _written(forms: Iterable[str]) -> set[str]:
    known = {form for form in forms if form.strip()}
    return known | {json.dumps(form)[1:-1] for form in known if not form.isascii()}


def _tree(forms: Iterable[str]) -> Tree:
    tree: Tree = {}
    for form in forms:
        words = " ".join(form.split())
        at = tree.setdefault(_edge(words[0], behind=True), {})
        for letter in words:
            at = at.setdefault(_letter(letter), {})
        at[END] = _edge(words[-1], behind=False)
    return tree


def _letter(letter: str) -> str:
    if letter == " ":
        return r"[\s_]+"
    return f"[{APOSTROPHES}]" if letter in APOSTROPHES else re.escape(letter)


def _edge(letter: str, *, behind: bool) -> str:
    """Stand where no letter, or no digit, goes on; an underline in a file's name ends a word."""
    if not letter.isalnum():
        return "(?:)"
    alike = r"\d" if letter.isdigit() else r"[^\W\d_]"
    return f"(?<!{alike})" if behind else f"(?!{alike})"


def _regex(tree: Tree) -> str:
    """Write a tree so that going on is tried before ending."""
    branches = []
    for step, rest in tree.items():
        if step == END:
            continue
        told = step
        while len(rest) == 1 and END not in rest:
            (more, rest) = next(iter(rest.items()))
            told += more
        branches.append(told + _regex(rest))
    if END in tree:
        branches.append(tree[END])
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
