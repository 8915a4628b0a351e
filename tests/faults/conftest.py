"""A served study with a long generated transcript to code."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkage import areas
from linkage.study import open_study, writing
from tests.big_study import add_codes, add_transcript
from tests.served import Server
from webapp.instance import Instance


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    place = Instance.at(tmp_path / "instance")
    db = open_study(place.new_study("pilot", "Pilot"))
    with writing(db, "test", "set up"):
        areas.add_area(db, "east", "East")
    add_transcript(db, tmp_path, 20_000)
    add_codes(db)
    db.close()
    place.close()
    server = Server(tmp_path / "instance").start()
    yield server
    server.stop()
