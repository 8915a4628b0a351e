"""An allocation is killed before or after its commit: nothing of it is stored, or all of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from linkage import areas
from linkage.check import check_study
from linkage.study import open_study, prepare_study, writing

CHILD = """
import sys, time
from pathlib import Path
import pandas as pd
from linkage.allocating import Asked, draw, store
from linkage.study import open_study, writing

def wait():
    print("here", flush=True)
    time.sleep(600)

db = open_study(Path(sys.argv[1]))
frame = pd.DataFrame({"id": range(5000), "place": ["East", "West"] * 2500, "age": range(5000)})
drawn = draw(db, frame, Asked("1", ("place",), ("none", "A"), 1, balance=("age",)))
with writing(db, "test", "allocate", kind="fixed"):
    store(db, drawn)
    if sys.argv[2] == "before":
        wait()
wait()
"""


@pytest.mark.parametrize(("where", "stored"), [("before", 0), ("after", 5000)])
def test_a_power_cut_leaves_nothing_or_all(tmp_path: Path, where: str, stored: int) -> None:
    path = tmp_path / "study.db"
    db = prepare_study(path, "Study")
    with writing(db, "test", "set up"):
        areas.add_area(db, "east", "East")
        areas.add_area(db, "west", "West")
        areas.add_wave(db, "1")
    db.close()
    words = [sys.executable, "-c", CHILD, str(path), where]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stdout.readline() == "here\n"
    child.kill()
    child.wait(30)
    child.stdout.close()
    again = open_study(path)
    assert again.table("allocation").count == stored
    assert again.table("allocation_receipt").count == bool(stored)
    assert again.table("allocation_balance").count == 3 * bool(stored)
    assert check_study(again) == []
    again.close()
