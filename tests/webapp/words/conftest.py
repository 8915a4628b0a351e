"""A talk of five turns in the study, with a theme, a code nested under it, and one coding."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from coding import codebook, codings, groups, transcripts
from linkage import areas

LINES = (
    "What people said",
    "Facilitator: What changed here?",
    "Maureen: We cleared the lane. 🎉 It stayed clean.",
    "Joyce: I’ve not got the Saturdays.",
    "Maureen: =An hour helps.",
)
QUOTE = "We cleared the lane. 🎉"


@pytest.fixture
def talk(app: Flask, tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "lane.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")

    def fill(db) -> dict[str, Any]:
        group_id = groups.add_group(db, 1, "Lane group", held_on="2026-03-04")
        found = transcripts.preview(path, moderators=["Facilitator"])
        number = transcripts.import_transcript(db, found, group_id, issue_id=1)
        theme = codebook.add_code(db, "Doing it together")
        code = codebook.add_code(db, "Clean-ups", theme, definition="Clearing and mending.")
        start = found.text.index(QUOTE)
        place = {"start": start, "end": start + len(QUOTE), "quote": QUOTE}
        bo = areas.ensure_coder(db, "Bo")
        coding = codings.add_coding(db, number, code, bo, **place)
        return {**place, "text": found.text, "theme": theme, "code": code, "coding": coding}

    place = app.extensions["coproduce"]
    writer = place.writer(place.study_path("pilot"))
    return writer.submit(fill, actor="test", action="store the talk")


@pytest.fixture
def send(client, post):
    """Send JSON with any method, as the desk does; `post` has fetched the token."""
    import re

    page = client.get("/").get_data(as_text=True)
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]

    def call(method: str, path: str, body: Any = None, key: str | None = None):
        headers = {"X-CSRFToken": token} | ({"Idempotency-Key": key} if key else {})
        return client.open(f"/api/studies/pilot{path}", method=method, json=body, headers=headers)

    return call
