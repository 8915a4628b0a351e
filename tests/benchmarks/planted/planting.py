"""Plant identifiers into real talk at known places, the same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType

KINDS = {
    "street": "STREETS",
    "ward": "WARDS",
    "village": "VILLAGES",
    "school": "SCHOOLS",
    "surgery": "SURGERIES",
    "faith": "FAITH",
    "phone": "PHONES",
    "postcode": "POSTCODES",
    "email": "EMAILS",
    "nhs_number": "NHS",
    "date_of_birth": "BIRTHS",
    "web": "WEBS",
    "vehicle": "VEHICLES",
    "address": "ADDRESSES",
    "job_with_place": "JOBS",
}


@dataclass(frozen=True)
class Planted:
    """An identifier at its place in a text; `group` is what it is reported under."""

    start: int
    end: int
    text: str
    group: str


@dataclass
class Talk:
    """A text with what is planted in it, and where the sentences written for it stand."""

    text: str = ""
    planted: list[Planted] = field(default_factory=list)
    carriers: list[tuple[int, int]] = field(default_factory=list)

    def add(self, words: str) -> None:
        self.text += words

    def plant(self, before: str, said: str, after: str, group: str) -> None:
        start = len(self.text)
        self.text += before + said + after
        self.carriers.append((start, len(self.text)))
        begin = start + len(before)
        self.planted.append(Planted(begin, begin + len(said), said, group))


def split(listed: str) -> list[str]:
    return [one for one in listed.replace("\n", "|").split("|") if one]


def roster(source: ModuleType) -> list[str]:
    return [one.split("/")[0] for one in split(source.PARTICIPANTS)]


def sentences(source: ModuleType, seed: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield every identifier in sentences about it, half of them in small letters."""
    rng = random.Random(seed)
    everything = list(_identifiers(source, rng))
    rng.shuffle(everything)
    for number, (said, group, kind) in enumerate(everything):
        before, after = rng.choice(split(source.CARRIERS[kind])).split("{x}")
        said = said if before or said[0].isdigit() else said[0].upper() + said[1:]
        if number % 2:
            before, said, after = before.lower(), said.lower(), after.lower().rstrip(".")
        yield before, said, after, group + (", small letters" if number % 2 else "")


def _identifiers(source: ModuleType, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    for one in split(source.PARTICIPANTS):
        for form in _forms(one):
            yield form, "participant", "person"
    for one in split(source.OTHERS):
        first, _, last = one.partition(" ")
        titled = first in TITLES
        for form in (last,) if titled else (one, first):
            yield f"{first} {form}" if titled else form, "somebody else", "person"
    for kind, listed in KINDS.items():
        for one in split(getattr(source, listed)) * 3:
            yield _filled(source, one, rng), kind, kind


TITLES = "Mr Mrs Miss Ms Dr PC PCSO Sergeant Councillor Father Nurse Reverend Auntie".split()


def _forms(one: str) -> list[str]:
    name, _, nickname = one.partition("/")
    first, *_, last = name.split()
    plain = {"Siobhán": "Siobhan", "Siân": "Sian", "Małgorzata": "Malgorzata", "Zoë": "Zoe"}
    forms = [name, first, f"Mrs {last}", plain.get(first, first)]
    return [*forms, nickname] if nickname else forms


def _filled(source: ModuleType, one: str, rng: random.Random) -> str:
    places = {kind: rng.choice(split(getattr(source, listed))) for kind, listed in KINDS.items()}
    return one.format(**{k: v.removeprefix("the ") for k, v in places.items() if "{" not in v})


def planted_in(turns: list[str], source: ModuleType, seed: int) -> Talk:
    """Plant a list's sentences at the ends of turns of real talk, in turn."""
    talk, rng = Talk(), random.Random(seed)
    waiting = list(sentences(source, seed))
    while waiting:
        for turn in turns:
            talk.add(turn.rstrip() + " ")
            for _ in range(rng.randint(0, 2)):
                if waiting:
                    talk.plant(*waiting.pop())
                    talk.add(" ")
            talk.add("\n")
    return talk


def carriers_only(source: ModuleType, seed: int) -> Talk:
    """Lay the sentences out by themselves, so that everything else found in them is wrong."""
    talk = Talk()
    for one in sentences(source, seed):
        talk.plant(*one)
        talk.add("\n")
    return talk
