"""Random corrections of coded transcripts: every coding at its words, or named as not."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from coding.codebook import add_code
from coding.codings import add_coding, list_codings
from coding.correcting import NewTurn, Plan, plan_correction
from coding.errors import BadInput
from coding.groups import add_group
from coding.transcripts import import_transcript, list_turns, preview, text
from coding.turns import count_words
from linkage import areas
from linkage.check import check_study
from linkage.correcting import correct, look
from linkage.study import prepare_study, writing

WORDS = [
    "lane",
    "the",
    "we",
    "um",
    "🎉",
    "e\u0301te\u0301",
    "שלום",
    "👩‍👩‍👧",
    "don’t",
    "\u00a0",
    "a b",
]
REAL = ("derived/senedd15.txt", "transcripts/zoom_meeting001.vtt")
EDITS = ("word", "cut", "put", "repeat", "swap", "speaker", "split", "join")


def coded(path: Path, file: Path, seed: int) -> Database:
    """A study with one transcript and 60 codings, some within words and some over many turns."""
    db, rng = prepare_study(path, "Corrected"), random.Random(seed)
    with writing(db, "test", "set up"):
        areas.add_area(db, "east", "East")
        coder = areas.ensure_coder(db, "Ana")
        codes = [add_code(db, f"Code {i}") for i in range(4)]
        import_transcript(db, preview(file), add_group(db, 1, "Hall"))
        whole = text(db, 1)
        for _ in range(60):
            start = rng.randrange(len(whole) - 1)
            end = min(len(whole), start + rng.choice([1, 4, 12, 40, 200, 900]))
            add_coding(db, 1, rng.choice(codes), coder, start, end, whole[start:end])
    return db


def edit(rng: random.Random, kind: str, turns: list[dict], whole: str):
    """Choose turns and write them anew; returns also the stretch that may be touched."""
    at = rng.randrange(len(turns) - 1)
    chosen = turns[at : at + 1 + (kind == "join")]
    words = [whole[turn["speech_start"] : turn["end"]] for turn in chosen]
    tokens = re.split(r"(?<= )", " ".join(words) if kind == "join" else words[0])
    place = rng.randrange(len(tokens))
    speaker = chosen[0]["speaker"]
    for _ in range(rng.choice([1, 1, 2, 5])):
        if kind == "word":
            tokens[rng.randrange(len(tokens))] = rng.choice(WORDS) + " "
        elif kind == "cut":
            del tokens[place : place + rng.randrange(1, 6)]
        elif kind == "put":
            tokens.insert(place, rng.choice(WORDS) + " ")
        elif kind == "repeat":
            tokens[place:place] = tokens[: rng.randrange(1, 5)]
        elif kind == "swap":
            tokens = tokens[place:] + tokens[:place]
    said = "".join(tokens)
    if kind == "speaker":
        return chosen, [NewTurn(said, rng.choice(["Nadia", None, *{t["speaker"] for t in turns}]))]
    if kind == "split":
        parts = ["".join(tokens[:place]), "".join(tokens[place:])]
        return chosen, [NewTurn(part, speaker) for part in parts if count_words(part)]
    return chosen, [NewTurn(said, speaker)]


def honest(plan: Plan, before: list[dict], start: int, end: int) -> None:
    """Hold the plan against the edit itself, which touched old[start:end] and nothing else."""
    asked = plan.asked
    shift = len(asked.new) - len(asked.old)
    assert {one.row["id"] for one in plan.codings} == {row["id"] for row in before}
    for one in plan.codings:
        row, now = one.row, one.now
        if row["end"] <= start:
            assert now
            assert (now.start, now.end, now.how) == (row["start"], row["end"], "same")
        elif row["start"] >= end:
            assert now
            assert (now.start, now.end) == (row["start"] + shift, row["end"] + shift)
            assert now.how == "same"
        elif now is not None:
            assert asked.new[now.start : now.end] == now.quote
            assert (now.quote == row["quote"]) == (now.how != "changed")
            if now.how == "same":
                same_context(plan, row, now, start, end)


def same_context(plan: Plan, row: dict, now, start: int, end: int) -> None:
    """What stays silently stands in a run of words that cannot be any other."""
    old, new = plan.asked.old, plan.asked.new
    a, b, c, d = row["start"], row["end"], now.start, now.end
    while a > 0 and c > 0 and old[a - 1] == new[c - 1]:
        a, c = a - 1, c - 1
    while b < len(old) and d < len(new) and old[b] == new[d]:
        b, d = b + 1, d + 1
    touches_an_end = a == c == 0 or (b == len(old) and d == len(new))
    region_old, region_new = old[start:end], new[start : end + len(new) - len(old)]
    run = old[max(a, start) : min(b, end)]
    assert touches_an_end or region_old.count(run) == region_new.count(run) == 1


def play(db: Database, rng: random.Random, kind: str) -> None:
    turns, whole = list_turns(db, 1), text(db, 1)
    chosen, written = edit(rng, kind, turns, whole)
    before = list_codings(db)
    version = db.execute("SELECT text_version FROM transcript").fetchone()[0]
    if not written or not all(count_words(turn.text) for turn in written):
        return

    def planning(db: Database) -> Plan:
        return plan_correction(db, 1, version, chosen[0]["id"], chosen[-1]["id"], written)

    try:
        found = look(db, planning)
    except BadInput:  # nothing is changed
        return
    honest(found.plan, before, chosen[0]["start"], chosen[-1]["end"])
    with writing(db, "test", "correct", kind="fixed"):
        correct(db, planning, 1, found.seal)
    after = {row["id"]: row for row in list_codings(db)}
    for one in found.plan.codings:
        kept = after.pop(one.row["id"], None)
        assert (kept and kept["quote"]) == (one.now and one.now.quote)
    assert not after
    whole = text(db, 1)
    for turn in list_turns(db, 1):
        assert turn["words"] == count_words(whole[turn["speech_start"] : turn["end"]]) > 0
        assert turn["start"] <= turn["speech_start"] < turn["end"]


EDIT = st.tuples(st.integers(0, 2**32), st.sampled_from(EDITS))
TALK = "".join(
    f"{name}: {words}\n"
    for name, words in zip(
        ["Fac", "Mo", "Maureen", "Joyce"] * 6,
        ["What changed, um, what changed here?", "We cleared the lane 🎉 and the lane stayed.",
         "Cafe\u0301 people came, שלום, they said. We cleared it.", "I don’t know. No."] * 6,
        strict=True,
    )
)  # fmt: skip


def run(db: Database, edits: list[tuple[int, str]]) -> None:
    for seed, kind in edits:
        play(db, random.Random(seed), kind)
    assert check_study(db) == []


@pytest.fixture
def made(tmp_path: Path):
    file = tmp_path / "talk.txt"
    file.write_text(TALK, encoding="utf-8")
    counter = iter(range(10**6))
    return lambda seed: coded(tmp_path / f"study-{next(counter)}.db", file, seed)


def corrections(made, seed: int, edits: list[tuple[int, str]]) -> None:
    db = made(seed)
    try:
        run(db, edits)
    finally:
        db.close()


CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=8, deadline=None, suppress_health_check=CHECKS)
@given(seed=st.integers(0, 2**16), edits=st.lists(EDIT, min_size=3, max_size=8))
def test_no_coding_is_ever_silently_elsewhere(made, seed, edits) -> None:
    corrections(made, seed, edits)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=CHECKS)
@given(seed=st.integers(0, 2**16), edits=st.lists(EDIT, min_size=1, max_size=6))
def test_no_coding_is_ever_silently_elsewhere_full_dose(made, seed, edits) -> None:
    corrections(made, seed, edits)


@pytest.mark.slow
def test_500_corrections_of_one_real_transcript(shared: Path, tmp_path: Path) -> None:
    db = coded(tmp_path / "real.db", real_files(shared)[0], 7)
    rng = random.Random(8)
    run(db, [(rng.randrange(2**32), rng.choice(EDITS)) for _ in range(500)])
    assert db.execute("SELECT text_version FROM transcript").fetchone()[0] > 300
    db.close()


def test_corrections_of_real_transcripts(shared: Path, tmp_path: Path) -> None:
    rng = random.Random(9)
    for number, file in enumerate(real_files(shared)):
        db = coded(tmp_path / f"{number}.db", file, number)
        run(db, [(rng.randrange(2**32), rng.choice(EDITS)) for _ in range(6)])
        db.close()


def real_files(shared: Path) -> list[Path]:
    """List real talk: a long committee meeting and a meeting with a caption a line."""
    return [shared / "data" / name for name in REAL]
