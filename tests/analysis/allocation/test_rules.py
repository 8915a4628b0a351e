"""The rules draw what their texts say: the old one for ever, the new one exactly by its shares."""

import hashlib
import json
from collections import Counter
from fractions import Fraction
from itertools import permutations
from math import factorial, prod

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chisquare

from analysis.allocation import RULE, RULE_OF_SHARES, allocate
from analysis.allocation.assigning import arm_sizes, draw_arms, pick
from analysis.allocation.reading import Blocks
from analysis.allocation.receipt import parse_shares, written_shares
from analysis.errors import BadInput

ARMS = ("none", "A", "B", "A+B")
LARGEST = 2**63 - 1


# As version 0 of the program drew them, before there were clusters, shares and batches.
@pytest.mark.parametrize(
    ("within", "arms", "seed", "result"),
    [
        ([], ARMS, 1, "7506f5f8dca8850b520577346fbf2d29d393145550b83bc4a05b2f0753d2f248"),
        (["area"], ARMS, 4711, "231bbf28e76ac461fa89293517db010177de6ea0597a26b13a30a8433c04c37e"),
        (["area", "age"], ARMS[:3], 7,
         "3d6f3169107eac7d36de284c4e205cd90bb26964891bf5638aca54aadb1a3d91"),
        (["area"], ("control", "treated"), LARGEST,
         "8cfb1d3a6e729f91297bbf95f431a2b93e8e51ab48836e56be9ab31903aaaa91"),
    ],
)  # fmt: skip
def test_what_was_allocated_long_ago_is_allocated_again(
    within: list[str], arms: tuple[str, ...], seed: int, result: str
) -> None:
    area, age = ["east", "west"] * 11 + ["east"], ["y", "o", "o"] * 7 + ["y", "y"]
    frame = pd.DataFrame({"id": range(1, 24), "area": area, "age": age})
    receipt = allocate(frame, within, arms, seed)[1]
    assert (receipt.rule, receipt.result_sha256) == (RULE, result)
    assert allocate(frame, within, arms, seed, shares=[3] * len(arms))[1] == receipt


def plain_rule_of_shares(ids: list[str], block: list[str], shares: list[int], seed: int) -> list:
    """The rule's text word for word, in plain Python, of one block of a first batch."""
    text = json.dumps([1, *block], ensure_ascii=False).encode()
    label = int.from_bytes(hashlib.sha256(text).digest()[:8])
    rng = np.random.Generator(np.random.PCG64([seed, label]))
    whole, sizes = sum(shares), [len(ids) * share // sum(shares) for share in shares]
    rest = [len(ids) * share % whole for share in shares]
    if any(rest):
        order, start, end = rng.permutation(len(shares)).tolist(), 0, 0
        start = int(rng.integers(whole))
        points = range(start, whole * len(shares), whole)
        for arm in order:
            begin, end = end, end + rest[arm]
            sizes[arm] += sum(begin <= point < end for point in points)
    labels = [arm for arm, size in enumerate(sizes) for _ in range(size)]
    return list(zip(sorted(ids), rng.permutation(labels).tolist(), strict=True))


@pytest.mark.parametrize("people", [1, 2, 3, 7, 10, 23])
@pytest.mark.parametrize("shares", [[2, 1, 1, 1], [5, 3, 1, 1], [1, 1, 7, 2]])
def test_shares_are_drawn_as_the_rule_says(people: int, shares: list[int]) -> None:
    frame = pd.DataFrame({"id": [f"r{i}" for i in range(people)], "area": "east"})
    for seed in (0, 1, 99):
        found, receipt = allocate(frame, ["area"], ARMS, seed, shares=shares)
        wanted = plain_rule_of_shares(list(frame["id"]), ["east"], shares, seed)
        assert [(r, ARMS.index(a)) for r, a in found[["respondent", "arm"]].to_numpy()] == wanted
        assert receipt.rule == RULE_OF_SHARES


@pytest.mark.parametrize("units", range(1, 12))
@pytest.mark.parametrize("shares", [[2, 1, 1, 1], [5, 3, 1], [1, 1, 1]])
def test_each_arm_is_rounded_up_with_exactly_the_chance_of_its_rest(
    units: int, shares: list[int]
) -> None:
    whole = sum(shares)
    rest = np.asarray([units * share % whole for share in shares])
    chance = [Fraction(0)] * len(shares)
    orders = list(permutations(range(len(shares))))
    for order in orders:
        for start in range(whole):
            picked = pick(rest[list(order)], whole, start)
            assert picked.sum() == rest.sum() // whole
            assert set(picked.tolist()) <= {0, 1}
            for arm, up in zip(order, picked.tolist(), strict=True):
                chance[arm] += Fraction(up, whole * len(orders))
    assert chance == [Fraction(int(r), whole) for r in rest]


def arrangement_chances(units: int, shares: list[int]) -> dict[tuple[int, ...], float]:
    """Every arrangement's chance: that of its arm sizes, spread evenly over their orders."""
    whole = sum(shares)
    base = [units * share // whole for share in shares]
    rest = np.asarray([units * share % whole for share in shares])
    sizes: Counter[tuple[int, ...]] = Counter()
    orders = list(permutations(range(len(shares))))
    for order in orders:
        for start in range(whole):
            size = list(base)
            for arm, up in zip(order, pick(rest[list(order)], whole, start), strict=True):
                size[arm] += int(up)
            sizes[tuple(size)] += 1
    found: dict[tuple[int, ...], float] = {}
    for size, count in sizes.items():
        labels = [arm for arm, n in enumerate(size) for _ in range(n)]
        ways = factorial(units) / prod(map(factorial, size))
        for one in set(permutations(labels)):
            found[one] = count / (whole * len(orders)) / ways
    return found


@pytest.mark.parametrize(
    ("units", "shares"), [(4, [1, 1]), (5, [1, 1]), (4, [2, 1]), (5, [1, 1, 1]), (3, [2, 1, 1])]
)
def test_arrangements_come_as_often_as_enumeration_says(units: int, shares: list[int]) -> None:
    everybody = Blocks(np.zeros(units, dtype=np.int64), [["east"]], np.asarray(["east"]))
    draws, batch = 4_000, int(len(set(shares)) > 1)  # the simple rule where shares are equal
    seen: Counter[tuple[int, ...]] = Counter(
        tuple(draw_arms(everybody, tuple(shares), seed, batch).tolist()) for seed in range(draws)
    )
    wanted = arrangement_chances(units, shares)
    assert set(seen) == set(wanted)
    assert sum(wanted.values()) == pytest.approx(1)
    observed = [seen[one] for one in wanted]
    assert chisquare(observed, [draws * p for p in wanted.values()]).pvalue > 1e-3


def test_shares_that_divide_a_block_are_met_exactly() -> None:
    frame = pd.DataFrame({"id": range(50), "area": ["east"] * 30 + ["west"] * 20})
    found = allocate(frame, ["area"], ARMS, 3, shares=[4, 2, 2, 2])[0]
    sizes = pd.crosstab(found["area"], found["arm"])
    assert sizes.loc["east", list(ARMS)].tolist() == [12, 6, 6, 6]
    assert sizes.loc["west", list(ARMS)].tolist() == [8, 4, 4, 4]
    rng = np.random.default_rng(0)
    assert arm_sizes(rng, 0, [1, 2]).tolist() == [0, 0]


def test_shares_are_read_as_people_write_them() -> None:
    assert parse_shares(" none:4, A:2,B:2 , A+B:2", ARMS) == (2, 1, 1, 1)
    assert parse_shares("none:1,A:1,B:1,A+B:1", ARMS) == parse_shares("", ARMS) == ()
    assert written_shares((2, 1, 1, 1), ARMS) == "none:2, A:1, B:1, A+B:1"
    assert written_shares((), ARMS) == ""
    for wrong in (
        "none:2", "none:2,A:1,B:1,A+B:0", "none=2", "none:2,none:2,A:1,B:1,A+B:1", "x:1",
        "none:1.5,A:1,B:1,A+B:1", "none:9999,A:1,B:1,A+B:1", "A:\u00b2",
    ):  # fmt: skip
        with pytest.raises(BadInput, match="[Ss]hare"):
            parse_shares(wrong, ARMS)
