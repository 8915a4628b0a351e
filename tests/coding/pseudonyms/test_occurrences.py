"""Where originals still stand in a text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from coding.pseudonyms.occurrences import occurrences


def places(text: str, *originals: str) -> list[str]:
    return [text[one.start : one.end] for one in occurrences(text, originals)]


def test_case_accents_apostrophes_and_possessives_do_not_hide_a_name():
    text = "SIOBHAN’s, Siobha\u0301n, siobhán o’neill and O'Neill, but no siobhans or unsiobhan."
    assert places(text, "Siobhán", "Siobhán O'Neill", "O’Neill") == [
        "SIOBHAN", "Siobha\u0301n", "siobhán o’neill", "O'Neill",
    ]  # fmt: skip


def test_spaces_and_line_breaks_are_alike_and_signs_may_lead():
    text = "ring (01632)\n960 001 or +44 7700  900123, @shiv_oc, shiv@example.org"
    found = places(text, "(01632) 960 001", "+44 7700 900123", "@shiv_oc", "shiv")
    assert found == ["(01632)\n960 001", "+44 7700  900123", "@shiv_oc", "shiv"]


def test_a_name_inside_a_handle_is_still_there():
    assert places("find me at siobhan_k or siobhan.k@x.org", "Siobhan") == ["siobhan", "siobhan"]


def test_nothing_is_found_for_nothing():
    assert occurrences("Siobhan", []) == occurrences("Siobhan", ["", " ", "–"]) == []
    assert occurrences("", ["Siobhan"]) == []


names = st.text(alphabet="abcdeéßłŁİıÅo'’ -", min_size=1, max_size=8).filter(
    lambda name: name.strip(" '’-") == name
)


@given(names, st.text(alphabet="xyzé .\n🎉", max_size=10), st.sampled_from(["NFC", "NFD"]))
def test_every_planted_original_is_found_at_its_place(name, around, form):
    said = unicodedata.normalize(form, name)
    text = f"{around} {said} {around}"
    found = [text[one.start : one.end] for one in occurrences(text, [name])]
    assert said in found
    assert [one.upper() for one in found] == [said.upper()] or len(found) > 1


@given(st.text(max_size=30), st.lists(st.text(max_size=5), max_size=4))
def test_occurrences_are_in_order_and_apart(text, originals):
    end = 0
    for one in occurrences(text, originals):
        assert end <= one.start < one.end <= len(text)
        assert one.original in originals
        end = one.end
