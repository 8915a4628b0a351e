"""A small study in which every link of the chain is there, for tests that read all of it."""

from pathlib import Path

from flask import Flask

from coding import codebook, codings, groups, memos, transcripts
from linkage import areas, messages, stories

from .test_responses import store

LINES = "Facilitator: What changed?\nMaureen: We cleared the lane. 🎉\nJoyce: It stayed clean.\n"
QUOTE = "We cleared the lane. 🎉"


def fill(app: Flask, folder: Path) -> None:
    """Store talk, codes, codings, a memo, a story, a message and the answers of a wave."""
    file = folder / "lane.txt"
    file.write_text(LINES, encoding="utf-8")
    found = transcripts.preview(file, moderators=["Facilitator"])
    start = found.text.index(QUOTE)
    place = (start, start + len(QUOTE), QUOTE)

    def run(db) -> None:
        number = transcripts.import_transcript(db, found, groups.add_group(db, 1, "Lane"))
        theme = codebook.add_code(db, "Doing it together")
        code = codebook.add_code(db, "Clean-ups", theme)
        bo = areas.ensure_coder(db, "Bo")
        memos.set_memo(db, bo, "Good.", coding_id=codings.add_coding(db, number, code, bo, *place))
        stories.add_story(
            db, area_id=1, issue_id=1, title="Lane", coder_id=bo, quotes=[(number, *place)]
        )
        message = messages.start_message(db, "A", 1, 1, 1)
        messages.start_message(db, "B", 1, 1, 1)
        messages.write_version(db, message, 1, [("Join in.", []), ("They cleared it.", [1])], bo)

    instance = app.extensions["coproduce"]
    instance.writer(instance.study_path("pilot")).submit(run, actor="test", action="fill")
    store(app, folder)
