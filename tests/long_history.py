"""A study with a long history, made by a generator, for speed."""

import random

from sqlite_utils import Database

from coding import codebook, codings, transcripts
from linkage import areas
from linkage.study import writing


def add_changes(db: Database, number: int, seed: int = 1) -> None:
    """Make changes one by one: codings come and go, codes are defined anew."""
    db.execute("PRAGMA synchronous=OFF")
    rng = random.Random(seed)
    texts = {t["id"]: transcripts.text(db, t["id"]) for t in transcripts.list_transcripts(db)}
    codes = [row["id"] for row in codebook.codebook(db)]
    with writing(db, "maker", "join"):
        people = {f"Person {i}": areas.ensure_coder(db, f"Person {i}") for i in range(5)}
    for i in range(number):
        name, coder = rng.choice(list(people.items()))
        with writing(db, name, f"change number {i}"):
            _change(db, rng, texts, codes, coder)
    db.execute("PRAGMA synchronous=FULL")


def _change(
    db: Database, rng: random.Random, texts: dict[int, str], codes: list[int], coder: int
) -> None:
    code = codebook.get_code(db, rng.choice(codes))
    if rng.random() < 0.05:
        words = " ".join(rng.choices(["people", "do", "it", "together", "alone"], k=30))
        codebook.update_code(db, code["id"], code["revision"], definition=words)
        return
    where = rng.choice(list(texts))
    start = rng.randrange(len(texts[where]) - 200)
    end = start + rng.randint(10, 180)
    codings.add_coding(db, where, code["id"], coder, start, end, texts[where][start:end])
    if rng.random() < 0.4:
        newest = db.execute("SELECT max(id) FROM coding").fetchone()[0]
        found = db.execute("SELECT id FROM coding WHERE id >= ?", [rng.randint(1, newest)])
        codings.remove_coding(db, found.fetchone()[0])
