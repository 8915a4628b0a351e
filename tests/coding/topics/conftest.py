"""The study with talk of three subjects."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.topics_talk import fill


@pytest.fixture
def talked(study, tmp_path: Path) -> Database:
    """The study with the talk of two groups."""
    fill(study, tmp_path)
    return study
