"""The word lists of the story cues, which stand in `story_words.toml`."""

import tomllib
from pathlib import Path

_LISTS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def words(name: str) -> frozenset[str]:
    """Return a list of single words."""
    return frozenset(_LISTS[name])


def phrases(name: str) -> tuple[str, ...]:
    """Return a list of phrases, in their order."""
    return tuple(_LISTS[name])
