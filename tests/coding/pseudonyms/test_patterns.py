"""Forms that are published, against values that we did not make up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.pseudonyms import patterns, phones
from coding.pseudonyms.patterns import nhs_check


def found(text: str, kind: str) -> list[str]:
    every = [*patterns.find(text), *phones.find(text)]
    for one in every:
        assert text[one.start : one.end] == one.text
    return [one.text for one in every if one.kind == kind and one.certainty >= 0.5]


# The NHS Data Dictionary's own worked example, and the number of NHS Digital's test patients.
@pytest.mark.parametrize("digits", ["9434765919", "4010232137"])
def test_a_right_check_digit_is_told_from_all_wrong_ones(digits):
    assert nhs_check(digits)
    wrong = [digits[:9] + str(d) for d in range(10) if str(d) != digits[9]]
    assert not any(nhs_check(one) for one in wrong)


def test_an_nhs_number_that_fails_its_check_is_less_certain():
    right, wrong = (next(iter(patterns.find(t))) for t in ("943 476 5919", "943 476 5918"))
    assert right.kind == wrong.kind == "nhs_number"
    assert right.certainty > wrong.certainty


# Examples of every format from Royal Mail's Programmers' Guide.
@pytest.mark.parametrize(
    "code", ["M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB"]
)
def test_every_format_of_postcode_is_found_however_written(code):
    for written in (code, code.lower(), code.replace(" ", "")):
        assert found(f"we live at {written}, up there", "postcode")[0] == written


# Ofcom's numbers for use in drama.
@pytest.mark.parametrize(
    "number",
    [
        "01632 960123", "(0113) 496 0123", "020 7946 0123", "029 2018 0123", "07700 900123",
        "0808 157 0123", "+44 7700 900123", "+44 (0)20 7946 0123", "07700-900-123", "07700900123",
    ],
)  # fmt: skip
def test_phone_numbers_for_drama_are_found_whole(number):
    assert number in found(f"ring {number} or not", "phone")


@pytest.mark.parametrize(
    "spoken",
    [
        "oh seven seven double oh nine hundred one two three",
        "zero one six one, four nine six, oh double one two",
        "oh seven seven hundred nine double oh one twenty three",
    ],
)
def test_spoken_phone_numbers_are_found_whole(spoken):
    assert found(f"it's {spoken} if you want me", "phone") == [spoken]


def test_spelled_postcodes_and_e_mails_are_found():
    assert found("b twenty nine six q t is us", "postcode") == ["b twenty nine six q t"]
    said = "siobhan dot oneill at example dot org dot uk".replace(" org dot uk", " co dot uk")
    assert found(f"send it to {said} please", "email") == [said.removeprefix("to ")]


@pytest.mark.parametrize(
    "text",
    [
        "There were 20 to 30 of us in 2019 and 2020, at 3,000 pounds.",
        "One or two or three people came, maybe twenty.",
        "Between 2015 and 2016 we had 12.5 per cent of 1,250,000.",
        "It is 10:30 on the M25, junction 12, route 4711.",
    ],
)
def test_other_numbers_are_no_identifiers(text):
    kinds = ("phone", "postcode", "nhs_number", "vehicle", "email", "web")
    assert [found(text, kind) for kind in kinds] == [[]] * len(kinds)


def test_births_are_told_from_other_dates():
    assert found("she was born on the 3rd of May 1972", "date_of_birth") == ["3rd of May 1972"]
    assert found("dob: 12/03/64", "date_of_birth") == ["12/03/64"]
    assert found("we met on the 3rd of May 2019", "date_of_birth") == []


def test_plates_web_addresses_and_handles_are_found():
    assert found("the van was AB12 CDE", "vehicle") == ["AB12 CDE"]
    assert found("see www.example.org/us, or @our_lane", "web") == [
        "www.example.org/us",
        "@our_lane",
    ]


@given(st.text(alphabet="0123456789 -()+ohdualequivn,.@abB\n", max_size=60))
def test_a_finding_is_the_text_at_its_place(text):
    for one in [*patterns.find(text), *phones.find(text)]:
        assert text[one.start : one.end] == one.text != ""
