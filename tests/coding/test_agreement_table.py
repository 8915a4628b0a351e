"""Agreement of a study: what the table rests on, who is missing, and what is said beside it."""

import pytest

from coding import codings
from coding.agreement import agreement
from coding.agreement_caveats import caveats
from coding.agreement_table import Asked, agreement_table
from coding.errors import BadInput
from coding.finishing import finish
from coding.transcripts import list_turns, text
from linkage.areas import ensure_coder
from linkage.study import writing


@pytest.fixture
def coded(stored):
    words = text(stored, 1)
    with writing(stored, "test", "code"):
        for name in ("Bo", "Cy"):
            ensure_coder(stored, name)
        for coder, quote in ((1, "We cleared the lane."), (2, "cleared the lane. 🎉")):
            start = words.index(quote)
            codings.add_coding(stored, 1, 2, coder, start, start + len(quote), quote)
            finish(stored, 1, coder)
    return stored


def test_the_base_is_the_words_of_the_turns(coded) -> None:
    spans = [(turn["speech_start"], turn["end"]) for turn in list_turns(coded, 1)]
    found = agreement_table(coded, Asked(draws=50))
    row = found.frame.iloc[0]
    assert row["units"] == sum(end - start for start, end in spans)
    rows = coded.execute('SELECT coder_id, code_id, start, "end" FROM coding').fetchall()
    expected = agreement(rows, len(text(coded, 1)), units=spans, code=2)
    assert row["estimate"] == pytest.approx(expected)
    assert found.frame["code"].tolist() == ["Clean-ups", "all, added up", "all, as sets"]


def test_a_theme_takes_in_its_codes_and_turns_are_units(coded) -> None:
    found = agreement_table(coded, Asked("turn", "percent", "theme", draws=50))
    assert found.frame.loc[0, ["code", "units", "percent"]].tolist() == ["Doing it together", 4, 1]
    assert found.frame.loc[0, "prevalence"] == 1 / 4


def test_whoever_finished_without_a_code_counts_and_whoever_did_not_is_missing(coded) -> None:
    asked = Asked("turn", "percent", coders=(1, 2, 3), draws=50)
    missing = agreement_table(coded, asked)
    assert [row["title"] for row in missing.partly] == ["East group"]
    assert any("count as missing there" in said for said in caveats(missing))
    with writing(coded, "test", "finish"):
        finish(coded, 1, 3)
    assert agreement_table(coded, asked).frame.loc[0, "percent"] == pytest.approx(1 - 2 / 3 / 4)


def test_what_cannot_be_compared_is_said(coded) -> None:
    with pytest.raises(BadInput, match="two coders"):
        agreement_table(coded, Asked(coders=(1,)))
    with pytest.raises(BadInput, match="No transcript"):
        agreement_table(coded, Asked(coders=(1, 3)))
    with pytest.raises(BadInput, match="two coders"):
        agreement_table(coded, Asked(coefficient="cohen_kappa", coders=(1, 2, 3)))


def test_a_figure_comes_with_what_limits_it(coded) -> None:
    said = " ".join(caveats(agreement_table(coded, Asked(draws=50)), ["Ana"]))
    assert "The base is" in said
    assert "One transcript gives no interval" in said
    assert "Ana is not set to code blind" in said
