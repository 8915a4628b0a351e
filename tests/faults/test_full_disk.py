"""The disk is full while people code: they are told, nothing is half-stored, and it goes on."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coding import transcripts
from linkage.study import open_study
from tests.served import Person, Server

from .coders import assert_only_told, code_at_once
from .conftest import serve_pilot

SIZE = "6m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if os.name != "posix" or os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_loses_nothing_acknowledged(small_disk: Path) -> None:
    server = serve_pilot(small_disk)
    try:
        _fill_and_go_on(server, small_disk / "ballast")
    finally:
        server.stop()


def _fill_and_go_on(server: Server, ballast: Path) -> None:
    text = transcripts.text(open_study(server.instance / "studies" / "pilot.db"), 1)
    person = Person(server.port, server.link)
    before = code_at_once(server, person, text, clients=4, each=5)
    _take_all(ballast)
    full = code_at_once(server, person, text, clients=10, each=40)
    assert person.call("GET", "/studies/pilot/transcripts/1/")[0] == 200
    ballast.unlink()
    after = code_at_once(server, person, text, clients=4, each=5)
    person.hang_up()
    assert len(before.stored) == len(after.stored) == 20
    assert full.refused
    assert all("nothing of your change was saved" in sentence for sentence in full.refused)
    assert_only_told(server, before, full, after)


def _take_all(ballast: Path) -> None:
    """Leave room for a few changes, so that the disk fills up in the middle of them."""
    room = os.statvfs(ballast.parent)
    ballast.write_bytes(b"\0" * max(room.f_bavail * room.f_frsize - 200_000, 0))
