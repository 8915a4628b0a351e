"""Agreement on spans: known values, what counts as missing, and the bootstrap."""

import math

import pytest

from coding.agreement import Text, agreement, agreement_interval
from coding.errors import BadInput

# METHODS: 100 and 100 characters coded, 50 of them shared.
SHARED = [("ann", "x", 0, 100), ("bo", "x", 50, 150)]


@pytest.mark.parametrize(("length", "kappa"), [(1000, 0.444), (300, 0.25), (10_000, 0.49)])
def test_uncoded_text_counts_and_the_base_decides(length: int, kappa: float) -> None:
    found = agreement(SHARED, length, "character", "cohen_kappa")
    assert found == pytest.approx(kappa, abs=0.005 if length == 10_000 else 0.0005)


def test_only_the_words_that_count_are_the_base() -> None:
    spans = [(0, 150), (500, 1350)]
    found = agreement(SHARED, 2000, "character", "cohen_kappa", units=spans)
    assert found == pytest.approx(0.4444, abs=5e-5)


def test_a_turn_bears_a_code_where_any_of_its_characters_does() -> None:
    turns = [(0, 60), (60, 120), (120, 180), (180, 240)]
    assert agreement(SHARED, 240, "turn", "percent", units=turns) == pytest.approx(3 / 4)


# Krippendorff (2004), Content Analysis, 2nd ed., p. 254: 300 units from 150 on.
EXAMPLE = [
    (who, code, start - 150, end - 150)
    for who, code, start, end in [
        ("i", "c", 225, 295), ("i", "c", 370, 400), ("j", "c", 220, 300), ("j", "c", 355, 375),
        ("j", "c", 400, 420), ("i", "k", 180, 240), ("i", "k", 300, 350), ("j", "k", 180, 240),
        ("j", "k", 300, 350),
    ]
]  # fmt: skip


def test_unitising_alpha_is_that_of_krippendorffs_example() -> None:
    alpha = [agreement(EXAMPLE, 300, coefficient="unitising_alpha", code=c) for c in "ck"]
    assert alpha == pytest.approx([0.7286, 1.0], abs=5e-5)
    assert agreement(EXAMPLE, 300, coefficient="unitising_alpha") == pytest.approx(0.859, abs=5e-4)


# Krippendorff (1995), p. 57, pairs A and C of 24 units, stretched so far that the grain is gone.
OF_1995 = {
    "A": ([(2, 10), (14, 20)], [(4, 8), (15, 17)], 0.553),
    "C": ([(2, 8), (10, 12), (14, 18), (20, 22)],
          [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)], 0.679),
}  # fmt: skip


@pytest.mark.parametrize("pair", OF_1995)
def test_unitising_alpha_is_near_that_of_the_first_paper(pair: str) -> None:
    """Its expected disagreement has a sign that the book of 2004 corrects; far out it is little."""
    one, two, alpha = OF_1995[pair]
    stretch = 50_000
    codings = [
        (who, "x", start * stretch, end * stretch)
        for who, spans in (("i", one), ("j", two))
        for start, end in spans
    ]
    found = agreement(codings, 24 * stretch, coefficient="unitising_alpha")
    assert found == pytest.approx(alpha, abs=0.02)


def test_whoever_coded_nothing_counts_and_whoever_did_not_code_is_missing() -> None:
    other = ([("ann", "x", 0, 50)], 1000)
    nothing = Text(*other, coders=("ann", "bo"))
    missing = Text(*other, coders=("ann",))
    alone = agreement_interval([Text(SHARED, 1000)], coefficient="percent")
    assert agreement_interval([Text(SHARED, 1000), missing], coefficient="percent").estimate == (
        alone.estimate
    )
    counted = agreement_interval([Text(SHARED, 1000), nothing], coefficient="percent")
    assert counted.estimate == pytest.approx((900 + 950) / 2000)


def test_coders_who_never_vary_have_no_chance_corrected_agreement() -> None:
    assert math.isnan(agreement([], 100, coefficient="krippendorff_alpha", coders="ab", code="x"))
    assert agreement([], 100, coefficient="percent", coders="ab", code="x") == 1


def texts(count: int) -> list[Text]:
    return [
        Text([("a", "x", 0, 40 + 7 * n % 31), ("b", "x", 5 * n % 17, 60)], 400 + 10 * n)
        for n in range(count)
    ]


@pytest.mark.parametrize("coefficient", ["krippendorff_alpha", "unitising_alpha"])
def test_the_interval_is_the_same_for_a_seed_and_holds_the_estimate(coefficient: str) -> None:
    found = agreement_interval(texts(12), coefficient=coefficient, seed=3)
    assert found == agreement_interval(texts(12), coefficient=coefficient, seed=3)
    assert found.low != agreement_interval(texts(12), coefficient=coefficient, seed=4).low
    assert found.low < found.estimate < found.high
    assert not found.few
    assert agreement_interval(texts(9), coefficient=coefficient).few


def test_a_draw_is_the_agreement_of_the_texts_drawn() -> None:
    from coding.agreement import compare, measure

    three = texts(3)
    found = compare(three, unitising=True)
    drawn = [three[0], three[0], three[2]]
    for coefficient in ("gwet_ac1", "unitising_alpha"):
        import numpy as np

        by_code, _, _ = measure(found, coefficient, np.array([[2.0, 0.0, 1.0]]))
        again = agreement_interval(drawn, coefficient=coefficient, code="x", draws=1).estimate
        assert by_code[0, 0] == pytest.approx(again, abs=1e-12)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"unit": "word"}, "no unit"),
        ({"coefficient": "kappa"}, "no coefficient"),
        ({"unit": "turn"}, "spans of the turns"),
        ({"coders": ("ann",)}, "two coders"),
        ({"coders": ("ann", "bo", "cy"), "coefficient": "cohen_kappa"}, "two coders"),
        ({"unit": "turn", "units": [(0, 9)], "coefficient": "unitising_alpha"}, "characters"),
        ({"units": [(0, 9), (5, 20)]}, "overlap"),
        ({"overall": "mean"}, "Overall"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(asked: dict, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        agreement(SHARED, 1000, **asked)
    with pytest.raises(BadInput, match="not in the text"):
        agreement(SHARED, 120)
