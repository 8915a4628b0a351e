"""A talk of two groups, small enough to count by hand."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from coding.codebook import add_code
from coding.codings import add_coding
from coding.groups import add_group
from coding.speakers import list_speakers, set_attributes
from coding.transcripts import import_transcript, preview, text
from linkage.study import writing

EAST = (
    "Facilitator: What changed here?",
    "Maureen: We cleared the lane and the lane stayed clean.",
    "Joyce: Nobody asked me about the lane.",
    "Maureen: An hour helps.",
    "Facilitator: And the council?",
    "Joyce: The council never came.",
)
WEST = (
    "Facilitator: What changed here?",
    "Terry: The council lit the steps.",
    "Sam: We asked the council twice.",
)
# Codes: 1 Together, 2 Clean-ups (of 1), 3 Asked (of 1), 4 Council.
CODINGS = (
    (1, 2, "cleared the lane"),
    (1, 1, "the lane and the lane stayed clean"),
    (1, 3, "Nobody asked me"),
    (1, 2, "An hour helps"),
    (1, 4, "council never came"),
    (1, 4, "council?"),
    (2, 4, "council lit"),
    (2, 3, "We asked"),
    (2, 4, "the council twice"),
)


@pytest.fixture
def coded(study: Database, tmp_path: Path) -> Database:
    """Codings 1 to 9 over two areas; Maureen and Terry are renters, Joyce an owner."""
    with writing(study, "test", "store the talk"):
        for number, (name, lines) in enumerate((("East", EAST), ("West", WEST)), 1):
            file = tmp_path / f"{name}.txt"
            file.write_text("\n".join(lines), encoding="utf-8")
            group = add_group(study, number, f"{name} group")
            import_transcript(study, preview(file, moderators=["Facilitator"]), group)
        together = add_code(study, "Together")
        add_code(study, "Clean-ups", together)
        add_code(study, "Asked", together)
        add_code(study, "Council")
        for transcript, code, quote in CODINGS:
            start = text(study, transcript).index(quote)
            add_coding(study, transcript, code, 1, start, start + len(quote), quote)
        home = {"Maureen": "rents", "Terry": "rents", "Joyce": "owns"}
        for row in list_speakers(study):
            if row["name"] in home:
                set_attributes(study, row["id"], {"home": home[row["name"]]})
    return study
