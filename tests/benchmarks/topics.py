"""Topics of five Senedd meetings against their gold segments, beside k-means and LDA; and speed.

NMI of the topic of each turn with its gold segment (arithmetic mean, 1 is the same), the chair and
turns outside of segments left out, and stability over 8 runs as the product measures it. The goal
for speed: 50 transcripts of 10,000 words in 30 s, once parsed.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from sqlite_utils import Database

from coding import language
from coding.topics import Asked
from coding.topics.factors import RUNS, TOP, curve, factorise, numbers_to_try, proposed, stability
from coding.topics.finding import find_topics
from coding.topics.units import Unit, read_units
from coding.topics.weighing import NEIGHBOURS, Weighed, weigh
from coding.transcripts import import_transcript, list_turns, preview
from linkage import areas
from linkage.reading import read_transcripts
from linkage.study import prepare_study, writing

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "transcripts"
CHAIR = "Lynne Neagle AM"
TRANSCRIPTS, WORDS = 50, 10_000
SEEDS = range(RUNS)
Tops = list[frozenset[int]]


@dataclass(frozen=True)
class Meeting:
    """A meeting's units with the gold segment of each, and how many segments there are."""

    name: str
    units: list[Unit]
    gold: np.ndarray
    segments: int

    def nmi(self, of_unit: np.ndarray) -> float:
        """Compare with the gold segments, where there is one."""
        from sklearn.metrics import normalized_mutual_info_score

        known = self.gold >= 0
        return float(normalized_mutual_info_score(self.gold[known], of_unit[known]))


def main() -> None:
    if not SHARED.is_dir():
        print("  needs the real files of ../shared")
        return
    print(f"  {language.installed_model().label}")
    meetings = [read_meeting(path) for path in sorted(SHARED.glob("senedd_*.json"))]
    rows = [measure(meeting) for meeting in meetings]
    print(f"  {'':32}{'mean':>12}  " + "  ".join(m.name[-12:].rjust(12) for m in meetings))
    for name in rows[0]:
        values = np.array([row[name] for row in rows])
        told = ["/".join(f"{v:.2f}" for v in pair) for pair in (values.mean(axis=0), *values)]
        print(f"  {name:32}" + "  ".join(t.rjust(12) for t in told))
    numbers = [_proposed(meeting) for meeting in meetings]
    print(f"  topics proposed (gold segments)   {numbers}")
    speed()


def read_meeting(path: Path) -> Meeting:
    """Import a meeting into a study of its own and cut it into units."""
    told = json.loads(path.read_text())
    gold = np.full(len(told["meeting_transcripts"]), -1)
    for number, topic in enumerate(told["topic_list"]):
        for first, last in topic["relevant_text_span"]:
            gold[int(first) : int(last) + 1] = number
    with tempfile.TemporaryDirectory() as name:
        db = _study(Path(name))
        _import(db, Path(name), path.stem, told["meeting_transcripts"])
        positions = {turn["id"]: turn["position"] - 1 for turn in list_turns(db, 1)}
        assert len(positions) == len(gold), "a turn of the file became none or several"
        units = read_units(db, Asked(), lambda done, total: None)
        db.close()
    of_unit = gold[[positions[unit.turn_id] for unit in units]]
    return Meeting(path.stem, units, of_unit, len(told["topic_list"]))


def _study(folder: Path) -> Database:
    db = prepare_study(folder / "study.db", "Bench")
    with writing(db, "bench", "set up"):
        areas.add_area(db, "wales", "Wales")
    return db


def _import(db: Database, folder: Path, title: str, turns: list[dict[str, str]]) -> int:
    from coding.groups import add_group

    lines = [f"{t['speaker']}: {' '.join(t['content'].split())}" for t in turns]
    file = folder / f"{title}.txt"
    file.write_text("\n\n".join(lines), encoding="utf-8")
    found = preview(file, moderators=[CHAIR])
    with writing(db, "bench", "import"):
        return import_transcript(db, found, add_group(db, 1, title))


def measure(meeting: Meeting) -> dict[str, tuple[float, float]]:
    """Give NMI and stability of each method, with as many topics as gold segments."""
    terms, places = [u.terms for u in meeting.units], [u.transcript_id for u in meeting.units]
    weighed, alone = weigh(terms, places), weigh(terms, places, 0.0)
    assert weighed
    assert alone
    k = meeting.segments
    return {
        "NMF": _nmf(meeting, weighed, k),
        "NMF, as many as proposed": _nmf(meeting, weighed, _proposed(meeting)[0]),
        "k-means, the same matrix": _kmeans(meeting, weighed, k),
        "LDA, the same terms and turns": _lda(meeting, weighed, terms, NEIGHBOURS, k),
        "NMF, turns alone": _nmf(meeting, alone, k),
        "k-means, turns alone": _kmeans(meeting, alone, k),
        "LDA, turns alone": _lda(meeting, alone, terms, 0.0, k),
    }


def _nmf(meeting: Meeting, weighed: Weighed, k: int) -> tuple[float, float]:
    runs = [factorise(weighed.matrix, k, (1, i)) for i in SEEDS]
    best = min(runs, key=lambda run: run.error)
    return meeting.nmi(best.units.argmax(axis=1)), stability([run.top for run in runs])


def _kmeans(meeting: Meeting, weighed: Weighed, k: int) -> tuple[float, float]:
    from sklearn.cluster import KMeans

    runs = [KMeans(k, n_init=1, random_state=i).fit(weighed.matrix) for i in SEEDS]
    best = min(runs, key=lambda run: run.inertia_)
    return meeting.nmi(best.labels_), stability([_top(run.cluster_centers_) for run in runs])


def _lda(
    meeting: Meeting, weighed: Weighed, terms: list[list[str]], neighbours: float, k: int
) -> tuple[float, float]:
    from scipy.sparse import diags
    from sklearn.decomposition import LatentDirichletAllocation as Lda
    from sklearn.feature_extraction.text import CountVectorizer

    counts = CountVectorizer(analyzer=lambda t: t, vocabulary=list(weighed.terms))
    matrix = counts.fit_transform(terms).astype(float)
    beside = [neighbours * np.ones(len(terms) - 1)] * 2
    matrix = (diags([beside[0], np.ones(len(terms)), beside[1]], [-1, 0, 1]) @ matrix).tocsr()
    runs = [Lda(k, max_iter=30, random_state=i).fit(matrix) for i in SEEDS]
    best = min(runs, key=lambda run: run.bound_)  # perplexity
    return meeting.nmi(best.transform(matrix).argmax(axis=1)), stability(
        [_top(run.components_) for run in runs]
    )


def _top(weights: np.ndarray) -> Tops:
    return [frozenset(row.tolist()) for row in np.argsort(-weights, axis=1)[:, :TOP]]


def _proposed(meeting: Meeting) -> tuple[int, int]:
    terms, places = [u.terms for u in meeting.units], [u.transcript_id for u in meeting.units]
    weighed = weigh(terms, places)
    assert weighed
    found = list(curve(weighed.matrix, numbers_to_try(len(meeting.units)), 1))
    return proposed(found), meeting.segments


def speed() -> None:
    """Find topics in a study made by repeating the turns of the meetings."""
    turns: list[dict[str, str]] = []
    for path in sorted(SHARED.glob("senedd_*.json")):
        turns += json.loads(path.read_text())["meeting_transcripts"]
    with tempfile.TemporaryDirectory() as name:
        db = _study(Path(name))
        fill(db, Path(name), turns)
        for unit in ("turn", "sentences"):
            started, used = time.perf_counter(), time.process_time()
            found = find_topics(db, Asked(unit=unit))
            wall, cpu = time.perf_counter() - started, time.process_time() - used
            print(
                f"  {TRANSCRIPTS} transcripts of {WORDS:,} words, {found['units']:,} units"
                f" ({unit}), {found['number']} topics: {wall:.1f} s, {cpu:.1f} s of one processor"
            )
        db.close()
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def fill(db: Database, folder: Path, turns: list[dict[str, str]]) -> None:
    """Import the transcripts, and read them as the job does."""
    more = cycle(turns)
    for number in range(TRANSCRIPTS):
        taken: list[dict[str, Any]] = []
        while sum(len(turn["content"].split()) for turn in taken) < WORDS:
            taken.append(next(more))
        _import(db, folder, f"Repeated {number}", taken)
    read_transcripts(db, actor="bench")


if __name__ == "__main__":
    print(__doc__)
    main()
    sys.exit(0)
