"""What each role may see and do: one table, here, shown in the app and held by every request."""

from dataclasses import dataclass

ROLES = {
    "owner": "Looks after the study: members, settings, and everything the others may do.",
    "researcher": "Imports and codes transcripts, keeps the codebook, marks stories.",
    "nudge author": "Marks stories and writes messages.",
    "approver": "Reads words, messages and results; approves messages.",
    "analyst": "Allocates respondents, imports answers, reads results.",
    "viewer": "Reads the study and its results; no personal details, no changes.",
}


@dataclass(frozen=True)
class Ability:
    """Something that some roles may do in a study."""

    words: str
    roles: tuple[str, ...]
    whole_study: bool = False  # not for members limited to some areas
    sighted: bool = False  # shows what others coded, so not for members who code blind
    results: bool = False  # tells effects, which coders may have to wait for


ABILITIES = {
    "read": Ability("Read transcripts, codebook, quotes, stories, messages and history",
                    tuple(ROLES)),
    "see people": Ability("See speakers' attributes and consent",
                          ("owner", "researcher", "nudge author", "approver", "analyst")),
    "code": Ability("Code transcripts, write memos, change the codebook", ("owner", "researcher")),
    "see suggestions": Ability("See suggested codes, what speaks for them, and how good they are",
                               tuple(ROLES), sighted=True),
    "decide suggestions": Ability("Accept and reject suggested codes, have them learned anew",
                                  ("owner", "researcher"), sighted=True),
    "see agreement": Ability("See how far coders agree and where they differ", tuple(ROLES),
                             sighted=True),
    "adjudicate": Ability("Choose transcripts for double coding, decide where coders differ",
                          ("owner",), whole_study=True, sighted=True),
    "edit words": Ability("Import, correct and remove transcripts; groups, speakers and consent",
                          ("owner", "researcher")),
    "keep names": Ability("See and change the study's own list of names",
                          ("owner", "researcher"), whole_study=True),
    "mark stories": Ability("Mark and describe stories", ("owner", "researcher", "nudge author")),
    "write messages": Ability("Write messages", ("owner", "nudge author")),
    "approve messages": Ability("Approve messages, and take an approval back",
                                ("owner", "approver")),
    "undo": Ability("Undo and redo one's own changes",
                    ("owner", "researcher", "nudge author", "analyst")),
    "see results": Ability("See answers by arm, effects and the joint display", tuple(ROLES),
                           results=True),
    "see panel": Ability("See who was allocated where", ("owner", "analyst")),
    "run survey": Ability("Allocate respondents, import their answers", ("owner", "analyst"),
                          whole_study=True),
    "keep the key": Ability("Review and hide names, keep the key to them, look behind a pseudonym",
                            ("owner",), whole_study=True, sighted=True),
    "manage": Ability("Members, settings, areas, issues, waves; freeze, copy, archive, export",
                      ("owner",), whole_study=True),
}  # fmt: skip
