"""Synthetic focus groups with stories planted among decoys and chat, the same for the same seed.

Everything here is made up for measuring; no person, place or body is meant.
"""

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PIECES: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("stories.toml").read_text(encoding="utf-8")
)
DECOYS = ("failed", "wished", "heard", "news")
ISSUES = tuple(PIECES["deeds"])
CHATS = (1, 1, 1, 2, 3, 5, 7)  # sentences: some chat is as long as a story
NAMES = ("Ann", "Bert", "Cleo", "Dev", "Ewa", "Fay", "Gus", "Hana")


@dataclass(frozen=True)
class Planted:
    """A story or decoy: its issue, its kind, and its words, which are one turn."""

    issue: str
    kind: str
    words: str


def focus_group(
    seed: int, stories: int = 5, decoys: int = 8, chat: int = 60
) -> tuple[str, list[Planted]]:
    """Make a group's text, `Name: speech` a line, each issue opened by the moderator."""
    rng = random.Random(seed)
    lines = ["Moderator: Welcome, everybody, and thank you for coming along today."]
    planted: list[Planted] = []
    for issue in ISSUES:
        lines.append(f"Moderator: Let us turn to {issue} now, and take all the time you need.")
        told = [Planted(issue, "story", _story(rng, issue)) for _ in range(stories)]
        kinds = rng.choices(DECOYS, k=decoys)
        told += [Planted(issue, kind, f"{_one(rng, kind)} {_chat(rng, 4)}") for kind in kinds]
        told += [Planted(issue, "chat", _chat(rng, rng.choice(CHATS))) for _ in range(chat)]
        rng.shuffle(told)
        for piece in told:
            lines.append(f"{rng.choice(NAMES)}: {piece.words}")
            if rng.random() < 0.15:
                lines.append(f"Moderator: {_one(rng, 'moderator')}")
        planted += told
    return "\n".join(lines), planted


def _one(rng: random.Random, name: str) -> str:
    return str(rng.choice(PIECES[name]))


def _chat(rng: random.Random, sentences: int) -> str:
    return " ".join(rng.sample(PIECES["chat"], sentences))


def _story(rng: random.Random, issue: str) -> str:
    """A story in one to four sentences, now and then with its end left out."""
    deed, who = rng.choice(PIECES["deeds"][issue]), _one(rng, "who")
    when, why = _one(rng, "when"), _one(rng, "why")
    opening = rng.choice(
        (
            f"{when} {who} {deed} {why}.",
            f"Well, {who} {deed}. {when}, that was.",
            f"{when} I'd had enough, so {who} {deed}.",
        )
    )
    middle = rng.sample(PIECES["middle"], rng.randint(0, 2))
    ends = [_one(rng, "ends")] if rng.random() < 0.9 else []
    return " ".join([opening, *middle, *ends])
