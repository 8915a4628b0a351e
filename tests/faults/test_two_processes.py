"""The command line writes to a study while the server does: SQLite's locks keep both whole."""

import subprocess
import sys
import threading
from pathlib import Path

from coding import transcripts
from linkage import areas
from linkage.check import check_study
from linkage.study import open_study
from tests.served import Person, Server

from .test_killed_server import code_until


def test_command_line_and_server_write_at_once(served: Server) -> None:
    path = served.instance / "studies" / "pilot.db"
    text = transcripts.text(open_study(path), 1)
    person, stop, told = Person(served.port, served.link), threading.Event(), []
    threads = [
        threading.Thread(target=code_until, args=(stop, person.again(), i, text, told))
        for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for number in range(5):
        add_area(served.instance, f"area{number}")
    stop.set()
    for thread in threads:
        thread.join(60)
    person.hang_up()
    db = open_study(path)
    assert {status for status, *_ in told} == {201}
    assert db.table("coding").count == len({answer["id"] for _, answer, _ in told})
    assert [row["key"] for row in areas.areas(db)][1:] == [f"area{n}" for n in range(5)]
    assert check_study(db) == []


def add_area(instance: Path, key: str) -> None:
    words = ["area", "add", "pilot", key, "--name", key, "--instance", str(instance)]
    subprocess.run([sys.executable, "-m", "webapp.cli", *words], check=True, capture_output=True)
