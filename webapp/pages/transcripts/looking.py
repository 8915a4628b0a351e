"""One uploaded file in the preview: what was found in it and what the person made of that."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from coding.transcripts import FoundSpeaker, Preview, preview

from ...errors import BAD_INPUT

Form = MultiDict[str, str]
ROLES = {
    "participant": "Participant",
    "moderator": "Moderator",
    "none": "Not a speaker",
}


@dataclass(frozen=True)
class Label:
    """A speaker's label as it stands in the file, with the name and role chosen for it."""

    label: str
    name: str
    role: str
    turns: int


@dataclass(frozen=True)
class Look:
    """A file as the preview shows it; unreadable ones are left out of the import."""

    token: str
    file_name: str
    title: str = ""
    left_out: bool = False
    labels: Sequence[Label] = ()
    found: Preview | None = None
    error: str | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        return bool(self.title)


def look_at(token: str, path: Path, number: int, form: Form, stored: dict[str, str]) -> Look:
    """Read a file with the edits under its number in the form; an error stays with its file.

    `stored` tells the titles of the study's transcripts by the hash of their file.
    """
    try:
        plain = preview(path)
    except BAD_INPUT as error:
        return Look(token, path.name, error=str(error))
    labels = _labels(plain, number, form)
    look = Look(
        token=token,
        file_name=path.name,
        title=form.get(f"title-{number}", "").strip() or plain.title,
        left_out=f"leave-{number}" in form,
        labels=labels,
    )
    try:
        found = _edited(path, plain, labels)
    except BAD_INPUT as error:
        return replace(look, error=str(error))
    return replace(look, found=found, warnings=_warnings(found, stored))


def _labels(plain: Preview, number: int, form: Form) -> list[Label]:
    edited = {
        label: (name.strip() or label, role if role in ROLES else "participant")
        for label, name, role in zip(
            form.getlist(f"label-{number}"),
            form.getlist(f"name-{number}"),
            form.getlist(f"role-{number}"),
            strict=False,
        )
    }
    return [
        Label(s.name, *edited.get(s.name, (s.name, s.role)), turns=s.turns) for s in plain.speakers
    ]


def _edited(path: Path, plain: Preview, labels: Sequence[Label]) -> Preview:
    names = {row.label: "" if row.role == "none" else row.name for row in labels}
    same = all(label == name for label, name in names.items())
    found = plain if same else preview(path, names, moderators=())
    leading = {" ".join(row.name.split()) for row in labels if row.role == "moderator"}
    return replace(found, speakers=tuple(_in_role(s, leading) for s in found.speakers))


def _in_role(speaker: FoundSpeaker, leading: set[str]) -> FoundSpeaker:
    return replace(speaker, role="moderator" if speaker.name in leading else "participant")


def _warnings(found: Preview, stored: dict[str, str]) -> list[str]:
    once = [speaker.name for speaker in found.speakers if speaker.turns == 1]
    checks: list[tuple[Any, str]] = [
        (
            found.sha256 in stored,
            f"This file is in the study already, as “{stored.get(found.sha256)}”.",
        ),
        (
            not found.speakers,
            "No speakers were found: each paragraph becomes a turn of nobody in particular. "
            "Marks such as “Maureen:” at the start of a paragraph would be found.",
        ),
        (
            found.speakers and all(s.role == "participant" for s in found.speakers),
            "Nobody is the moderator: everybody counts as a participant.",
        ),
        (
            len(once) > 1,
            f"{len(once)} speakers have a single turn ({', '.join(once[:6])}"
            f"{' …' if len(once) > 6 else ''}): check that each is a person of the group.",
        ),
        (
            found.speakers and found.unattributed,
            f"{found.unattributed} of {len(found.turns)} turns have no speaker; they count as "
            "words of the group, and as nobody’s.",
        ),
    ]
    return [sentence for applies, sentence in checks if applies]
