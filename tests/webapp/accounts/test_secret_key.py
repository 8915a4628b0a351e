"""The key that signs cookies: made once, private, and refused where others may know it."""

import stat
from pathlib import Path

import pytest

from coding.errors import BadInput
from webapp import create_app
from webapp.cli import run
from webapp.instance import Instance


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = Instance.at(tmp_path / "instance")
    assert len(place.secret_key()) == 64
    place.close()
    return tmp_path / "instance" / "secret_key"


def test_it_is_made_once_and_private(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.glob(".secret*")] == []
    place = Instance.at(file.parent)
    assert place.secret_key() == file.read_text()
    place.close()


@pytest.mark.parametrize(
    "key", ["", " \n", "dev", "secret", "changeme", "x" * 31, "changeme" * 8, "secret-key-" * 6,
            "a" * 64, "dev" * 30, "0123" * 16, "\u00ff" * 40],
)  # fmt: skip
def test_an_empty_short_or_known_key_is_refused(file: Path, key: str, capsys) -> None:
    file.write_text(key)
    with pytest.raises(BadInput, match="remove the file"):
        create_app(file.parent)
    assert run(["serve", "--instance", str(file.parent), "--port", "65111"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_bytes_that_are_no_text_are_refused(file: Path) -> None:
    file.write_bytes(b"\xff" * 64)
    with pytest.raises(BadInput):
        create_app(file.parent)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o777])
def test_a_key_that_others_could_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(BadInput, match="read by others"):
        create_app(file.parent)
