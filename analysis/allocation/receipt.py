"""What is kept of an allocation so that it can be made again, and the rules there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

from ..errors import BadInput, check_line

NO_ARMS = ("respondent", "block", "area")  # columns of tables that have one an arm
LARGEST_SHARE = 1_000
RULE = (
    "Complete randomisation within each block: arm sizes differ by at most one, which arms get "
    "the extra respondents is itself random. Respondents are ordered by id; each block draws from "
    "numpy's PCG64 seeded with the seed and the sha256 of the block's values as a JSON list."
)
RULE_OF_SHARES = (
    "Complete randomisation within each block of a batch, of respondents or of whole clusters: "
    "an arm gets its share of a block's units, rounded down or up, so that every unit has exactly "
    "the chance that the shares say. Units are ordered by id; each block draws from numpy's PCG64 "
    "seeded with the seed and the sha256 of the JSON list of the batch's number and the block's "
    "values. Which arms round up: the remainders in a random order are laid end to end, and points "
    "one whole unit apart from a random start pick the arms they fall in. Who joins a cluster that "
    "an earlier batch allocated takes its arm."
)


@dataclass(frozen=True)
class Receipt:
    """What is needed to make the same allocation again and to see that it is the same.

    `cluster` is the column of what was allocated whole, "" where respondents were; `shares` is
    empty where arms are equal.
    """

    frame_sha256: str
    within: tuple[str, ...]
    arms: tuple[str, ...]
    seed: int
    rule: str
    respondents: int
    result_sha256: str
    cluster: str = ""
    shares: tuple[int, ...] = ()
    batch: int = 1


def check_arms(arms: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the arms, or say what is wrong with them."""
    names = tuple(str(arm).strip() for arm in arms)
    if len(names) < 2 or len(set(names)) != len(names) or not all(names):
        raise BadInput("Give two or more different arms, the control first: none,A,B,A+B.")
    for name in names:
        check_line(name, "The arm")
        if name.casefold() in NO_ARMS:
            raise BadInput(f"An arm cannot be called “{name}”; choose another name.")
    return names


def check_seed(seed: int) -> int:
    """Return the seed, a whole number that is not negative."""
    if isinstance(seed, bool) or int(seed) != seed or not 0 <= seed < 2**63:
        raise BadInput("The seed must be a whole number from 0 to 9223372036854775807.")
    return int(seed)


def check_shares(shares: Sequence[int], arms: tuple[str, ...]) -> tuple[int, ...]:
    """Return shares without a common factor, an arm each; empty where they are equal."""
    if not shares:
        return ()
    if len(shares) != len(arms):
        raise BadInput(f"Give a share for each of the {len(arms)} arms: {', '.join(arms)}.")
    if any(int(n) != n or not 1 <= n <= LARGEST_SHARE for n in shares):
        raise BadInput(
            f"Shares are whole numbers from 1 to {LARGEST_SHARE:,}, such as 2 and 1 for an arm "
            "twice as large as another."
        )
    whole = tuple(int(n) // gcd(*map(int, shares)) for n in shares)
    return () if set(whole) == {1} else whole


def parse_shares(text: str, arms: Sequence[str]) -> tuple[int, ...]:
    """Read shares as people write them: none:2,A:1,B:1,A+B:1; a blank is equal shares."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        arm, _, number = (piece.strip() for piece in part.rpartition(":"))
        if arm not in arms or arm in found or not (number.isascii() and number.isdecimal()):
            raise BadInput(
                f"“{part[:40]}” is not a share of one of the arms ({', '.join(arms)}); "
                f"write shares as {','.join(f'{name}:1' for name in arms)}, each arm once."
            )
        found[arm] = int(number[:5])
    return check_shares([found.get(arm, 0) for arm in arms], tuple(arms)) if found else ()


def written_shares(shares: Sequence[int], arms: Sequence[str]) -> str:
    """Write shares as `parse_shares` reads them; blank where they are equal."""
    return ", ".join(f"{arm}:{n}" for arm, n in zip(arms, shares, strict=True)) if shares else ""
