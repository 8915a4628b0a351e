"""Prevalence: hand-counted on a page of talk, and equal to plain loops on any talk."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from coding.codebook import add_code
from coding.codings import add_coding
from coding.errors import BadInput
from coding.groups import add_group
from coding.transcripts import FoundSpeaker, Preview, import_transcript, set_issue
from coding.turns import FoundTurn, count_words
from linkage.prevalence import prevalence
from linkage.study import writing

Mark = Callable[..., int]
COLUMNS = [
    "theme", "area", "groups", "groups_total", "speakers", "speakers_total", "turns",
    "turns_total", "words", "words_total", "codings",
]  # fmt: skip


@pytest.fixture
def codes(study: Database) -> dict[str, int]:
    with writing(study, "test", "codes"):
        together = add_code(study, "Acting together")
        clean = add_code(study, "Clean-ups", parent_id=together)
        return {"together": together, "clean": clean, "heard": add_code(study, "Nobody listens")}


def row(frame: pd.DataFrame, theme: str, **where: str) -> dict[str, Any]:
    chosen = frame[frame["theme"] == theme]
    for column, value in where.items():
        chosen = chosen[chosen[column] == value]
    (found,) = chosen.to_dict("records")
    return {str(column): value for column, value in found.items()}


def test_a_page_of_talk_counted_by_hand(
    study: Database, east: int, west: int, codes: dict[str, int], mark: Mark
) -> None:
    mark(east, codes["clean"], "cleared the lane")
    mark(east, codes["together"], "the lane, and it", coder_id=1)
    mark(east, codes["together"], "stayed clean.\nDerek: Nobody ever asked")
    mark(east, codes["heard"], "What about the park")  # the moderator's words count nowhere
    frame = prevalence(study)
    assert list(frame.columns[:11]) == COLUMNS
    east_row = row(frame, "Acting together", area="east")
    # Words: cleared the lane + and it + stayed clean + Nobody ever asked = 3 + 2 + 2 + 3.
    assert [east_row[c] for c in COLUMNS[2:]] == [1, 1, 2, 3, 2, 4, 10, 26, 3]
    west_row = row(frame, "Acting together", area="west")
    assert [west_row[c] for c in COLUMNS[2:]] == [0, 1, 0, 2, 0, 2, 0, 12, 0]
    silent = row(frame, "Nobody listens", area="east")
    assert (silent["turns"], silent["words"], silent["codings"]) == (0, 0, 0)
    assert len(frame) == 4
    assert (east_row["turns_coded"], west_row["turns_coded"]) == (2, 0)  # West is not coded yet


def test_by_issue_speaker_and_group(
    study: Database, east: int, west: int, codes: dict[str, int], mark: Mark
) -> None:
    mark(east, codes["clean"], "cleared the lane")
    by_issue = prevalence(study, by="issue")
    assert list(by_issue["issue"].unique()) == ["environment", "no issue"]
    assert row(by_issue, "Acting together", issue="environment")["speakers"] == 1
    by_speaker = prevalence(study, by="speaker")
    assert set(by_speaker["speaker"]) == {"Maureen", "Derek", "Aisha", "Joan", "Piotr"}
    assert row(by_speaker, "Acting together", speaker="Maureen")["turns_total"] == 2
    by_group = prevalence(study, by="group")
    assert row(by_group, "Acting together", group="Old school")["area"] == "west"


def test_talk_of_one_issue_only(
    study: Database, east: int, codes: dict[str, int], mark: Mark
) -> None:
    with writing(study, "test", "issue"):
        set_issue(study, east, 5, 5, 1)
    mark(east, codes["clean"], "planted bulbs")
    found = row(prevalence(study, issue_id=1), "Acting together", area="east")
    assert (found["turns"], found["turns_total"], found["speakers_total"]) == (1, 1, 1)


def test_later_groups_are_left_out_unless_asked_for(
    study: Database, talk: Callable[..., int], codes: dict[str, int], mark: Mark
) -> None:
    later = talk("east", "Later", "Ana: We read it.\n\nBen: It fits.", None, phase="test")
    mark(later, codes["heard"], "It fits")
    assert prevalence(study).empty
    found = row(prevalence(study, phase="test"), "Nobody listens", area="east")
    assert (found["speakers"], found["speakers_total"]) == (1, 2)


def test_no_codes_and_no_talk_give_an_empty_frame_with_all_columns(study: Database) -> None:
    assert list(prevalence(study).columns[:11]) == COLUMNS
    with pytest.raises(BadInput, match="area, issue, speaker, group"):
        prevalence(study, by="colour")


WORDS = st.sampled_from(["lane", "it's", "co-op", "—", "é\u0301", "👍🏽", "we", "…", "done."])
TURN = st.tuples(
    st.sampled_from(["Mo", "Ann", "Bob", None]),
    st.lists(WORDS, min_size=1, max_size=5),
    st.sampled_from([None, 1, 2]),
)
GROUP = st.tuples(
    st.sampled_from([1, 2]), st.sampled_from(["source", "source", "test"]),
    st.lists(TURN, min_size=1, max_size=5),
)  # fmt: skip
CODING = st.tuples(
    st.integers(0, 2), st.integers(0, 99), st.integers(1, 60), st.sampled_from(["clean", "heard"])
)


class Discard(Exception):
    """Takes back what an example stored."""


def store(db: Database, number: int, area: int, phase: str, turns: Any) -> tuple[int, list[Any]]:
    text, found = "", []
    for name, words, _ in turns:
        start = len(text)
        text += f"{name}: " if name else ""
        speech = len(text)
        text += " ".join(words)
        found.append(FoundTurn(start, speech, len(text), name))
        text += "\n"
    names = {turn.speaker for turn in found if turn.speaker}
    people = tuple(
        FoundSpeaker(n, (n,), 1, 1, "moderator" if n == "Mo" else "participant")
        for n in sorted(names)
    )
    preview = Preview(str(number), "x.txt", str(number), text[:-1], tuple(found), people, 0)
    group = add_group(db, area, str(number), phase)
    transcript = import_transcript(db, preview, group)
    facts = []
    for position, (turn, (name, _, issue)) in enumerate(zip(found, turns, strict=True), 1):
        set_issue(db, transcript, position, position, issue)
        facts.append((turn, name, issue, group, area, phase, transcript, text))
    return transcript, facts


def plain(facts: list[Any], codings: list[Any], theme: str, area: int) -> list[int]:
    """Count with loops over turns, codings and letters."""
    rows: list[set[Any]] = [set() for _ in range(8)]
    words = total = 0
    for turn, name, _, group, where, phase, transcript, text in facts:
        speech = text[turn.speech_start : turn.end]
        if name == "Mo" or where != area or phase != "source" or not count_words(speech):
            continue
        total += count_words(speech)
        for part, key in enumerate((group, (group, name) if name else None, (transcript, turn))):
            rows[part].add(key)
        inside: set[int] = set()
        for number, (place, start, end, code) in enumerate(codings):
            letters = set(range(max(start, turn.speech_start), min(end, turn.end)))
            if place == transcript and code == theme and letters:
                inside |= letters
                for part, key in enumerate((group, (group, name), (transcript, turn), number), 3):
                    rows[part].add(key if part != 4 or name else None)
        words += coded_words(text, turn, inside)
    for part in (1, 4):
        rows[part].discard(None)
    counts = [len(part) for part in rows]
    return [
        counts[3], counts[0], counts[4], counts[1], counts[5], counts[2], words, total, counts[6],
    ]  # fmt: skip


def coded_words(text: str, turn: FoundTurn, inside: set[int]) -> int:
    from coding.turns import WORDS as word

    spans = word.finditer(text, turn.speech_start, turn.end)
    return sum(bool(inside & set(range(*span.span()))) for span in spans)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(GROUP, min_size=1, max_size=3), st.lists(CODING, max_size=6))
def test_counts_equal_plain_loops(
    study: Database, codes: dict[str, int], groups: list[Any], marks: list[Any]
) -> None:
    with suppress(Discard), writing(study, "test", "example"):
        stored = [store(study, n, *group) for n, group in enumerate(groups)]
        facts = [fact for _, of_one in stored for fact in of_one]
        codings = set()
        for which, start, length, code in marks:
            transcript, of_one = stored[which % len(stored)]
            text = of_one[0][-1][: of_one[-1][0].end]
            start %= len(text)
            end = min(len(text), start + length)
            add_coding(study, transcript, codes[code], 1, start, end, text[start:end])
            codings.add((transcript, start, end, code))
        frame = prevalence(study)
        spoken = sorted({f[4] for f in facts if plain(facts, [], "clean", f[4])[7]})
        assert sorted(frame["area_id"].unique()) == spoken
        for theme, code in (("Acting together", "clean"), ("Nobody listens", "heard")):
            for area in spoken:
                found = row(frame, theme, area="east" if area == 1 else "west")
                assert [found[c] for c in COLUMNS[2:]] == plain(facts, list(codings), code, area)
        raise Discard


def test_twenty_thousand_codings_are_counted(study: Database, codes: dict[str, int]) -> None:
    turns = [(f"P{i % 8}", ["lane", "done"] * 20, None) for i in range(1_500)]
    with writing(study, "test", "much"):
        transcript, facts = store(study, 1, 1, "source", turns)
        text = facts[0][-1]
        study.table("coding").insert_all(
            {
                "transcript_id": transcript, "code_id": codes["clean"], "coder_id": 1,
                "start": i * 9, "end": i * 9 + 80, "quote": text[i * 9 : i * 9 + 80],
                "created_at": "2025-01-01",
            }
            for i in range(20_000)
        )  # fmt: skip
    frame = prevalence(study)
    assert row(frame, "Acting together", area="east")["codings"] == 20_000
