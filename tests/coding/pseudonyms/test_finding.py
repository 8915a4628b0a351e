"""What is found in a text with and without a model, and that places are exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding import language
from coding.pseudonyms.finding import find_in, not_looked_for
from coding.pseudonyms.kinds import KINDS, SURE


def found(text: str, **more: object) -> dict[str, str]:
    return {one.text: one.kind for one in find_in(text, **more)}


@pytest.mark.parametrize(
    ("text", "said", "kind"),
    [
        ("Then Mrs Adeyemi rang the council.", "Adeyemi", "person"),
        ("i asked mrs okonkwo about it", "okonkwo", "person"),
        ("There's a man called Zbigniew there.", "Zbigniew", "person"),
        ("We live off Mill Lane.", "Mill Lane", "place"),
        ("they cleared the bins on station road", "station road", "place"),
        ("Down Heol y Bont, that way.", "Heol y Bont", "place"),
        ("It is in Castle Vale ward.", "Castle Vale ward", "place"),
        ("my two go to oakfield primary school now", "oakfield primary school", "organisation"),
        ("at st mark's primary", "st mark's primary", "organisation"),
        ("Dr Patel's surgery is shut.", "Dr Patel's surgery", "organisation"),
        (
            "I live at 14 Mill Lane, Netherby, B29 6QT.",
            "14 Mill Lane, Netherby, B29 6QT",
            "address",
        ),
        ("he's in flat 3, Marlowe House", "flat 3, Marlowe House", "address"),
        ("Ask the head teacher at St Mark's.", "head teacher at St Mark's", "job_with_place"),
        ("The lollipop lady on Mill Lane left.", "lollipop lady on Mill Lane", "job_with_place"),
        ("We met the PC at Aldercroft station.", "PC at Aldercroft station", "job_with_place"),
    ],
)
def test_wording_tells_without_a_model(text, said, kind):
    assert found(text).get(said) == kind


@pytest.mark.parametrize(
    "text",
    [
        "It is a ten minute walk down the road, on the main road by the high street.",
        "We went to the primary school and then to the church in our village.",
        "The doctor said the nurse will ring, and the NHS is good in England.",
        "I hope it may work, and will you mark my words? On the other hand, grace helps.",
        "In one way or another the council should do it on Monday.",
    ],
)
def test_ordinary_talk_names_nobody(text):
    assert not [one for one in find_in(text) if one.certainty >= SURE]


def test_a_person_of_the_roster_is_found_in_every_form():
    roster = ["O'Connor, Siobhán", "Oluwaseun Adeyemi (Seun)", "Elizabeth Marsh"]
    talk = (
        "siobhan, Siobhan O’Connor, O'CONNOR's, seun's, Mr adeyemi, S. O'Connor, liz, Betty Marsh"
    )
    names = list(found(talk, roster=roster))
    assert names == [
        "siobhan", "Siobhan O’Connor", "O'CONNOR", "seun", "adeyemi", "S. O'Connor", "liz",
        "Betty Marsh",
    ]  # fmt: skip


def test_accents_may_be_missing_or_combined():
    for written in (
        "Małgorzata Wiśniewska",
        "malgorzata wisniewska",
        "Ma\u0142gorzata Wis\u0301niewska",
    ):
        assert list(found(f"and {written} came", roster=["Małgorzata Wiśniewska"])) == [written]


def test_a_name_that_is_a_word_needs_evidence():
    roster = ["Hope Danjuma", "Will Street"]
    talk = "I hope you will. The street is long. Hope is good. I saw Hope and told will."
    talk += " Mrs Street left."
    by_place = {talk[: one.start][-4:]: one for one in find_in(talk, roster=roster)}
    assert set(by_place) == {"ng. ", "saw ", "old ", "Mrs "}
    assert by_place["Mrs "].certainty > by_place["saw "].certainty >= SURE
    assert max(by_place["ng. "].certainty, by_place["old "].certainty) < SURE


def test_what_is_certain_in_one_place_is_found_in_all():
    text = "Mrs Abernethy is kind. i told abernethy so. ABERNETHY’s dog."
    assert [one.text for one in find_in(text)] == ["Abernethy", "abernethy", "ABERNETHY"]


def test_areas_of_the_study_are_no_identifiers():
    text = "Here in Netherby ward we meet. The vicar of Netherby came to Netherby."
    names = found(text, areas=["Netherby", "Netherby ward"], gazetteer=[("Netherby", "PLACE")])
    assert "Netherby" not in names
    assert names["vicar of Netherby"] == "job_with_place"


def test_an_address_says_what_is_inside_it():
    (one,) = find_in("14 Mill Lane, B29 6QT")
    assert one.kind == "address"
    assert {"place", "postcode"} <= set(one.also)


def test_the_model_adds_names_that_no_rule_knows():
    if language.installed_model().module is None:
        pytest.skip("no language model is installed")
    text = "We spoke with Ngozika Thackeray-Obi about Birmingham last week."
    names = {one.text: one.source for one in find_in(text, language.load()(text))}
    assert "Birmingham" in names
    assert any("Thackeray-Obi" in name for name in names)


def test_without_a_model_it_says_what_is_not_looked_for(monkeypatch):
    none = language.Model(None, "blank English", "", vectors=False)
    monkeypatch.setattr(language, "installed_model", lambda: none)
    assert "No language model is installed" in not_looked_for()


PIECES = (
    "Siobhán", "o'neill’s", "hope", "Mrs", "14 Mill Lane", "B29 6QT", "07700 900123", "\n", ". ",
    "St Mark's", "head teacher at", "a@b.org", "🎉", "e\u0301", "Dr", "flat 3,", "İ", "ß", "oh",
    "seven",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14), st.booleans())
def test_findings_are_exact_in_order_and_apart(pieces, lowered):
    text = " ".join(pieces)
    text = text.lower() if lowered else text
    end = 0
    for one in find_in(text, roster=["Siobhán O'Neill", "Hope Mark", "ß"]):
        assert text[one.start : one.end] == one.text
        assert end <= one.start < one.end
        assert one.kind in KINDS
        assert 0 < one.certainty <= 1
        end = one.end
