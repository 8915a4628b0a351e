"""A served pilot study with a generated transcript of a wanted size, and a person in it."""

import random
import shutil
import tempfile
from pathlib import Path

from coding import groups, transcripts
from linkage import areas
from linkage.study import open_study, writing
from tests.big_study import WORDS, add_codes, add_codings
from tests.served import Person, Server
from webapp.instance import Instance

SPEAKERS = ["Moderator", *(f"Person{number}" for number in range(1, 7))]
TURNS = 254  # with 8 to 75 words each: 63 KB


def talk(turns: int = TURNS, seed: int = 1) -> str:
    """Write a generated talk of so many turns."""
    rng = random.Random(seed)
    lines = ["Generated for a measurement"]
    for number in range(turns):
        words = rng.choices(WORDS, k=rng.randint(8, 75))
        lines.append(f"{SPEAKERS[number % 7]}: {' '.join(words).capitalize()}.")
    return "\n".join(lines)


class Pilot:
    """Our side of a measurement: a server on a study of its own, in a temporary folder."""

    def __init__(self, spoken: str, codings: int = 500) -> None:
        self._folder = Path(tempfile.mkdtemp())
        place = Instance.at(self._folder / "instance")
        self.file = place.new_study("pilot", "Pilot")
        db = open_study(self.file)
        with writing(db, "bench", "set up"):
            areas.add_area(db, "east", "East")
            areas.add_issue(db, "health", "Health")
            areas.add_wave(db, "1")
        self._import(db, spoken)
        self.codes = tuple(add_codes(db))
        self.text = transcripts.text(db, 1)
        add_codings(db, 1, list(self.codes), codings)
        db.close()
        place.close()
        self.server = Server(self._folder / "instance").start()
        self.person = Person(self.server.port, self.server.link)
        self.person.hang_up()

    def _import(self, db: transcripts.reading.Database, spoken: str) -> None:
        file = self._folder / "talk.txt"
        file.write_text(spoken, encoding="utf-8")
        found = transcripts.preview(file, moderators=["Moderator"])
        with writing(db, "bench", "import"):
            group = groups.add_group(db, areas.areas(db)[0]["id"], "Generated")
            transcripts.import_transcript(db, found, group)

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.person.cookie, "X-CSRFToken": self.person.token, "Accept": "*/*"}

    def stop(self) -> None:
        self.server.stop()
        shutil.rmtree(self._folder)
