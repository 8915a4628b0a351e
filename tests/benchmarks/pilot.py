"""A served pilot study with a generated transcript of a wanted size, and a person in it."""

import random
import shutil
import tempfile
import time
from pathlib import Path

from sqlite_utils import Database

from coding import groups
from coding.transcripts import import_transcript, list_transcripts, preview, text
from linkage import areas
from linkage.study import open_study, writing
from tests.big_study import WORDS, add_codes, add_codings
from tests.served import Person, Server
from webapp.instance import Instance
from webapp.server import AFTER

from .processor import processor_seconds

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

    def __init__(self, spoken: str, codings: int = 500, transcripts: int = 1) -> None:
        self.folder = Path(tempfile.mkdtemp())
        place = Instance.at(self.folder / "instance")
        self.file = place.new_study("pilot", "Pilot")
        db = open_study(self.file)
        with writing(db, "bench", "set up"):
            areas.add_area(db, "east", "East")
            areas.add_issue(db, "health", "Health")
            areas.add_wave(db, "1")
        self.codes = tuple(add_codes(db))
        self.transcripts = tuple(self._import(db, spoken) for _ in range(transcripts))
        for number in self.transcripts:
            add_codings(db, number, list(self.codes), codings)
        self.text = text(db, 1)
        db.close()
        place.close()
        self.server = Server(self.folder / "instance").start()
        self.person = Person(self.server.port, self.server.link)
        self.person.hang_up()
        self._settle()

    def _import(self, db: Database, spoken: str) -> int:
        file = self.folder / "talk.txt"
        file.write_text(spoken, encoding="utf-8")
        found = preview(file, moderators=["Moderator"])
        with writing(db, "bench", "import"):
            name = f"Generated {len(list_transcripts(db)) + 1}"
            group = groups.add_group(db, areas.areas(db)[0]["id"], name)
            return import_transcript(db, found, group, title=name)

    def _settle(self) -> None:
        """Wait until the server has imported what charts need, which it does once it serves."""
        time.sleep(AFTER + 0.5)
        self.person.call("GET", "/studies/pilot/transcripts/1/")
        spent = processor_seconds(self.server.pid)
        for _ in range(30):
            time.sleep(0.5)
            before, spent = spent, processor_seconds(self.server.pid)
            if spent - before < 0.05:
                break
        self.person.hang_up()

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.person.cookie, "X-CSRFToken": self.person.token, "Accept": "*/*"}

    def stop(self) -> None:
        self.server.stop()
        shutil.rmtree(self.folder)
