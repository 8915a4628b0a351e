"""Topics of known talk: what they hold, that they repeat, and where nothing can be found."""

import json
import os
import subprocess
import sys

import pytest

from coding.codebook import delete_code
from coding.errors import BadInput
from coding.language import installed_model
from coding.topics import Asked, cover, pick_quotes
from coding.topics.finding import find_topics
from coding.topics.frames import curve_frame, topics_frame
from coding.topics.units import read_units
from coding.transcripts import list_turns, text
from linkage.study import writing
from tests.topics_talk import MODERATOR

THREE = Asked(number=3)


def top(found) -> list[set[str]]:
    return [{word for word, _ in topic["words"][:6]} for topic in found["topics"]]


def test_the_three_subjects_are_the_three_topics(talked) -> None:
    found = top(find_topics(talked, THREE))
    for words in ({"bus", "route"}, {"garden", "allotment"}, {"police", "burglary"}):
        assert sum(words <= topic for topic in found) == 1
    assert "bus route" in {w for t in find_topics(talked, THREE)["topics"] for w, _ in t["words"]}


def test_the_same_seed_gives_the_same_and_another_is_told_apart(talked) -> None:
    one, again = find_topics(talked, Asked(seed=7)), find_topics(talked, Asked(seed=7))
    assert json.dumps(one) == json.dumps(again)
    assert json.dumps(one) != json.dumps(find_topics(talked, Asked(seed=8)))


@pytest.mark.parametrize("threads", ["1", "4"])
def test_threads_of_the_algebra_change_nothing(talked, tmp_path, threads) -> None:
    script = (
        "import sys, json; from pathlib import Path; from linkage.study import open_study;"
        "from coding.topics import Asked; from coding.topics.finding import find_topics;"
        "print(json.dumps(find_topics(open_study(Path(sys.argv[1])), Asked(number=3))))"
    )
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    env = os.environ | dict.fromkeys(names, threads)
    line = [sys.executable, "-c", script, str(tmp_path / "study.db")]
    told = subprocess.run(line, env=env, capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == json.loads(json.dumps(find_topics(talked, THREE)))


@pytest.mark.parametrize("unit", ["turn", "sentences"])
def test_a_moderator_is_never_a_unit(talked, unit) -> None:
    units = read_units(talked, Asked(unit=unit), lambda done, total: None)
    spoken = {t["id"] for n in (1, 2) for t in list_turns(talked, n) if t["role"] == "moderator"}
    assert units
    assert not spoken & {unit.turn_id for unit in units}
    assert not {"zebra", "dinosaur"} & {term for unit in units for term in unit.terms}
    assert all(MODERATOR not in text(talked, u.transcript_id)[u.start : u.end] for u in units)


def test_every_quote_is_in_its_turn_and_from_another_speaker(talked) -> None:
    found = find_topics(talked, Asked())
    for said in pick_quotes(talked, Asked(), found["topics"]):
        assert len({row["speaker_id"] for row in said}) == len(said) > 0
        for row in said:
            whole = text(talked, row["transcript_id"])
            turns = {turn["id"]: turn for turn in list_turns(talked, row["transcript_id"])}
            turn = turns[row["turn_id"]]
            assert row["quote"] == whole[row["start"] : row["end"]]
            assert turn["speech_start"] <= row["start"] < row["end"] <= turn["end"]


def test_counts_stay_within_their_denominators(talked) -> None:
    found = find_topics(talked, Asked())
    frame = topics_frame(talked, Asked(), found)
    for name in ("turns", "speakers", "groups", "areas"):
        assert (frame[name] <= frame[f"{name}_total"]).all()
        assert (frame[name] > 0).all()
    assert frame["turns"].sum() == found["units"] - found["without"]
    assert set(frame["speakers_total"]) == {5}
    for spread in cover(talked, Asked(), found["topics"]):
        sides = spread.by_area.values()
        assert sum(part.turns for part, _ in sides) == spread.part.turns
        assert sum(whole.turns for _, whole in sides) == spread.whole.turns


def test_of_one_area_only_its_words_are_read(talked) -> None:
    found = find_topics(talked, Asked(area_id=2, number=3))
    assert {unit[0] for topic in found["topics"] for unit in topic["units"]} == {2}
    with pytest.raises(BadInput, match="0 turns"):
        find_topics(talked, Asked(area_id=1, phase="test"))


def test_the_curve_proposes_what_it_shows(talked) -> None:
    found = find_topics(talked, Asked())
    frame = curve_frame(found)
    assert frame["stability"].between(0, 1).all()
    assert list(frame["topics"][frame["proposed"]]) == [found["number"]]


def test_codes_whose_words_are_said_are_near_and_guide(talked) -> None:
    plain = find_topics(talked, THREE)
    near = [[row["code_id"] for row in topic["near"]] for topic in plain["topics"]]
    bus = next(i for i, words in enumerate(top(plain)) if "bus" in words)
    assert near[bus] == [1]
    assert sum(near, []) == [1]
    guided = find_topics(talked, Asked(guided=True, number=2))
    assert guided["seeded"] == 1
    assert len(guided["topics"]) == 3
    started = next(topic for topic in guided["topics"] if topic["theme_id"] == 1)
    assert "bus" in {word for word, _ in started["words"][:4]}


def test_a_study_without_codes_has_topics_but_no_guided_ones(talked) -> None:
    with writing(talked, "test", "no codes"):
        for code in (1, 2):
            delete_code(talked, code)
    assert not any(topic["near"] for topic in find_topics(talked, THREE)["topics"])
    with pytest.raises(BadInput, match="No word of the codebook"):
        find_topics(talked, Asked(guided=True))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(unit="page"), "unit"), (Asked(number=1), "2 to 30"), (Asked(number=99), "2 to 30"),
        (Asked(seed=-1), "seed"), (Asked(phase="late"), "phase"), (Asked(number=30), "too many"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused(talked, asked, words) -> None:
    with pytest.raises(BadInput, match=words):
        find_topics(talked, asked)


def test_too_little_talk_says_how_much_is_needed(stored) -> None:
    with pytest.raises(BadInput, match="topics need 20"):
        find_topics(stored, Asked())


def test_without_a_model_words_are_enough(talked, monkeypatch) -> None:
    from coding import language, language_models

    for known in (language.installed_model, language.load):
        known.cache_clear()
    monkeypatch.setattr(language_models, "MODELS", ())
    try:
        assert installed_model().module is None
        found = find_topics(talked, THREE)
        assert any({"bus", "route"} <= words for words in top(found))
        assert not any(" " in word for topic in found["topics"] for word, _ in topic["words"])
    finally:
        monkeypatch.undo()
        for known in (language.installed_model, language.load):
            known.cache_clear()
