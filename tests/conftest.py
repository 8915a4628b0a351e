"""What every test may ask for: the shared real files, and a small study in a temporary place."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlite_utils import Database

from linkage import areas
from linkage.study import prepare_study, writing

# How long an example takes says more of what else the machine does than of the code.
hypothesis_settings.register_profile("coproduce", deadline=None)
hypothesis_settings.load_profile("coproduce")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real files with licences of their own, which stand beside the project and not in it."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("../shared is absent, and CI must test on the real files")
        pytest.skip("needs the real files of ../shared, which are not part of the project")
    return SHARED


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Database]:
    db = prepare_study(tmp_path / "study.db", "Test study")
    with writing(db, "test", "set up"):
        areas.add_area(db, "east", "East", "London borough")
        areas.add_area(db, "west", "West", "rural area")
        areas.add_issue(db, "health", "Health")
        areas.add_issue(db, "safety", "Community safety")
        areas.add_issue(db, "environment", "Local environment")
        areas.add_wave(db, "1", "Wave 1")
        areas.ensure_coder(db, "Ana")
    yield db
    db.close()
