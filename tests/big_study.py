"""Studies of a wanted size, made of generated talk that says so, for load and speed."""

import random
from pathlib import Path

from sqlite_utils import Database

from coding import codebook, codings, groups, transcripts
from linkage import areas
from linkage.study import writing

WORDS = ["the", "park", "bins", "street", "council", "nobody", "we", "cleared", "path", "lamp"]


def generated_talk(words: int, seed: int = 1) -> str:
    """Write a generated transcript of about so many words, six speakers and a moderator."""
    rng, lines, count = random.Random(seed), [], 0
    while count < words:
        length = rng.randint(5, 75)
        speaker = rng.choice(["Moderator", *(f"Person{i}" for i in range(1, 7))])
        lines.append(f"{speaker}: {' '.join(rng.choices(WORDS, k=length)).capitalize()}.")
        count += length
    return "Generated for a test\n\n" + "\n\n".join(lines)


def add_transcript(db: Database, folder: Path, words: int, seed: int = 1) -> int:
    """Import a generated transcript into the study's first area."""
    file = folder / f"generated-{seed}.txt"
    file.write_text(generated_talk(words, seed), encoding="utf-8")
    found = transcripts.preview(file, moderators=["Moderator"])
    with writing(db, "test", "import generated talk"):
        area_id = areas.areas(db)[0]["id"]
        group_id = groups.add_group(db, area_id, f"Generated {seed}")
        return transcripts.import_transcript(db, found, group_id)


def add_codes(db: Database, number: int = 20) -> list[int]:
    """Add a theme for every five codes."""
    ids: list[int] = []
    with writing(db, "test", "add codes"):
        for i in range(number):
            if i % 5 == 0:
                theme = codebook.add_code(db, f"Theme {i // 5 + 1}")
            ids.append(codebook.add_code(db, f"Code {i + 1}", theme))
    return ids


def add_codings(db: Database, transcript_id: int, codes: list[int], number: int) -> None:
    """Code random, overlapping passages."""
    rng, text = random.Random(number), transcripts.text(db, transcript_id)
    with writing(db, "test", "add codings"):
        coder = areas.ensure_coder(db, "Ana")
        for _ in range(number):
            start = rng.randrange(25, len(text) - 400)
            end = start + rng.randint(20, 380)
            code = rng.choice(codes)
            codings.add_coding(db, transcript_id, code, coder, start, end, text[start:end])
