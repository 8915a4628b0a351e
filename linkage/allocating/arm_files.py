"""One file an arm for the survey tool: who is in it, and the text, version and hash they see."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any

from sqlite_utils import Database

from coding.errors import NotFound

from ..areas import areas, find_wave, issues, study_row
from ..messages import list_messages
from ..messages.approving import refused

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
WHO = ["respondent", "area", "arm", "batch", "cluster"]
UNSAFE = '/\\:*?"<>|'
READ_ME = """{study}: allocation, {wave}
{count:,} respondents, allocated {days}. Written by Coproduce {version}.

One CSV file an arm (UTF-8, a row a respondent): {who}, and for each nudge of the arm and each
issue the text as fixed with the allocation (…_text), its version (…_version) and the sha256 of
the text in UTF-8 (…_sha256). A blank text means that no message was fixed for that area and issue.
Ids and texts are exactly those of the study, so that the survey tool finds its respondents: open
the files in that tool; a spreadsheet may run an id that begins with =, +, - or @ as a formula.
There are no contact details here; the study never had them.
"""
LEFT_OUT = (
    "Left blank, so that nobody more is shown it: the local story for {area}, {issue}, version "
    "{version}, quotes somebody who refused or withdrew.\n"
)


def arm_files(db: Database, wave_key: str, version: str) -> bytes:
    """Return a zip of one file an arm, and what they are.

    A text that quotes somebody who refused or withdrew since is left blank, and said to be.
    Raises NotFound where the wave is not allocated.
    """
    from analysis.stored_allocation import find_receipts, stored_allocation

    wave = find_wave(db, wave_key)
    allocated, receipts = stored_allocation(db, wave["id"]), find_receipts(db, wave["id"])
    if allocated is None:
        raise NotFound("This wave is not allocated yet.")
    texts, left_out = _texts(db, wave["id"])
    keys = [row["key"] for row in issues(db)]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        about = READ_ME.format(
            study=study_row(db)["name"], wave=wave["name"], count=len(allocated), version=version,
            days=", ".join(f"on {r['allocated_on']} (batch {r['batch']})" for r in receipts),
            who=", ".join(WHO),
        )  # fmt: skip
        parts.writestr("READ-ME.txt", about + "".join(left_out))
        for name, arm in _names(receipts[0]["arms"]):
            with parts.open(name, "w", force_zip64=True) as part:
                _write(part, allocated[allocated["arm"] == arm], arm, texts, keys)
    return kept.getvalue()


def _names(arms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Name a file an arm, none like another where case or signs do not count."""
    taken: set[str] = set()
    for arm in arms:
        name = clean = "".join("_" if sign in UNSAFE else sign for sign in arm)[:80].strip(". ")
        number = 1
        while name.casefold() in taken or not name:
            number += 1
            name = f"{clean}-{number}"
        taken.add(name.casefold())
        yield f"{name}.csv", arm


def _write(
    part: IO[bytes], rows: pd.DataFrame, arm: str, texts: dict[Any, Row], keys: list[str]
) -> None:
    nudges = [nudge for nudge in ("A", "B") if nudge in arm.split("+")]
    asked = [(nudge, key) for nudge in nudges for key in keys]
    facts = [f"{n}_{k}_{fact}" for n, k in asked for fact in ("text", "version", "sha256")]
    shown: dict[Any, list[Any]] = {}
    for area in rows["area"].unique():
        found = [texts.get((area, *one), {}) for one in asked]
        shown[area] = [row.get(f) for row in found for f in ("text", "version", "sha256")]
    with io.TextIOWrapper(part, "utf-8", newline="", write_through=True) as sheet:
        writer = csv.writer(sheet)
        writer.writerow([*WHO, *facts])
        who = rows[WHO].astype(object).where(rows[WHO].notna(), None)
        writer.writerows([*row, *shown[row[1]]] for row in who.to_numpy().tolist())


def _texts(db: Database, wave_id: int) -> tuple[dict[Any, Row], list[str]]:
    """The text, version and hash that were fixed, by area key, nudge and issue key."""
    known = {row["key"] for row in areas(db)}
    found, left_out = {}, []
    for message in list_messages(db, wave_id):
        if message["shown"] and message["area"] in known:
            text = "" if refused(message) else message["text"]
            digest = sha256(message["text"].encode()).hexdigest()
            told = {"text": text, "version": message["version"], "sha256": digest}
            found[message["area"], message["nudge"], message["issue"]] = told
            if not text:
                where = {"area": message["area_name"], "issue": message["issue_name"]}
                left_out.append(LEFT_OUT.format(**where, version=message["version"]))
    return found, left_out
