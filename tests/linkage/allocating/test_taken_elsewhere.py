"""An allocation in a study file that goes elsewhere comes back as it was, or is refused."""

from pathlib import Path

import pandas as pd
import pytest
from sqlite_utils import Database

from linkage.allocating import check_allocation, kept_balance
from linkage.backup import back_up
from linkage.opening import open_elsewhere
from linkage.sqlite import sqlite3
from linkage.study import open_study, writing
from linkage.waves import allocate_wave

FRAME = pd.DataFrame(
    {"id": range(40), "place": ["East", "West"] * 20, "home": range(40), "age": range(40)}
)


@pytest.fixture
def file(study: Database, tmp_path: Path) -> Path:
    with writing(study, "test", "allocate", kind="fixed"):
        allocate_wave(
            study, "1", FRAME, ["place"], ("none", "A"), 1, cluster="home", shares=(2, 1),
            balance=["age"],
        )  # fmt: skip
    study.close()
    back_up(tmp_path / "study.db", tmp_path / "copy.db")
    return tmp_path / "copy.db"


def test_an_allocation_goes_and_comes_back(file: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    open_elsewhere(file, tmp_path / "new" / "draft.db", "test")
    again = open_study(tmp_path / "new" / "draft.db")
    assert check_allocation(again, "1", FRAME)[1] == []
    kept = kept_balance(again, 1)
    assert kept
    assert kept[1]["area"].tolist() == ["east", "west", "pooled"]


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE allocation_receipt SET shares = '[2, \"x\"]'",
        "UPDATE allocation_balance SET body = '{}' WHERE id = 1",
    ],
)
def test_what_no_allocation_writes_is_refused(file: Path, tmp_path: Path, spoil: str) -> None:
    db = sqlite3.connect(file)
    for name, *_ in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    db.execute(spoil)
    db.commit()
    db.close()
    (tmp_path / "new").mkdir()
    with pytest.raises(ValueError, match="does not write"):
        open_elsewhere(file, tmp_path / "new" / "draft.db", "test")
