"""A served study with a long generated transcript to code."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkage import areas
from linkage.study import open_study, writing
from tests.big_study import add_codes, add_transcript
from tests.served import Server
from webapp.instance import Instance


def serve_pilot(folder: Path) -> Server:
    """Serve a study with one long transcript from a folder."""
    place = Instance.at(folder / "instance")
    db = open_study(place.new_study("pilot", "Pilot"))
    with writing(db, "test", "set up"):
        areas.add_area(db, "east", "East")
    add_transcript(db, folder, 20_000)
    add_codes(db)
    db.close()
    place.close()
    return Server(folder / "instance").start()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    server = serve_pilot(tmp_path)
    yield server
    server.stop()
