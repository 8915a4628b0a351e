"""Which transcripts a second coder codes too: drawn at random within areas, by a seed."""

import random
from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from .checks import Row, insert, now
from .errors import BadInput

LARGEST_SEED = 2**31 - 1


def draw(by_area: Mapping[str, Sequence[int]], number: int, seed: int) -> list[int]:
    """Draw transcripts, from each area its share of the number (largest remainders).

    Where the number allows it, no area is left without one. The same seed draws the same.
    """
    rng = random.Random(seed)
    shares = _shares({area: len(ids) for area, ids in by_area.items()}, number)
    return sorted(
        chosen for area, ids in by_area.items() for chosen in rng.sample(sorted(ids), shares[area])
    )


def _shares(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    total = sum(sizes.values())
    exact = {area: number * size / total for area, size in sizes.items()}
    least = 1 if number >= len(sizes) else 0
    shares = {area: min(max(int(share), least), sizes[area]) for area, share in exact.items()}
    while (off := number - sum(shares.values())) != 0:
        step = 1 if off > 0 else -1
        open_to = [a for a in sizes if (least if off < 0 else 0) <= shares[a] + step <= sizes[a]]
        best = max(open_to, key=lambda area: (step * (exact[area] - shares[area]), area))
        shares[best] += step
    return shares


def choose_transcripts(
    db: Database,
    seed: int,
    coder_id: int,
    *,
    number: int | None = None,
    share: float | None = None,
) -> list[int]:
    """Choose transcripts for double coding, in place of any earlier choice; returns them.

    Raises BadInput unless one of `number` and `share` (0 to 1, rounded up) is given and can be.
    """
    by_area: dict[str, list[int]] = {}
    for area, transcript_id in db.execute(IN_AREAS).fetchall():
        by_area.setdefault(area, []).append(transcript_id)
    chosen = draw(by_area, _number(sum(map(len, by_area.values())), number, share), _seed(seed))
    db.table("double_coding").delete_where()
    for transcript_id in chosen:
        row = {"transcript_id": transcript_id, "seed": seed, "coder_id": coder_id}
        insert(db, "double_coding", {**row, "chosen_at": now()})
    return chosen


IN_AREAS = """
    SELECT a.key, t.id FROM transcript t JOIN focus_group g ON g.id = t.focus_group_id
    JOIN area a ON a.id = g.area_id ORDER BY a.position, t.id
    """


def _number(there: int, number: int | None, share: float | None) -> int:
    if not there:
        raise BadInput("There are no transcripts to choose from; import some first.")
    if (number is None) == (share is None):
        raise BadInput("Say either how many transcripts or what share of them.")
    if share is not None:
        if not 0 < share <= 1:
            raise BadInput("The share of transcripts must be above 0 and at most 100 %.")
        return max(1, -int(-(share * there) // 1))
    if not 1 <= (number or 0) <= there:
        raise BadInput(f"Choose from 1 to {there} transcripts; so many are there.")
    return number or 0


def _seed(seed: int) -> int:
    if not 0 <= seed <= LARGEST_SEED:
        raise BadInput(f"The seed must be a whole number from 0 to {LARGEST_SEED}.")
    return seed


def chosen_transcripts(db: Database) -> dict[int, Row]:
    """Map the transcripts chosen for double coding to when, by whom and by which seed."""
    rows = db.query(
        "SELECT d.*, o.name AS coder FROM double_coding d JOIN coder o ON o.id = d.coder_id"
    )
    return {row["transcript_id"]: row for row in rows}
