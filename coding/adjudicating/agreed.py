"""The agreed layer: what coders agree on, and what was decided where they differ."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from .. import transcripts
from ..checks import Row
from ..codebook import codebook
from ..finishing import finished_by
from .places import Place, find_places, read_codings


@dataclass(frozen=True)
class Difference:
    """A place where coders differ, with the decision on it; None while it is open.

    `overtaken` is an earlier decision there, made on codings that have changed since.
    """

    place: Place
    decision: Row | None
    overtaken: Row | None


def list_differences(
    db: Database, transcript_id: int | None = None, code_id: int | None = None
) -> list[Difference]:
    """List the places where coders differ, in order of the text, with what was decided."""
    places = find_places(read_codings(db, transcript_id), finished_by(db), code_id)
    return _match(db, [place for place in places if not place.agreed])


def _match(db: Database, places: Sequence[Place]) -> list[Difference]:
    """Give each place the decision on its codings; where the same stand twice, by their place."""
    decisions = _decisions(db)
    alike = Counter((p.transcript_id, p.code_id, p.seen_sha256) for p in places)
    found = []
    for place in places:
        here = decisions.get((place.transcript_id, place.code_id), [])
        twice = alike[place.transcript_id, place.code_id, place.seen_sha256] > 1
        on_these = [
            row
            for row in here
            if row["seen_sha256"] == place.seen_sha256
            and (not twice or row["start"] == place.start)
            and _stands(db, place, row)
        ]
        if on_these:
            nearest = min(on_these, key=lambda row: abs(row["start"] - place.start))
            found.append(Difference(place, nearest, None))
        else:
            over = [row for row in here if row["start"] < place.end and row["end"] > place.start]
            found.append(Difference(place, None, over[-1] if over else None))
    return found


def _stands(db: Database, place: Place, decision: Row) -> bool:
    """Whether edited words, which may reach beyond the codings, are still what the text says."""
    if decision["decision"] != "edited":
        return True
    moved = place.start - decision["start"]
    return all(
        transcripts.passage(db, place.transcript_id, start + moved, end + moved) == quote
        for start, end, quote in _passages(db, decision["id"])
    )


def _decisions(db: Database) -> dict[tuple[int, int], list[Row]]:
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in db.query(DECISIONS):
        found[row["transcript_id"], row["code_id"]].append(row)
    return found


DECISIONS = """
    SELECT d.*, o.name AS coder, t.name AS taken FROM adjudication d
    JOIN coder o ON o.id = d.coder_id LEFT JOIN coder t ON t.id = d.taken_id ORDER BY d.id
    """


def agreed_layer(db: Database) -> list[Row]:
    """List the passages of the agreed layer in order of the text.

    Of transcripts that two or more coders finished: the words that all of them put a code on in
    just the same extent (`basis` “agreed”), and what was decided where they differ (“decided”).
    Places still open are not in it. It stands apart from the codings, and no count takes it in.
    """
    codes = {row["id"]: row for row in codebook(db)}
    titles = dict(db.execute("SELECT id, title FROM transcript").fetchall())
    places = find_places(read_codings(db), finished_by(db))
    rows = [
        _row(db, place, span, None, codes, titles)
        for place in places
        if place.agreed
        for span in next(iter(place.spans.values()))
    ]
    for found in _match(db, [place for place in places if not place.agreed]):
        if found.decision:
            moved = found.place.start - found.decision["start"]
            for start, end, _ in _passages(db, found.decision["id"]):
                span, by = (start + moved, end + moved), found.decision["coder"]
                rows.append(_row(db, found.place, span, by, codes, titles))
    return sorted(rows, key=lambda row: (row["transcript"], row["start"], row["end"]))


def _row(
    db: Database,
    place: Place,
    span: tuple[int, int],
    by: str | None,
    codes: dict[int, Row],
    titles: dict[int, str],
) -> Row:
    code = codes[place.code_id]
    return {
        "transcript": titles[place.transcript_id],
        "code": code["name"],
        "theme": code["theme"],
        "start": span[0],
        "end": span[1],
        "quote": transcripts.passage(db, place.transcript_id, *span),
        "basis": "decided" if by else "agreed",
        "decided_by": by,
        "transcript_id": place.transcript_id,
        "code_id": place.code_id,
    }


def _passages(db: Database, adjudication_id: int) -> list[tuple[int, int, str]]:
    rows = db.execute(
        'SELECT start, "end", quote FROM agreed_passage WHERE adjudication_id = ? ORDER BY start',
        [adjudication_id],
    )
    return list(rows.fetchall())
