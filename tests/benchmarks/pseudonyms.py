"""What is found of planted identifiers: by the model alone, with rules, with the roster as well."""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

from coding.language import MODELS
from coding.pseudonyms import entities, finding
from coding.pseudonyms.dictionary import dictionary
from coding.pseudonyms.finding import find_in
from coding.pseudonyms.kinds import SURE, Found
from tests.conftest import SHARED

from .planted.planting import Planted, Source, Talk, load, planted_in, roster, sentences_only

SEEDS = (1, 2)
SHOWN = 40
# Tried while the rules were written; seen once; never seen by who wrote the rules.
LISTS = ("tuned", "second", "held_back")


def main() -> None:
    models = [*_models(), ("no model", None)]
    dictionary()
    for name in LISTS:
        for label, parse in models:
            # Without a model there are no lists of English words either.
            with nullcontext() if parse else patch.object(finding, "dictionary", lambda: None):
                _measure(name, label, parse)


def _models() -> Iterator[tuple[str, Callable[[str], Any]]]:
    import spacy

    for module, name, _ in MODELS:
        if find_spec(module):
            made = import_module(module)
            where = made.model_path() if hasattr(made, "model_path") else module
            yield f"{name} ({module})", spacy.load(where)


def _measure(name: str, label: str, parse: Callable[[str], Any] | None) -> None:
    found, source = _Tally(), load(name)
    names = roster(source)
    for seed in SEEDS:
        talks = ((_in_real_talk(source, seed), False), (sentences_only(source, seed), True))
        for talk, own in talks:
            doc = parse(talk.text) if parse else None
            started = time.perf_counter()
            after = find_in(talk.text, doc)
            found.seconds += time.perf_counter() - started
            found.words += len(talk.text.split())
            if doc is not None:
                found.add("model alone", talk, list(entities.find(doc)), own)
            found.add("with rules", talk, after, own)
            found.add("and roster", talk, find_in(talk.text, doc, roster=names), own)
    print(f"\n{name}, {label}: {found.speed()}")
    found.show()


class _Tally:
    """Counts of what was found and missed, by step and by group."""

    def __init__(self) -> None:
        self.found: dict[str, Counter[str]] = defaultdict(Counter)
        self.sure: dict[str, Counter[str]] = defaultdict(Counter)
        self.all: Counter[str] = Counter()
        self.missed: dict[str, Counter[str]] = defaultdict(Counter)
        self.right: dict[str, Counter[str]] = defaultdict(Counter)
        self.wrong: dict[str, Counter[str]] = defaultdict(Counter)
        self.seconds = 0.0
        self.words = 0

    def add(self, step: str, talk: Talk, found: list[Found], own: bool) -> None:
        if own:
            self._precision(step, talk, found)
            return
        every, sure = _covered(talk.text, found, 0.0), _covered(talk.text, found, SURE)
        for one in talk.planted:
            if step == "with rules":
                self.all[one.group] += 1
            hit = _hidden(every, talk.text, one)
            self.found[step][one.group] += hit
            self.sure[step][one.group] += _hidden(sure, talk.text, one)
            if not hit:
                self.missed[step][f"{one.group}: {_around(talk.text, one)}"] += 1

    def _precision(self, step: str, talk: Talk, found: list[Found]) -> None:
        for one in found:
            right = any(p.start < one.end and one.start < p.end for p in talk.planted)
            for least in (0.0, SURE):
                self.right[step][str(least)] += right and one.certainty >= least
                self.wrong[step][str(least)] += not right and one.certainty >= least
            if not right:
                self.wrong[f"{step} examples"][one.text] += 1

    def speed(self) -> str:
        return f"{10_000 * self.seconds / self.words:.1f} s of finding for 10,000 words"

    def show(self) -> None:
        steps = list(self.found)
        print(f"{'recall':34}{'planted':>8}" + "".join(f"{step:>13}" for step in steps))
        for group in sorted(self.all):
            self._line(group, [group], steps)
        self._line("everything", list(self.all), steps)
        sure = self._ratios(self.sure, list(self.all), steps)
        print(f"{f'everything, of certainty {SURE} or more':42}{sure}")
        for least in ("0.0", str(SURE)):
            cells = [_share(self.right[s][least], self.wrong[s][least]) for s in steps]
            print(f"{f'precision at {least} or more':42}" + "".join(f"{c:>13}" for c in cells))
        print("missed after the roster:", dict(self.missed["and roster"].most_common(SHOWN)))
        print("wrong:", dict(self.wrong["and roster examples"].most_common(SHOWN)))

    def _line(self, name: str, groups: list[str], steps: list[str]) -> None:
        count = sum(self.all[group] for group in groups)
        print(f"{name:34}{count:8}" + self._ratios(self.found, groups, steps))

    def _ratios(self, counted: dict[str, Counter[str]], groups: list[str], steps: list[str]) -> str:
        count = sum(self.all[group] for group in groups)
        shares = [sum(counted[step][g] for g in groups) / count for step in steps]
        return "".join(f"{share:13.3f}" for share in shares)


def _share(right: int, wrong: int) -> str:
    return f"{right / (right + wrong):.3f}" if right + wrong else "none"


def _covered(text: str, found: list[Found], least: float) -> bytearray:
    covered = bytearray(len(text))
    for one in found:
        if one.certainty >= least:
            covered[one.start : one.end] = b"\x01" * (one.end - one.start)
    return covered


TITLED = ("Mrs", "Mr", "Dr", "PC", "Sergeant", "Councillor", "Father", "the", "PCSO", "Nurse", "Ms")
TITLED += ("Miss", "Reverend", "Auntie", "number", "My", "The")


def _hidden(covered: bytearray, text: str, one: Planted) -> bool:
    """Say whether all letters and digits are covered, but for a title or an article before them."""
    start = one.start
    first = one.text.partition(" ")[0]
    if first.lower() in {title.lower() for title in TITLED} and " " in one.text:
        start += len(first)
    return all(covered[i] for i in range(start, one.end) if text[i].isalnum())


def _around(text: str, one: Planted) -> str:
    return text[max(0, one.start - 20) : one.end + 12].replace("\n", " ")


def _in_real_talk(source: Source, seed: int) -> Talk:
    """Plant into a meeting of the Senedd, another for each seed; without it into nothing."""
    meetings = sorted((SHARED / "data" / "transcripts").glob("senedd_*.json"))
    if not meetings:
        print("../shared is absent: planted without real talk around it")
        return sentences_only(source, seed)
    read = json.loads(meetings[seed % len(meetings)].read_text(encoding="utf-8"))
    turns = [turn["content"] for turn in read["meeting_transcripts"]]
    return planted_in(turns, source, seed)


if __name__ == "__main__":
    main()
