import json

import pytest

from coding.codings import add_coding
from coding.errors import BadInput
from coding.suggestions import quality
from coding.transcripts import text
from linkage.settings import set_archived
from linkage.study import writing
from linkage.suggesting import is_stale, refit
from tests.coding.suggestions.conftest import KIND, LUNCH, WAIT, coded, said, talks

__all__ = ["coded", "talks"]


def _open(db):
    return list(db.query("SELECT * FROM open_suggestion ORDER BY transcript_id, start, code_id"))


def test_uncoded_talk_gets_the_code_that_fits_with_words_and_codings_that_say_why(coded):
    assert refit(coded, actor="Ana")["codes"] == 2
    rows = [row for row in _open(coded) if row["transcript_id"] == 5 and row["probability"] > 0.5]
    kind = next(row for row in rows if row["code_id"] == KIND)
    assert "nurses" in text(coded, 5)[kind["start"] : kind["end"]]
    reasons = json.loads(kind["reasons"])
    assert reasons["from"] == "coded passages"
    assert {"nurses", "kind"} <= {word for word, _ in reasons["words"]}
    bearing = dict(coded.execute("SELECT id, code_id FROM coding").fetchall())
    assert [bearing[number] for number in reasons["nearest"]] == [KIND] * 3


def test_no_code_is_suggested_where_it_stands_or_with_too_few_examples(coded):
    refit(coded, actor="Ana")
    codings = coded.execute('SELECT transcript_id, code_id, start, "end" FROM coding').fetchall()
    for row in _open(coded):
        assert row["code_id"] != LUNCH
        assert not any(
            (t, c) == (row["transcript_id"], row["code_id"]) and s < row["end"] and e > row["start"]
            for t, c, s, e in codings
        )


def test_before_anything_is_coded_names_and_definitions_are_said_to_speak(talks):
    found = refit(talks, actor="Ana")
    assert found["suggestions"] > 0
    assert {json.loads(row["reasons"])["from"] for row in _open(talks)} == {"name and definition"}
    assert "why" in json.loads(talks.execute("SELECT quality FROM suggestion_fit").fetchone()[0])


@pytest.mark.parametrize("decision", ["accepted", "rejected"])
def test_what_was_decided_stays_away(coded, decision):
    refit(coded, actor="Ana")
    row = _open(coded)[0]
    place = {name: row[name] for name in ("transcript_id", "code_id", "start", "end")}
    with writing(coded, "Ana", decision):
        coded.table("suggestion_decision").insert(
            place
            | {"quote": "", "model": "m", "fit_sha256": "0", "probability": 0.5, "reasons": "{}"}
            | {"decision": decision, "coder_id": 1, "decided_at": "2026-01-01"}
        )
    refit(coded, actor="Ana")
    assert place not in [{name: r[name] for name in place} for r in _open(coded)]


def test_what_was_rejected_stays_away_where_a_correction_moved_it(coded):
    refit(coded, actor="Ana")
    row = _open(coded)[0]
    quote = text(coded, row["transcript_id"])[row["start"] : row["end"]]
    values = {name: row[name] for name in ("transcript_id", "code_id", "probability", "reasons")}
    elsewhere = {"start": row["start"] + 1, "end": row["end"] + 1, "quote": quote}
    by = {"model": "m", "fit_sha256": "0", "coder_id": 1, "decided_at": "2026-01-01"}
    with writing(coded, "Ana", "reject"):
        decision = values | elsewhere | by | {"decision": "rejected"}
        coded.table("suggestion_decision").insert(decision)
    refit(coded, actor="Ana")
    place = ("transcript_id", "code_id", "start")
    assert [row[n] for n in place] not in [[r[n] for n in place] for r in _open(coded)]


def test_an_archived_study_is_not_learned_from_anew(coded):
    with writing(coded, "Ana", "archive", kind="fixed"):
        set_archived(coded, True)
    with pytest.raises(BadInput, match="archived"):
        refit(coded, actor="Ana")


def test_the_same_study_gets_the_same_suggestions_and_no_history(coded):
    before = coded.table("change").count
    refit(coded, actor="Ana")
    first = _open(coded)
    refit(coded, actor="Ana")
    assert _open(coded) == first
    assert coded.table("change").count == before


def test_a_new_coding_makes_the_fit_stale_and_a_new_fit_does_not(coded):
    assert is_stale(coded)
    refit(coded, actor="Ana")
    assert not is_stale(coded)
    words = said(4, 0)[1]
    start = text(coded, 5).index(words)
    with writing(coded, "Ana", "code"):
        add_coding(coded, 5, WAIT, 1, start, start + len(words), words)
    assert is_stale(coded)


def test_a_refit_that_is_stopped_half_way_leaves_the_former_suggestions(coded):
    refit(coded, actor="Ana")
    first = _open(coded)

    def stop(done, total):
        if done == total - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        refit(coded, actor="Ana", progress=stop)
    assert _open(coded) == first


def test_a_study_without_codes_or_transcripts_has_no_suggestions(study):
    assert refit(study, actor="Ana") == {"suggestions": 0, "codes": 0}
    stored = json.loads(study.execute("SELECT quality FROM suggestion_fit").fetchone()[0])
    assert stored["codes"] == []
    assert stored["least"] == quality.LEAST
