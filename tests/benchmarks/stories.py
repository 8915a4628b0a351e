"""How well planted stories are found: precision and recall at 10, beside length and chance.

The talk is synthetic (`planted.talk`). Ours ranks passages; a passage is right where it holds a
story's words. Length-only ranks turns by their words, random shuffles them.
"""

import random
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.planted.talk import ISSUES, Planted, focus_group

AREAS = ("north", "south", "east", "west")
TOP = 10


def build(folder: Path, groups: int = 4, seed: int = 1) -> tuple[Any, dict[int, list[Planted]]]:
    """A study of four areas with a transcript a group; returns it and what is planted where."""
    from coding.groups import add_group
    from coding.transcripts import import_transcript, list_turns, preview, set_issue, text
    from linkage import areas
    from linkage.study import prepare_study, writing

    db, planted = prepare_study(folder / "planted.db", "Planted stories (synthetic)"), {}
    with writing(db, "benchmark", "fill"):
        for issue in ISSUES:
            areas.add_issue(db, issue, issue.capitalize())
        for area_number, area in enumerate(AREAS):
            area_id = areas.add_area(db, area, area.capitalize())
            for number in range(groups):
                said, pieces = focus_group(seed + 100 * area_number + number)
                path = folder / f"{area}{number}.txt"
                path.write_text(said, encoding="utf-8")
                group_id = add_group(db, area_id, f"{area} {number}")
                found = import_transcript(db, preview(path, moderators=["Moderator"]), group_id)
                planted[found] = pieces
                _set_issues(db, found, text(db, found), list_turns(db, found), set_issue)
    return db, planted


def _set_issues(db: Any, number: int, text: str, turns: list[Any], set_issue: Any) -> None:
    from linkage.areas import find_issue

    starts = [(t["position"], i) for t in turns for i in ISSUES
              if f"Let us turn to {i} now" in text[t["speech_start"] : t["end"]]]  # fmt: skip
    for place, (first, issue) in enumerate(starts):
        last = starts[place + 1][0] if place + 1 < len(starts) else len(turns) + 1
        set_issue(db, number, first, last - 1, find_issue(db, issue)["id"])


def measure(db: Any, planted: dict[int, list[Planted]], seed: int = 0) -> list[dict[str, Any]]:
    """Precision and recall at 10 by way of ranking, averaged over areas and issues."""
    from coding.groups import get_group
    from coding.transcripts import list_transcripts, list_turns, text
    from linkage.areas import areas, issues
    from linkage.story_finding import rank_stories

    area_of = {row["id"]: get_group(db, row["focus_group_id"])["area_id"]
               for row in list_transcripts(db)}  # fmt: skip
    texts = {number: text(db, number) for number in planted}
    turns = [
        {**turn, "transcript_id": number, "start": turn["speech_start"]}
        for number in planted
        for turn in list_turns(db, number)
        if turn["role"] != "moderator"
    ]
    ranked = rank_stories(db, top=TOP)
    rng = random.Random(seed)
    found: dict[str, list[tuple[float, float]]] = {"cues": [], "length only": [], "random": []}
    for area in areas(db):
        for issue in issues(db):
            here = [t for t in turns if t["issue"] == issue["key"]
                    and area_of[t["transcript_id"]] == area["id"]]  # fmt: skip
            told = [
                (number, texts[number].index(p.words), p.words)
                for number, pieces in planted.items()
                if area_of[number] == area["id"]
                for p in pieces
                if p.kind == "story" and p.issue == issue["key"]
            ]
            ours = [r for r in ranked if (r["area"], r["issue"]) == (area["key"], issue["key"])]
            found["cues"].append(_right(ours, told))
            longest = sorted(here, key=lambda t: -t["words"])[:TOP]
            found["length only"].append(_right(longest, told))
            found["random"].append(_right(rng.sample(here, TOP), told))
    return [
        {
            "ranking": name,
            "precision@10": sum(p for p, _ in pairs) / len(pairs),
            "recall@10": sum(r for _, r in pairs) / len(pairs),
        }
        for name, pairs in found.items()
    ]


def _right(rows: list[dict[str, Any]], told: list[tuple[int, int, str]]) -> tuple[float, float]:
    """Shares of rows that hold half of a story's words, and of stories so found."""
    hits, stories = 0, set()
    for row in rows:
        for place, (number, start, words) in enumerate(told):
            shared = min(row["end"], start + len(words)) - max(row["start"], start)
            if row["transcript_id"] == number and shared >= len(words) / 2:
                hits += 1
                stories.add(place)
                break
    return hits / max(len(rows), 1), len(stories) / min(len(told), TOP)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        db, planted = build(Path(folder))
        count = sum(p.kind == "story" for pieces in planted.values() for p in pieces)
        print(f"{count} synthetic stories in {len(planted)} transcripts")
        for row in measure(db, planted):
            print(f"{row['ranking']:12} precision@10 {row['precision@10']:.3f}"
                  f"  recall@10 {row['recall@10']:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
