"""Redraw a wave's allocation as a piece of long work, and keep what it gave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import BadInput

from ..areas import find_wave
from ..history import check_not_archived
from ..study import writing
from .analysed import Analysed, analysed

if TYPE_CHECKING:
    from analysis.drawn import Drawn
    from analysis.multiplicity import Family

Progress = Callable[[int, int], object]
DRAWS, MOST_DRAWS = 10_000, 1_000_000


def draw_effects(
    db: Database,
    *,
    actor: str,
    wave: str,
    draws: int,
    seed: int,
    members: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Redraw the allocation for every effect of a wave, and keep the p-values.

    Families are the frozen plan's, or without one each contrast's effects on all outcomes. Returns
    the number of `effects` and the `key` under which they are kept.
    """
    from analysis.drawn import keep_drawn
    from analysis.randomisation import randomisation_test

    check_not_archived(db)
    check_draws(draws, seed)
    tell = progress or (lambda done, total: None)
    wave_id = find_wave(db, wave)["id"]
    held = analysed(db, wave_id, members)
    tell(1, 100)
    families, contrasts = families_drawn(held), held.design.contrasts()
    found = randomisation_test(
        held.frame, held.design, contrasts, draws, seed, families=families,
        progress=lambda done, total: tell(1 + 98 * done // total, 100),
    )  # fmt: skip
    tell(99, 100)
    with writing(db, actor, f"redraw the allocation of wave {wave}"):
        key = keep_drawn(db, wave_id, digest_of(held), draws, seed, found)
    tell(100, 100)
    return {"key": key, "effects": len(found)}


def check_draws(draws: int, seed: int) -> None:
    """Refuse draws and seeds that cannot be used."""
    if not 1 <= draws <= MOST_DRAWS:
        raise BadInput(f"Draws are 1 to {MOST_DRAWS:,}.")
    if not 0 <= seed < 2**63:
        raise BadInput("The seed is a whole number from 0.")


def families_drawn(held: Analysed) -> list[Family]:
    """The families whose maxT is drawn: the plan's, or each contrast's own."""
    from analysis.multiplicity import default_families

    if held.families is not None:
        return held.families
    outcomes = [o for o in held.design.outcomes if o.can_respond]
    return default_families(outcomes, held.design.contrasts())


def digest_of(held: Analysed) -> str:
    """Return the digest of answers, design and families that draws are kept under."""
    from analysis.drawn import data_digest

    design = held.design
    return data_digest(held.frame, design, families_drawn(held), design.contrasts())


def kept_draws(db: Database, wave_id: int, held: Analysed) -> Drawn | None:
    """Return what was drawn for just these answers, design and plan; None where nothing was."""
    from analysis.drawn import find_drawn, last_drawn_at

    if last_drawn_at(db, wave_id) is None:
        return None
    return find_drawn(db, wave_id, digest_of(held))


def mechanism_words(db: Database, wave_id: int) -> str:
    """Say by which rule arms are redrawn: the recorded one, or a supposed one."""
    from analysis.randomised import mechanism_notes

    return " ".join(mechanism_notes(db, wave_id))
