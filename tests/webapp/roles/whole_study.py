"""A small study with something of everything in two areas, and the people who may or may not."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlite_utils import Database

from coding import codebook, codings, memos, transcripts
from coding.attributes import define
from coding.checks import insert, now
from coding.groups import add_group
from coding.pseudonyms import key_file
from coding.suggestions.deciding import Place, reject
from coding.topics import dismiss
from linkage import areas, stories
from linkage.messages import start_message, write_version
from linkage.plans import freeze_plan, save_draft
from linkage.pseudonyms import changing_key
from linkage.releases import record_release
from linkage.snapshots import add_snapshot
from linkage.study import open_study, writing
from linkage.survey import import_survey
from linkage.waves import allocate_wave
from tests.analysis.plan.plans import a_plan
from tests.suggested import learn, suggest
from webapp.instance import Instance
from webapp.people.members import Membership

WORDS = {"east": "We cleared the eastern lane.", "west": "They lit the western steps."}
ARMS = ("none", "A", "B", "A+B")
MAPPING = """
respondent = "id"
area = "place"
[arm]
column = "group"
labels = { none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }
[[outcome]]
key = "hours"
column = "h"
issue = "health"
measure = "hours_willing_with_others"
scale = "hours"
"""


def fill(place: Instance, key: str, folder: Path) -> Path:
    """Make a study with a transcript, a coding, a story and a message in each of two areas."""
    path = place.new_study(key, f"Study {key}")
    db = open_study(path)
    with writing(db, "test", "set up"):
        for area in WORDS:
            areas.add_area(db, area, area.title())
        areas.add_issue(db, "health", "Health")
        areas.add_wave(db, "1")
        areas.add_wave(db, "2")
        coder = areas.ensure_coder(db, "Somebody else")
        code = codebook.add_code(db, "Acting together")
        codebook.add_code(db, "Clean-ups", code)
        define(db, "age", "number")
        for number, words in enumerate(WORDS.values(), 1):
            dismiss(db, coder, words.split(), number)
        for number, (area, words) in enumerate(WORDS.items(), 1):
            _talk(db, folder, number, area, words, code, coder)
    with writing(db, "test", "snapshot"):
        add_snapshot(db, "Round 1")
    _survey(db, folder)
    _released(db, coder)
    _hidden(place, key, db)
    db.close()
    return path


def _released(db: Database, coder: int) -> None:
    told = {"what": "answers", "title": "Answers", "form": "csv", "rows": 1, "cells": 1,
            "hidden": 0, "reasons": {}, "threshold": 10}  # fmt: skip
    with writing(db, "test", "take out answers"):
        record_release(db, coder, told, "[]", after=0)


def _hidden(place: Instance, key: str, db: Database) -> None:
    """Let a name be hidden, and another be in the list."""
    with changing_key(place.key_path(key)) as held:
        for name, pseudonym in (("Mo", "[Participant 1]"), ("Ruth", "[Moderator 1]")):
            name_id = key_file.add_name(held, "person", name, pseudonym)
            key_file.add_forms(held, name_id, [name], None)
        key_file.decide(held, 1, "hide")
    with writing(db, "test", "hide"):
        row = {"pseudonym": "[Participant 1]", "kind": "person", "hidden_at": now()}
        insert(db, "pseudonym", row)


def _talk(db: Database, folder: Path, number: int, area: str, words: str, code: int, coder: int):
    file = folder / f"{area}.txt"
    turns = ["Ruth: What changed?", f"Mo {area}: {words}", "Ruth: And?", f"Mo {area}: It stayed."]
    file.write_text("\n\n".join(turns))
    group = add_group(db, number, f"{area} hall", held_on="2025-02-01")
    found = transcripts.preview(file, {}, ["Ruth"])
    transcripts.import_transcript(db, found, group, issue_id=1)
    start = transcripts.text(db, number).index(words)
    place = (number, start, start + len(words), words)
    coding = codings.add_coding(db, place[0], code, coder, *place[1:])
    memos.set_memo(db, coder, f"Memo of the {area}", coding_id=coding)
    _suggest(db, number, area, code, coder)
    told = {"title": f"Story of the {area}", "coder_id": coder, "quotes": [place]}
    story = stories.add_story(db, area_id=number, issue_id=1, **told)
    quote = stories.get_story(db, story)["quotes"][0]["id"]
    message = start_message(db, "A", 2, number, 1)
    write_version(db, message, 1, [(words, [quote])], coder)


def _suggest(db: Database, number: int, area: str, code: int, coder: int) -> None:
    """Suggest a code twice; one of them is rejected."""
    learn(db)
    start = transcripts.text(db, number).index("It stayed.")
    for end in (start + 9, start + 10):
        suggest(db, number, code, start, end, words=(area,))
    reject(db, coder, Place(number, code, start, start + 9, "It stayed"))


def _survey(db: Database, folder: Path) -> None:
    rows = [[f"r{i}", ["East", "West"][i % 2], ARMS[i // 2 % 4], i % 7] for i in range(80)]
    frame = pd.DataFrame(rows, columns=["id", "place", "group", "h"])
    frame.to_csv(folder / "answers.csv", index=False)
    import_survey(db, "1", folder / "answers.csv", MAPPING, actor="test")
    panel = pd.DataFrame({"respondent": range(8), "area": ["East"] * 4 + ["West"] * 4})
    with writing(db, "test", "plan"):
        save_draft(db, 1, a_plan())
        freeze_plan(db, 1, 1)
        save_draft(db, 1, a_plan(seed=1), reason="a slip")
    with writing(db, "test", "allocate", kind="fixed"):
        allocate_wave(db, "3", panel, ["area"], ("none", "A"), 7, date(2025, 5, 12))


def member(*roles: str, **limits: Any) -> Membership:
    return Membership(frozenset(roles), **limits)
