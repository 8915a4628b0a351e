"""Queries on 50 transcripts of 10,000 words with 20,000 codings (goal: each page in 1 s)."""

import random
import tempfile
import time
from pathlib import Path
from statistics import median

from sqlite_utils import Database

from coding import transcripts
from linkage import areas
from linkage.study import open_study, writing
from tests.big_study import add_codes, add_transcript
from webapp import create_app
from webapp.instance import Instance

TRANSCRIPTS, WORDS, CODINGS = 50, 10_000, 20_000
PAGES = (
    "quotes", "quotes?code=1&how1=and&code1=7&how2=not&code2=13&how3=within&code3=19",
    "quotes?code=1&how1=near&code1=7&n=20&unit=words", "cooccurrence",
    "cooccurrence?relation=overlap", "cooccurrence?relation=near&n=5", "table?by=area",
    "table?by=group&level=code", "words", "words?area=2&stops=1", "saturation", "transcript",
)  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Instance.at(folder / "instance")
        db = open_study(place.new_study("pilot", "Pilot"))
        fill(db, folder)
        db.close()
        place.close()
        _pages(folder / "instance")


def fill(db: Database, folder: Path) -> None:
    """Import the talk into four areas and code random, overlapping passages."""
    with writing(db, "bench", "set up"):
        for key in ("east", "west", "north", "south"):
            areas.add_area(db, key, key.title())
    numbers = [add_transcript(db, folder, WORDS, seed) for seed in range(1, TRANSCRIPTS + 1)]
    codes, rng, rows = add_codes(db), random.Random(1), []
    for number in numbers:
        text = transcripts.text(db, number)
        for _ in range(CODINGS // TRANSCRIPTS):
            start = rng.randrange(25, len(text) - 400)
            end = start + rng.randint(20, 380)
            rows.append((number, rng.choice(codes), start, end, text[start:end]))
    with writing(db, "bench", "code"):
        coder = areas.ensure_coder(db, "Ana")
        db.conn.executemany(ADD, [(*row[:2], coder, *row[2:]) for row in rows])
        db.execute("UPDATE focus_group SET area_id = 1 + id % 4")


ADD = """
    INSERT OR IGNORE INTO coding (transcript_id, code_id, coder_id, start, "end", quote, created_at)
    VALUES (?, ?, ?, ?, ?, ?, '2026-01-01')
    """


def _pages(instance: Path) -> None:
    app = create_app(instance)
    place = app.extensions["coproduce"]
    client = app.test_client()
    user = place.people.ensure_user("Ana", administrator=True)
    client.get(f"/sign-in/{place.people.make_sign_in_link(user['id'])}")
    for page in PAGES:
        times = []
        for _ in range(4):
            started = time.perf_counter()
            assert client.get(f"/studies/pilot/queries/{page}").status_code == 200, page
            times.append(time.perf_counter() - started)
        first, later = 1000 * times[0], 1000 * median(times[1:])
        print(f"  {page:72} first {first:5.0f} ms, then {later:5.0f}")
    place.close()


if __name__ == "__main__":
    print(__doc__)
    main()
