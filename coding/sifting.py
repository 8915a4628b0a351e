"""What leaves the study of passages, memos and the framework: words go as consent lets them."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from sqlite_utils import Database

from .checks import Row
from .codings import list_codings
from .consent import LEFT_OUT, Sifted, heard_in_codings, sift, withhold
from .framework import REFERENCE, Cell, Matrix, cell_quotes, tidy
from .queries import spoken_turns
from .speakers import list_speakers

Place = tuple[int, int]
People = Iterable[int | None]


def sift_passages(db: Database, passages: Iterable[Row], use: str) -> Sifted:
    """Withhold passages, each told by transcript_id, start and end, as `sift` does codings."""
    turns: dict[int, list[Row]] = {}
    for turn in spoken_turns(db, None):
        if turn["role"] != "moderator":
            turns.setdefault(turn["transcript_id"], []).append(turn)
    ends = {number: [turn["end"] for turn in listed] for number, listed in turns.items()}

    def speakers(row: Row) -> Iterator[int | None]:
        number = row["transcript_id"]
        first = bisect_right(ends.get(number, []), row["start"])
        for turn in islice(turns.get(number, ()), first, None):
            if turn["speech_start"] >= row["end"]:
                return
            yield turn["speaker_id"]

    return withhold(db, ((row, speakers(row)) for row in passages), use, thing="passage")


def sift_memos(db: Database, memos: Iterable[Row], use: str) -> Sifted:
    """Withhold memos on the words of a speaker, or on the speaker, who does not allow a use."""
    heard = heard_in_codings(db)
    about = {row["id"]: (row["id"],) for row in list_speakers(db) if row["role"] != "moderator"}
    said = (
        (row, heard.get(row["coding_id"], ()) or about.get(row["speaker_id"], ())) for row in memos
    )
    return withhold(db, said, use, ("title", "text", "quote", "speaker"), "memo")


@dataclass(frozen=True)
class SiftedMatrix:
    """A matrix as it may leave: why each summary or name goes or not, and the quotes cited."""

    matrix: Matrix
    consent: dict[Place, str]
    cited: list[Row]
    sentence: str

    @property
    def tidy(self) -> list[Row]:
        """List every cell as one row, with what was decided on its words."""
        places = ((row["id"], theme["id"]) for row in self.matrix.rows
                  for theme in self.matrix.themes)  # fmt: skip
        told = (self.consent.get(place, "") for place in places)
        return [{**row, "consent": said} for row, said in zip(tidy(self.matrix), told, strict=True)]

    def left_out(self, row_id: int, theme_id: int) -> str:
        """Say why the summary of a cell is left out; blank where it is not."""
        said = self.consent.get((row_id, theme_id), "")
        written = self.matrix.cell(row_id, theme_id).summary
        return said if written and said.startswith(LEFT_OUT) else ""


def sift_matrix(db: Database, found: Matrix, use: str) -> SiftedMatrix:
    """Withhold summaries as the words that they sum up, speakers' names, and quotes cited.

    A group's summary rests on everybody quoted in its cell; where nobody is, on the whole group.
    """
    texts = [
        {"place": place, **cell.summary}
        for place, cell in found.cells.items()
        if cell.summary and cell.summary["summary"]
    ]
    heard = heard_in_codings(db) if texts else {}
    quotes = cell_quotes(db, found.kind, None) if texts else {}
    people = _people(db, found.kind, quotes, heard)
    written = ((row, people(row["place"])) for row in texts)
    summaries = withhold(db, written, use, ("summary",), "cell")
    consent = {row["place"]: row["consent"] for row in summaries.rows}
    rows = found.rows
    if found.kind == "speaker":
        rows = withhold(db, ((row, (row["id"],)) for row in rows), use, ("name",)).rows
        every = {(row["id"], theme["id"]): row["consent"] for row in rows for theme in found.themes}
        consent = {**every, **consent}
    cells = dict(found.cells)
    for row in summaries.rows:
        cells[row["place"]] = Cell(found.cell(*row["place"]).quotes, row)
    matrix = replace(found, rows=rows, cells=cells)
    cited = sift(db, _cited(db, summaries.rows, quotes), use, heard)
    sentence = " ".join(filter(None, (summaries.sentence, cited.sentence)))
    return SiftedMatrix(matrix, consent, cited.rows, sentence)


def _people(
    db: Database, kind: str, quotes: dict[Place, set[int]], heard: dict[int, set[int | None]]
) -> Callable[[Place], People]:
    if kind == "speaker":
        return lambda place: (place[0],)
    present: dict[int, set[int | None]] = {}
    for person in list_speakers(db):
        if person["role"] != "moderator":
            present.setdefault(person["focus_group_id"], set()).add(person["id"])

    def people(place: Place) -> People:
        said = {who for number in quotes.get(place, ()) for who in heard.get(number, ())}
        return said or present.get(place[0], ())

    return people


def _cited(db: Database, summaries: list[Row], quotes: dict[Place, set[int]]) -> list[Row]:
    """List the quotes of their cells that summaries refer to."""
    cited = {
        number
        for row in summaries
        for number in map(int, REFERENCE.findall(row["summary"]))
        if number in quotes.get(row["place"], ())
    }
    rows = list_codings(db, ids=list(cited)) if cited else []
    return sorted(rows, key=lambda row: int(row["id"]))
