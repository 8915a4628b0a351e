"""Beside Taguette: the same transcript, codes, codings and clients; alternating rounds, one run."""

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from . import taguette
from .clients import Order, Told, drive
from .pilot import Pilot, talk

CLIENTS = (1, 10, 50)
ROUNDS = 3
FOR = 3.0  # seconds a round
CODES, CODINGS = 20, 500
DESK = "/studies/pilot/transcripts/1/"
OURS = "/api/studies/pilot/transcripts/1/codings"


@dataclass(frozen=True)
class Compared:
    """One thing that both sides do."""

    label: str
    ours: Callable[[int, int], Order]
    theirs: Callable[[int, int], Order]


def main() -> None:
    reason = taguette.install()
    if reason:
        print(f"  (skipped: Taguette cannot be installed here: {reason})")
        return
    spoken = talk()
    with tempfile.TemporaryDirectory() as name:
        theirs = taguette.Taguette(Path(name), spoken, CODES)
        ours = Pilot(spoken, CODINGS)
        try:
            _fill(theirs)
            print(f"  {len(ours.text.encode()) / 1000:.0f} KB, {CODES} codes, {CODINGS} codings to")
            print(f"  begin with; medians of {ROUNDS} alternating rounds (least to most)")
            for compared in _compared(ours, theirs):
                print(f"  {compared.label}")
                for clients in CLIENTS:
                    _compare(compared, clients)
        finally:
            ours.stop()
            theirs.stop()


def _fill(theirs: taguette.Taguette) -> None:
    order = replace(_highlights(theirs)(1, 900), seconds=300.0, most=CODINGS)
    assert len(drive(order).waits) == CODINGS


def _highlights(theirs: taguette.Taguette) -> Callable[[int, int], Order]:
    path = f"{theirs.document}/highlight/new"
    return lambda clients, seed: Order(
        theirs.port, clients, FOR, theirs.headers, seed=seed, writes=(path,),
        shape="highlight", text=theirs.text, codes=theirs.tags,
    )  # fmt: skip


def codings(ours: Pilot) -> Callable[[int, int], Order]:
    paths = tuple(f"/api/studies/pilot/transcripts/{number}/codings" for number in ours.transcripts)
    return lambda clients, seed: Order(
        ours.port, clients, FOR, ours.headers, seed=seed, writes=paths,
        shape="coding", text=ours.text, codes=ours.codes,
    )  # fmt: skip


def _compared(ours: Pilot, theirs: taguette.Taguette) -> list[Compared]:
    def read(side: Pilot | taguette.Taguette, *paths: str) -> Callable[[int, int], Order]:
        return lambda clients, seed: Order(side.port, clients, FOR, side.headers, paths, seed=seed)

    # Reading comes first: the rounds of writing leave each side as many codings as it was quick.
    highlights = read(theirs, theirs.document)
    return [
        Compared(
            "reading a coded transcript: our desk page, drawn; their text and highlights, as JSON",
            read(ours, DESK),
            read(theirs, f"{theirs.document}/contents", theirs.document),
        ),
        Compared("reading the codings of a transcript as JSON", read(ours, OURS), highlights),
        Compared("creating codings", codings(ours), _highlights(theirs)),
    ]


def _compare(compared: Compared, clients: int) -> None:
    found: dict[str, list[Told]] = {"ours": [], "theirs": []}
    for number in range(ROUNDS):
        found["ours"].append(drive(compared.ours(clients, number * 100 + clients)))
        found["theirs"].append(drive(compared.theirs(clients, number * 100 + clients)))
    rates, slow = {}, {}
    for side, rounds in found.items():
        rates[side] = [told.rate for told in rounds]
        slow[side] = [told.p(95) for told in rounds]
        middle = statistics.median(told.p(50) for told in rounds)
        wrong = sum(sum(told.errors.values()) for told in rounds)
        told_wrong = f", {wrong} ERRORS" if wrong else ""
        print(
            f"    {clients:>2} clients, {side:<6} {_spread(rates[side])} a second, "
            f"p50 {middle:.1f} ms, p95 {_spread(slow[side])} ms{told_wrong}"
        )
    quick = [a / b for a, b in zip(rates["ours"], rates["theirs"], strict=True)]
    short = [b / a for a, b in zip(slow["ours"], slow["theirs"], strict=True)]
    print(f"    ratio: {_spread(quick)} x as many a second, p95 {_spread(short)} x shorter")


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


if __name__ == "__main__":
    print(__doc__)
    main()
