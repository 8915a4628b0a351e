"""Passages are scored by what a story has; planted stories stand above decoys and long chat."""

from pathlib import Path

import pytest

from linkage.story_cues import NAMES, score_passages
from tests.benchmarks.stories import build, measure

STORY = (
    "So we went round, him and me, five weeks with a clipboard. The council paid for the gates."
    " There's not been one break-in through the back since."
)


@pytest.mark.parametrize(
    "other",
    [
        "They should put more police on. If we had lights it would be safer. We need a bus.",
        "I heard on the news that in Sweden they all cleaned the parks and crime went down.",
        "We asked the council for gates and nothing happened. We rang twice. We gave up.",
        "The bins are collected on a Tuesday and you can't park round here for love nor money.",
    ],
)
def test_a_story_stands_above_wishes_hearsay_failures_and_chat(other: str) -> None:
    found = score_passages([other, STORY])
    assert found["score"][1] > found["score"][0] + 0.3
    assert list(found.columns) == ["score", *NAMES]
    assert found[list(NAMES)].stack().between(0, 1).all()


def test_length_alone_earns_nothing() -> None:
    chat = "The bins are collected on a Tuesday. You can't park round here. "
    found = score_passages([chat * 4, chat * 12])["score"]
    assert found[1] <= found[0] + 0.05


def test_texts_that_say_nothing_are_scored_too() -> None:
    assert score_passages([]).empty
    assert (score_passages(["", " ", "...", "\U0001f600"])["score"] < 0.1).all()


def test_planted_stories_are_found_beside_length_and_chance(tmp_path: Path) -> None:
    """Synthetic talk; the benchmark has the full size."""
    db, planted = build(tmp_path, groups=1, seed=5)
    by = {row["ranking"]: row for row in measure(db, planted)}
    assert by["cues"]["recall@10"] > by["length only"]["recall@10"] + 0.3
    assert by["cues"]["recall@10"] > by["random"]["recall@10"] + 0.3
    db.close()
