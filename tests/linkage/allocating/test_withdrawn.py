"""Who withdraws after an allocation is shown to nobody more."""

import io
import zipfile
from datetime import date

import pandas as pd
import pytest
from sqlite_utils import Database

from coding.speakers import set_consent
from linkage import messages
from linkage.allocating import arm_files
from linkage.passages import Passages
from linkage.stories import add_story, get_story
from linkage.study import writing
from linkage.waves import allocate_wave

FRAME = pd.DataFrame({"id": range(8), "area": ["east", "West"] * 4})


def test_a_withdrawn_text_is_left_blank_and_nobody_is_added(study: Database, east: int, at) -> None:
    quote = at(east, "Six of us cleared the lane")
    with writing(study, "test", "write"):
        story = add_story(
            study, area_id=1, issue_id=3, title="The lane", coder_id=1, quotes=[quote]
        )
        number = get_story(study, story)["quotes"][0]["id"]
        message = messages.start_message(study, "A", 1, 1, 3)
        messages.write_version(study, message, 1, [("Six of them.", [number])], 1)
        allocate_wave(study, "1", FRAME, ["area"], ("none", "A"), 1, date(2025, 2, 19))
    assert "Six of them." in read(study)["A.csv"]
    speaker = Passages(study).said(*quote[:3]).speaker_ids[0]
    with writing(study, "test", "withdraw"):
        set_consent(study, speaker, "message", True, withdrawn_on="2025-03-01")
    parts = read(study)
    assert not any("Six of them." in text for text in parts.values())
    assert (
        "Left blank, so that nobody more is shown it: the local story for East"
        in (parts["READ-ME.txt"])
    )
    late = FRAME.assign(id=range(10, 18))
    with pytest.raises(ValueError, match="Nobody can be added to East"), writing(study, "t", "a"):
        allocate_wave(study, "1", late, [], (), 1, add=True)
    assert study.table("allocation").count == 8


def read(db: Database) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(arm_files(db, "1", "test"))) as parts:
        return {name: parts.read(name).decode("utf-8-sig") for name in parts.namelist()}
