"""Plant identifiers into real talk at known places, the same for the same seed."""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Source = dict[str, Any]
PEOPLE = ("participant", "somebody_else")
_TITLES = "Mr Mrs Ms Miss Dr PC PCSO Sergeant Councillor Father Reverend Auntie Nurse"
TITLES = frozenset(_TITLES.split())
# The same names without their accents, as a transcriber types them.
PLAIN = str.maketrans("áéíóúâêîôûŵŷàèòńśźżąęćłäëïöüçñğş", "aeiouaeiouwyaeonszzaeclaeioucngs")


@dataclass(frozen=True)
class Planted:
    """An identifier at its place in a text; `group` is what it is reported under."""

    start: int
    end: int
    text: str
    group: str


@dataclass
class Talk:
    """A text with what is planted in it."""

    text: str = ""
    planted: list[Planted] = field(default_factory=list)

    def plant(self, before: str, said: str, after: str, group: str) -> None:
        begin = len(self.text) + len(before)
        self.text += before + said + after
        self.planted.append(Planted(begin, begin + len(said), said, group))


def load(name: str) -> Source:
    """Read a list of people, places and sentences: “tuned” or “held_back”."""
    found: Source = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
    return found


def roster(source: Source) -> list[str]:
    """Return the names of who takes part, as a list of participants has them."""
    return [one.split("/")[0] for one in source["participant"]]


def sentences(source: Source, seed: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield every identifier in sentences about it, half of them in small letters."""
    rng = random.Random(seed)
    everything = list(_identifiers(source, rng))
    rng.shuffle(everything)
    for number, (said, group, kind) in enumerate(everything):
        before, after = rng.choice(source["sentences"][kind]).split("{x}")
        said = said if before or said[0].isdigit() else said[0].upper() + said[1:]
        if number % 2:
            before, said, after = before.lower(), said.lower(), after.lower().rstrip(".")
        yield before, said, after, group + (", small letters" if number % 2 else "")


def _identifiers(source: Source, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    for group in PEOPLE:
        for one in source[group]:
            for form in _forms(one):
                yield form, group, "person"
    for kind in source["sentences"].keys() - {"person"}:
        for one in source[kind] * 3:
            yield _filled(source, one, rng), kind, kind


def _forms(one: str) -> list[str]:
    name, _, nickname = one.partition("/")
    first, *_, last = name.split()
    if first in TITLES:
        return [name, name]
    forms = [name, first, name.translate(PLAIN), f"Mrs {last}"]
    return [*forms, nickname] if nickname else forms


def _filled(source: Source, one: str, rng: random.Random) -> str:
    places = {kind: rng.choice(source[kind]) for kind in ("school", "street", "village")}
    places |= {kind: rng.choice(source[kind]) for kind in ("faith", "surgery")}
    return one.format(**{kind: place.removeprefix("the ") for kind, place in places.items()})


def planted_in(turns: list[str], source: Source, seed: int) -> Talk:
    """Plant a list's sentences at the ends of turns of real talk, in turn."""
    talk, rng = Talk(), random.Random(seed)
    waiting = list(sentences(source, seed))
    while waiting:
        for turn in turns:
            talk.text += turn.rstrip() + " "
            for _ in range(rng.randint(0, 5)):
                if waiting:
                    talk.plant(*waiting.pop())
                    talk.text += " "
            talk.text += "\n"
    return talk


def sentences_only(source: Source, seed: int) -> Talk:
    """Lay the sentences out by themselves, so that everything else found in them is wrong."""
    talk = Talk()
    for one in sentences(source, seed):
        talk.plant(*one)
        talk.text += "\n"
    return talk
