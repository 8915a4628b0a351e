"""How much each code is used: codings, transcripts, groups and speakers, nested codes included."""

from collections import defaultdict
from dataclasses import dataclass

from sqlite_utils import Database

from .codebook import codebook
from .queries import coded_turns


@dataclass(frozen=True)
class Usage:
    """Counts of one code with all codes nested under it; speakers are participants."""

    codings: int = 0
    transcripts: int = 0
    groups: int = 0
    speakers: int = 0


def usage(db: Database) -> dict[int, Usage]:
    """Count the use of every code; a transcript or person of two nested codes counts once."""
    groups = dict(db.execute("SELECT id, focus_group_id FROM transcript").fetchall())
    where: dict[int, set[int]] = defaultdict(set)
    who: dict[int, set[int]] = defaultdict(set)
    for row in db.execute("SELECT DISTINCT code_id, transcript_id FROM coding").fetchall():
        where[row[0]].add(row[1])
    for pair in coded_turns(db):
        if pair["role"] == "participant":
            who[pair["code_id"]].add(pair["speaker_id"])
    found: dict[int, Usage] = {}
    for code in reversed(codebook(db)):  # what is nested comes before what it is nested under
        places, people = where[code["id"]], who[code["id"]]
        met = {groups[transcript] for transcript in places}
        found[code["id"]] = Usage(code["codings"], len(places), len(met), len(people))
        if code["parent_id"] is not None:
            where[code["parent_id"]] |= places
            who[code["parent_id"]] |= people
    return found
