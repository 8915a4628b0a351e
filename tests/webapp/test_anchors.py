"""Where a history ended is noted outside of it when the instance is closed."""

from pathlib import Path

from linkage import areas
from linkage.sqlite import connect
from webapp.anchors import anchors_of, drop_anchor, forget_anchors
from webapp.cli import run
from webapp.instance import Instance


def add_area(place: Instance, key: str) -> None:
    path = place.study_path("pilot")
    place.writer(path).submit(lambda db: areas.add_area(db, key, key), actor="ana", action="add")


def made(folder: Path) -> Path:
    place = Instance.at(folder)
    place.new_study("pilot", "Pilot")
    add_area(place, "east")
    add_area(place, "west")
    place.close()
    return folder / "studies" / "pilot.db"


def check(folder: Path) -> int:
    return run(["study", "check", "pilot", "--instance", str(folder)])


def cut_the_last_change(file: Path) -> None:
    db = connect(file)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    last = db.execute("SELECT max(id) FROM change").fetchone()[0]
    rows = "(SELECT id FROM change_row WHERE change_id = ?)"
    db.execute(f"DELETE FROM change_payload WHERE change_row_id IN {rows}", [last])
    db.execute("DELETE FROM change_row WHERE change_id = ?", [last])
    db.execute("DELETE FROM change WHERE id = ?", [last])
    db.close()


def test_a_history_cut_after_a_clean_stop_is_found(tmp_path: Path, capsys) -> None:
    file = made(tmp_path)
    assert check(tmp_path) == 0
    cut_the_last_change(file)
    assert check(tmp_path) == 1
    assert "Change 2 was there and is not: the history was cut." in capsys.readouterr().out


def test_what_was_noted_is_never_written_over(tmp_path: Path) -> None:
    cut_the_last_change(made(tmp_path))
    place = Instance.at(tmp_path)
    noted = anchors_of(place, "pilot")
    add_area(place, "north")
    place.close()
    place = Instance.at(tmp_path)
    assert noted[0] in anchors_of(place, "pilot")
    drop_anchor(place, place.study_path("pilot"))
    forget_anchors(place, "pilot")
    assert anchors_of(place, "pilot") == []
    place.close()
