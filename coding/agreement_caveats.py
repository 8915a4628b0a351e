"""What a reader must know beside figures of agreement, in plain words, told by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .agreement import FEW_TEXTS, UNITISING
from .agreement_table import Found

RARE = 0.05
NAMED = 6
CHANCE = ("cohen_kappa", "fleiss_kappa", "krippendorff_alpha")


def caveats(found: Found, not_blind: Sequence[str] = ()) -> list[str]:
    """List what applies to these figures; `not_blind` names coders who could see the others'."""
    return [
        *_base(found),
        *_who(found, not_blind),
        *_interval(found),
        *_codes(found),
        *_measure(found),
    ]


def _base(found: Found) -> Iterator[str]:
    unit = found.asked.unit
    units = int(found.frame["units"].iloc[-1])
    noun = unit if units == 1 else f"{unit}s"
    what = {
        "character": "of all turns, without speakers’ names",
        "sentence": "of all turns, cut at . ! ? … and line breaks",
        "turn": "with any words",
    }[unit]
    yield (
        f"The base is {units:,} {noun} {what}, in {len(found.compared)} "
        f"transcript{'s' * (len(found.compared) != 1)}; what nobody coded counts as agreement that "
        "no code applies."
    )
    if unit != "character":
        yield f"A {unit} counts as coded where any of its words is, however few."


def _who(found: Found, not_blind: Sequence[str]) -> Iterator[str]:
    if found.left_out:
        yield (
            f"Left out, since fewer of these coders marked them as finished than are needed: "
            f"{_names([row['title'] for row in found.left_out])}."
        )
    if found.partly:
        yield (
            "Some coders did not finish, and count as missing there, not as having coded nothing: "
            f"{_names([row['title'] for row in found.partly])}."
        )
    if not_blind:
        is_are = "is" if len(not_blind) == 1 else "are"
        yield (
            f"{_names(not_blind)} {is_are} not set to code blind: whoever sees another’s codings "
            "tends to agree with them, so agreement may be overstated."
        )


def _interval(found: Found) -> Iterator[str]:
    number = len(found.compared)
    if number == 1:
        yield "One transcript gives no interval."
    elif number < FEW_TEXTS:
        yield (
            f"The intervals rest on {number} transcripts; under {FEW_TEXTS} they are rough and "
            "mostly too narrow."
        )


def _codes(found: Found) -> Iterator[str]:
    codes = found.frame[found.frame["code_id"].notna()]
    undefined = list(codes.loc[codes["estimate"].isna(), "code"])
    if undefined:
        yield f"Not defined, since these coders never vary: {_names(undefined)}."
    rare = codes[(codes["prevalence"] < RARE) & codes["estimate"].notna()]
    if len(rare) and found.asked.coefficient in CHANCE:
        yield (
            f"{len(rare)} of {len(codes)} codes are on under 5 % of the units: percent agreement "
            "is high there whatever coders do, and one differing passage moves the coefficient "
            "much. Read “shared”, the share of coded words that another coder coded too, beside it."
        )


def _measure(found: Found) -> Iterator[str]:
    name = found.asked.coefficient
    if name == "percent":
        yield "Percent agreement takes no account of chance; do not report it alone."
    if name == "gwet_ac1":
        yield "AC1 is high where a code is rare; set it beside alpha or kappa before judging."
    if name == UNITISING:
        yield (
            "Unitising alpha is Krippendorff’s of 1995 and 2004: it looks at where passages start "
            "and end. A coder’s own overlapping passages of a code count as one."
        )
    else:
        yield (
            "“All, added up” sums observed and expected disagreement over the codes; “all, as "
            "sets” asks whether just the same codes were put on a unit, the stricter reading."
        )


def _names(names: Sequence[Any]) -> str:
    shown = ", ".join(map(str, names[:NAMED]))
    return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"
