"""What a file leaves out for lack of consent: words, never rows, and it says how many."""

import pytest

from coding.codings import list_codings
from coding.consent import consent_table, set_unrecorded_rule, sift
from coding.errors import BadInput
from coding.people import link_speakers
from coding.speakers import set_consent
from linkage.exemplars import choose_quotes
from linkage.scope import Scope
from linkage.study import read_study, writing

from .test_people import twice  # noqa: F401


def told(db, use="publication"):
    found = sift(db, list_codings(db), use)
    return [row["quote"] for row in found.rows], found


def test_refused_and_withdrawn_words_stay_out(twice):  # noqa: F811
    with writing(twice, "test", "consent"):
        set_consent(twice, 2, "publication", False)
        set_consent(twice, 3, "publication", True, withdrawn_on="2026-01-02")
        set_consent(twice, 5, "publication", True)
        set_consent(twice, 6, "publication", True)
        set_consent(twice, 6, "analysis", False)
    quotes, found = told(twice)
    assert quotes == ["", "", "We cleared the lane.", ""]
    assert [row["consent"] for row in found.rows] == [
        "left out: refused", "left out: withdrawn", "given", "left out: refused",
    ]  # fmt: skip
    assert found.rows[0]["speaker"] == ""
    assert found.sentence == (
        "The words of 3 quotes are left out for lack of consent to publication: "
        "2 refused, 1 withdrawn."
    )
    assert not choose_quotes(twice)["coding_id"].isin([1, 2, 4]).any()


def test_not_recorded_is_no_consent_once_consent_is_kept(twice):  # noqa: F811
    quotes, found = told(twice)
    assert (quotes.count(""), found.let_through) == (0, 4)
    assert "Nothing is recorded of consent to publication for 4 quotes" in found.sentence
    with writing(twice, "test", "consent"):
        set_consent(twice, 2, "publication", True)
    quotes, found = told(twice)
    assert quotes == ["We cleared the lane.", "", "", ""]
    assert found.withheld == {"not recorded": 3}


@pytest.mark.parametrize(("rule", "blank"), [("in", 0), ("out", 4)])
def test_the_study_decides_what_is_not_recorded(twice, rule, blank):  # noqa: F811
    with writing(twice, "test", "rule"):
        set_unrecorded_rule(twice, rule)
    assert told(twice)[0].count("") == blank
    with pytest.raises(BadInput, match="once kept, out, in"):
        set_unrecorded_rule(twice, "maybe")


def test_a_refusal_in_a_hidden_area_holds_for_who_sees_one_area_only(twice):  # noqa: F811
    with writing(twice, "test", "consent"):
        twice.table("focus_group").update(2, {"area_id": 2})
        link_speakers(twice, [2, 5])
        set_consent(twice, 5, "publication", False)
    path = twice.execute("PRAGMA database_list").fetchone()[2]
    limited = read_study(path, Scope("x", areas=frozenset({1})))
    assert told(limited)[0] == ["", "We swept it."]
    with writing(twice, "test", "consent"):
        set_consent(twice, 6, "publication", True)  # from now on consent is kept
    assert told(read_study(path, Scope("x", areas=frozenset({1}))))[0] == ["", ""]


def test_the_table_says_what_is_missing(twice):  # noqa: F811
    with writing(twice, "test", "consent"):
        set_consent(twice, 2, "message", True, "v2", "2026-03-04")
    first = consent_table(twice)[0]
    assert (first["name"], first["message"], first["form_version"]) == ("Maureen", "given", "v2")
    assert first["missing"] == ["analysis", "publication", "archive"]
    assert len(consent_table(twice)) == 4
