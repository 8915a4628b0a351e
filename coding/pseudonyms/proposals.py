"""What is proposed for hiding: findings put together by whom they name, each with a pseudonym."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from ..checks import Row, now
from ..transcripts import list_transcripts, text
from . import key_file, naming
from .common_words import BOTH
from .forms import pattern
from .grouping import Group, Spot, grouped, longest
from .occurrences import occurrences
from .replacing import key_of
from .words import begins_sentence, fold

ALIKE = "written alike"
SHORTEST = 3  # letters of a part of a name that means somebody by itself
_PARTICLES = """
    van von der den del dos das bin ibn abu the and mum dad nan
"""
PARTICLES = frozenset(_PARTICLES.split())


def propose(key: Database, study: Database, spots: Iterable[Spot]) -> None:
    """Put what a search found in place of what was found before; decisions stay.

    What is known already, by any of its forms, is the same as it was.
    """
    texts = texts_of(study)
    hidden = _hidden_spans(study, texts)
    found = [s for s in spots if not _overlaps(hidden[s.transcript_id], s.start, s.end)]
    excepted = {
        (row["transcript_id"], row["start"], row["text"])
        for row in key.query("SELECT transcript_id, start, text FROM occurrence WHERE leave = 1")
    }
    key.execute("DELETE FROM occurrence")
    for group in grouped(longest(found)):
        for name_id, spots_of in _assigned(key, group).items():
            _put(key, name_id, spots_of)
    _add_parts(key)
    find_alike(key, texts)
    for transcript_id, start, words in excepted:
        key.execute(
            "UPDATE occurrence SET leave = 1 WHERE transcript_id = ? AND start = ? AND text = ?",
            [transcript_id, start, words],
        )
    key.execute(
        """DELETE FROM name WHERE decision = 'open'
           AND NOT EXISTS (SELECT 1 FROM occurrence WHERE name_id = name.id)"""
    )
    name_all(key, study, texts)
    key_file.set_setting(key, "searched_at", now())


def texts_of(study: Database) -> dict[int, str]:
    """Return every transcript's text by its number."""
    return {row["id"]: text(study, row["id"]) for row in list_transcripts(study)}


def _hidden_spans(study: Database, texts: dict[int, str]) -> dict[int, list[tuple[int, int]]]:
    """Find where pseudonyms stand already."""
    known = [row["pseudonym"] for row in study.query("SELECT pseudonym FROM pseudonym")]
    found = pattern((), known)
    return {
        number: [match.span() for match in found.finditer(whole)] for number, whole in texts.items()
    }


def _assigned(key: Database, group: Group) -> dict[int, list[Spot]]:
    """Share a group's spots out among the names that are known by these forms."""
    known: dict[str, list[Row]] = {}
    for row in key.query(
        "SELECT f.* FROM form f JOIN name n ON n.id = f.name_id WHERE n.kind = ? ORDER BY f.id",
        [group.kind],
    ):
        known.setdefault(key_of(row["text"]), []).append(row)
    shared: dict[int, list[Spot]] = {}
    rest: list[Spot] = []
    for one in group.spots:
        rows = known.get(key_of(one.text), [])
        of = [row for row in rows if row["only_in"] == one.transcript_id]
        of += [row for row in rows if row["only_in"] is None]
        if of:
            shared.setdefault(of[0]["name_id"], []).append(one)
        else:
            rest.append(one)
    if rest:
        name_id = next(iter(shared), 0) or key_file.add_name(key, group.kind, group.name)
        shared.setdefault(name_id, []).extend(rest)
    return shared


def _put(key: Database, name_id: int, spots: Sequence[Spot], leave: int = 0) -> None:
    key_file.add_forms(key, name_id, (one.text for one in spots), None)
    for one in spots:
        key.execute(
            """INSERT OR IGNORE INTO occurrence
               (name_id, transcript_id, start, "end", text, source, certainty, leave)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            [name_id, one.transcript_id, one.start, one.end, one.text, one.source, one.certainty,
             leave],
        )  # fmt: skip


def _add_parts(key: Database) -> None:
    """Let a first name or surname alone mean its person, where it is a part of nobody else."""
    people = [row for row in key_file.list_names(key) if row["kind"] == "person"]
    words = {row["id"]: set(key_of(" ".join(row["forms"])).split()) for row in people}
    for row in people:
        for word in dict.fromkeys(word for form in row["forms"] for word in form.split()):
            others = any(key_of(word) in said for n, said in words.items() if n != row["id"])
            alone = len(word) >= SHORTEST and key_of(word) not in PARTICLES
            if alone and word.isalpha() and not others:
                key_file.add_forms(key, row["id"], [word], None)


def find_alike(key: Database, texts: dict[int, str], name_id: int | None = None) -> None:
    """Find the known forms wherever else they stand, in any case and with or without accents."""
    owners: dict[str, list[Row]] = {}
    for row in key.query("SELECT * FROM form WHERE ?1 IS NULL OR name_id = ?1", [name_id]):
        owners.setdefault(fold(row["text"]), []).append(row)
    originals = [rows[0]["text"] for rows in owners.values()]
    for transcript_id, whole in texts.items():
        held = _held(key, transcript_id)
        for one in occurrences(whole, originals):
            rows = owners[fold(one.original)]
            here = [row for row in rows if row["only_in"] == transcript_id]
            here += [row for row in rows if row["only_in"] is None]
            if here and not _overlaps(held, one.start, one.end):
                _put_alike(key, here[0], transcript_id, whole, one.start, one.end)


def _held(key: Database, transcript_id: int) -> list[tuple[int, int]]:
    return key.execute(
        'SELECT start, "end" FROM occurrence WHERE transcript_id = ? ORDER BY start',
        [transcript_id],
    ).fetchall()


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Say whether one of the spans, which lie apart and in order, has something of this place."""
    at = bisect_right(spans, (start, start))
    return any(start < until and since < end for since, until in spans[max(0, at - 1) : at + 1])


def _put_alike(
    key: Database, form: Row, transcript_id: int, whole: str, start: int, end: int
) -> None:
    """Put one more place; a word of the language is left where no capital tells it apart."""
    said = whole[start:end]
    plain = said == said.lower() or begins_sentence(whole, start)
    word = key_of(said) in BOTH and plain
    one = Spot(transcript_id, start, end, said, "", ALIKE, 0.3 if word else 0.6)
    _put(key, form["name_id"], [one], leave=int(word))


def words_of(study: Database) -> frozenset[str]:
    """Every word that is said in the study, casefolded."""
    said = (re.findall(r"[^\W\d_]+", whole.casefold()) for whole in texts_of(study).values())
    return frozenset(word for words in said for word in words)


def taken(key: Database, study: Database, but: int = 0) -> set[str]:
    """What can be no new pseudonym, casefolded: those there are, and every real name."""
    named = key.execute("SELECT id, pseudonym FROM name WHERE pseudonym NOT NULL").fetchall()
    own = {pseudonym.casefold() for number, pseudonym in named if number == but}
    others = {pseudonym.casefold() for number, pseudonym in named if number != but}
    hidden = {row["pseudonym"].casefold() for row in study.query("SELECT pseudonym FROM pseudonym")}
    forms = {row["text"].casefold() for row in key.query("SELECT text FROM form")}
    return others | (hidden - own) | forms


def name_all(key: Database, study: Database, texts: dict[int, str]) -> None:
    """Propose a pseudonym for each name that has none."""
    roles = {
        key_of(row["name"]): row["role"] for row in study.query("SELECT name, role FROM speaker")
    }
    words, used = words_of(study), taken(key, study)
    whole = "\n".join(texts.values()).casefold()
    # In the order in which they come up: the order of the alphabet would tell of the names.
    for row in sorted(key_file.list_names(key), key=lambda row: row["first"] or ""):
        if row["pseudonym"]:
            continue
        role = next((roles[key_of(f)] for f in row["forms"] if key_of(f) in roles), None)
        chosen = naming.proposed(row["kind"], role, key_file.style(key), used, words)
        while chosen.casefold() in whole:
            used.add(chosen.casefold())
            chosen = naming.proposed(row["kind"], role, key_file.style(key), used, words)
        used.add(chosen.casefold())
        key.execute("UPDATE name SET pseudonym = ? WHERE id = ?", [chosen, row["id"]])
