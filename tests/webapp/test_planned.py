"""How a result stands to the plan is said in the same words everywhere."""

from typing import Any

import pytest
from flask import Flask, render_template_string

PAGE = (
    '{% import "planned.html" as planned with context %}{{ planned.standing(stored, is_planned) }}'
)
STORED = {
    "frozen_at": "2026-05-12T10:00:00+00:00", "plan_sha256": "3fa9" + "0" * 60, "version": 2,
    "after_answers": False, "after_results": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "is_planned", "said"),
    [
        (None, None, "Exploratory: this wave has no frozen plan"),
        (STORED, False, "Exploratory: not in the plan"),
        (STORED, True, "Planned (frozen 12 May 2026, hash 3fa9…)"),
        ({**STORED, "after_answers": True}, True, "after answers had come in, hash 3fa9…"),
        ({**STORED, "after_results": True}, True, "Planned, but frozen after results were seen"),
    ],
)
def test_standing(app: Flask, stored: Any, is_planned: bool | None, said: str) -> None:
    with app.test_request_context():
        assert said in render_template_string(PAGE, stored=stored, is_planned=is_planned)
