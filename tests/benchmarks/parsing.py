"""Reading 50 transcripts of 10,000 words: kept parses beside the bare spaCy pipeline.

The same turns go through both, transcript by transcript, each first in turn (who is first makes
the vocabulary warm), in one process of its own: words a second of each and their ratio, by the
clock and of the processor, where what else runs does not count; the most memory; how long each
writing holds the study; and how long it takes to find that nothing changed.
"""

import itertools
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from sqlite_utils import Database

from coding import gazetteer, language
from coding.groups import add_group
from coding.transcripts import Preview, import_transcript, list_turns, text
from coding.turns import FoundTurn, count_words
from linkage import areas
from linkage.reading import read_transcripts
from linkage.study import prepare_study, writing

from .pilot import talk

SENEDD = Path(__file__).resolve().parents[3] / "shared/data/transcripts"
TRANSCRIPTS, WORDS = 50, 10_000
NAMES = [("Wyre Fold", "place"), ("Children’s Commissioner", "group"), ("Llyr Gruffydd", "person")]


def main() -> None:
    """Measure in a process of its own, whose memory is of nothing else."""
    subprocess.run([sys.executable, "-m", "tests.benchmarks.parsing", *sys.argv[1:2]], check=True)


def speeches() -> list[str]:
    """Take real turns, from the Welsh Parliament where they are there, else generated ones."""
    found = []
    for file in sorted(SENEDD.glob("senedd_*.json")):
        meeting = json.loads(file.read_text(encoding="utf-8"))
        found += [turn["content"] for turn in meeting["meeting_transcripts"] if turn["content"]]
    print(
        f"  turns: {len(found)} real ones, repeated and shuffled" if found else "  turns: made up"
    )
    return found or talk(2_000).splitlines()


def fill(db: Database, transcripts: int) -> None:
    """Store transcripts of about WORDS words each."""
    rng, turns = random.Random(1), speeches()
    with writing(db, "bench", "set up"):
        areas.add_area(db, "east", "East")
        add_group(db, 1, "Group")
        for name in NAMES:
            gazetteer.add_entry(db, *name)
        for number in range(transcripts):
            rng.shuffle(turns)
            import_transcript(db, _preview(number, itertools.cycle(turns)), 1)


def _preview(number: int, turns: Iterator[str]) -> Preview:
    whole, found, words = "", [], 0
    while words < WORDS:
        speech = next(turns)
        found.append(FoundTurn(len(whole), len(whole), len(whole) + len(speech)))
        whole += speech + "\n"
        words += count_words(speech)
    title = f"talk {number}"
    digest = sha256(title.encode()).hexdigest()
    return Preview(title, f"{title}.txt", digest, whole, tuple(found), (), 0)


Clock = tuple[float, float]  # by the clock, and of the processor


def clock() -> Clock:
    return time.perf_counter(), time.process_time()


def since(start: Clock) -> Clock:
    now = clock()
    return now[0] - start[0], now[1] - start[1]


class Beside:
    """Times the reading between its reports, and the bare pipeline at each report."""

    def __init__(self, db: Database) -> None:
        self.db, self.words = db, 0
        self.ours: list[Clock] = []
        self.bare: list[Clock] = []
        self.waiting = language.unparsed(db)
        self.start = clock()

    def told(self, done: int, total: int) -> None:
        if done:
            self.ours.append(since(self.start))
        for number in (done - 1, done):  # an odd one has just been read, an even one comes next
            if 0 <= number < total and number % 2 == (number < done):
                self.bare.append(self._bare(self.waiting[number]))
        self.start = clock()

    def _bare(self, number: int) -> Clock:
        whole = text(self.db, number)
        turns = [whole[t["speech_start"] : t["end"]] for t in list_turns(self.db, number)]
        self.words += sum(map(count_words, turns))
        model = language.load()
        start = clock()
        for _ in model.pipe(turns):
            pass
        return since(start)

    def show(self) -> None:
        for which, name in enumerate(("by the clock", "of the processor")):
            ours = sum(taken[which] for taken in self.ours)
            bare = sum(taken[which] for taken in self.bare)
            print(
                f"  {name:<17} bare {self.words / bare:>6,.0f} words/s, read and kept"
                f" {self.words / ours:>6,.0f} words/s, ratio {bare / ours:.3f}"
            )


def measure(transcripts: int) -> None:
    folder = tempfile.TemporaryDirectory()
    db = prepare_study(Path(folder.name) / "study.db")
    fill(db, transcripts)
    list(language.pipeline(db).pipe(["Load the model before the clock starts."]))
    beside = Beside(db)
    read_transcripts(db, actor="bench", progress=beside.told)
    print(
        f"  {language.installed_model().label}, {transcripts} transcripts, {beside.words:,} words"
    )
    beside.show()
    start = time.perf_counter()
    again = read_transcripts(db, actor="bench")["transcripts"]
    print(f"  read again, {again} changed: {time.perf_counter() - start:.3f} s")
    held = [_held(db, number) for number in beside.waiting[:5]]
    print(f"  one writing: median {statistics.median(held):.1f} ms, most {max(held):.1f} ms")
    print(f"  kept: {language.kept_size(db)['bytes'] / 1e6:.1f} MB")
    start = time.perf_counter()
    tokens = sum(len(doc) for one in language.read(db, beside.waiting) for doc in one.docs)
    print(f"  read back: {tokens:,} tokens in {time.perf_counter() - start:.2f} s")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  most memory: {most:,.0f} MB")
    db.close()
    folder.cleanup()


def _held(db: Database, number: int) -> float:
    fresh = language.parse(db, number)
    start = time.perf_counter()
    with writing(db, "bench", "keep"):
        language.keep(db, number, fresh)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else TRANSCRIPTS)
