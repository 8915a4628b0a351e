"""Attributes of speakers from a CSV file: read whole, shown as a preview, and only then stored."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

from .attributes import fit
from .checks import Row, check_name
from .errors import BadInput
from .speakers import ROLES, list_speakers, set_attributes, set_role

GROUP, SPEAKER, AREA, ROLE = "group", "speaker", "area", "role"
KNOWN = {name: name for name in (GROUP, SPEAKER, AREA, ROLE)}
KNOWN |= {"focus group": GROUP, "focus_group": GROUP, "name": SPEAKER}
LARGEST, MOST_ROWS = 1024 * 1024, 5_000
SHOWN = 20


@dataclass(frozen=True)
class Change:
    """A value that the file changes."""

    speaker_id: int
    speaker: str
    group: str
    attribute: str
    before: str
    after: str


@dataclass
class AttributePreview:
    """What a file would change, what is wrong with it, and whom it does not name."""

    changes: list[Change] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    rows: int = 0
    new_names: list[str] = field(default_factory=list)
    not_named: list[str] = field(default_factory=list)


def preview_attributes(db: Database, text: str) -> AttributePreview:
    """Say what a CSV file with a row per speaker would change; a blank cell changes nothing."""
    names, rows = _read(text)
    defined = {row["name"].casefold(): row for row in list(db.table("attribute").rows)}
    people = list_speakers(db)
    recorded = {name for person in people for name in person["attributes"]}
    columns = {name: _column(name, defined, recorded) for name in names if name not in _PLACE}
    found = AttributePreview(rows=len(rows))
    found.new_names = sorted(
        name
        for name in columns.values()
        if name != ROLE and name.casefold() not in defined and name not in recorded
    )
    seen: dict[int, int] = {}
    for number, row in enumerate(rows, 2):
        try:
            person = _find(people, row)
            if person["id"] in seen:
                raise BadInput(f"“{person['name']}” stands in row {seen[person['id']]} already.")
            seen[person["id"]] = number
            found.changes += _changes(person, row, columns, defined)
        except BadInput as error:
            found.problems.append(f"Row {number}: {error}")
    found.not_named = [p["name"] for p in people if p["id"] not in seen and p["role"] != ROLES[0]]
    return found


def store_attributes(db: Database, text: str) -> int:
    """Store what the preview shows, all of it, or nothing where anything is wrong."""
    found = preview_attributes(db, text)
    if found.problems:
        more = f" and {len(found.problems) - 1:,} more problems" if len(found.problems) > 1 else ""
        raise BadInput(f"{found.problems[0]}{more}; nothing was stored.")
    people = {person["id"]: person for person in list_speakers(db)}
    wanted: dict[int, dict[str, str]] = {}
    for change in found.changes:
        if change.attribute == ROLE:
            set_role(db, change.speaker_id, change.after)
        else:
            held = wanted.setdefault(
                change.speaker_id, dict(people[change.speaker_id]["attributes"])
            )
            held[change.attribute] = change.after
    for speaker_id, attributes in wanted.items():
        set_attributes(db, speaker_id, attributes)
    return len(found.changes)


_PLACE = (GROUP, SPEAKER, AREA)


def _read(text: str) -> tuple[list[str], list[Row]]:
    if len(text) > LARGEST:
        raise BadInput("The file is larger than 1 MB; it needs only a row per speaker.")
    head = text.lstrip("\ufeff").partition("\n")[0]
    mark = max((",", ";", "\t"), key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark))
    except csv.Error as error:
        raise BadInput(f"The file cannot be read as CSV: {error}.") from error
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        raise BadInput("The file is empty; give a heading and a row per speaker.")
    names = [" ".join(name.split()) for name in lines[0]]
    names = [KNOWN.get(name.casefold(), name) for name in names]
    _check_heading(names)
    if len(lines) - 1 > MOST_ROWS:
        raise BadInput(f"The file has more than {MOST_ROWS:,} rows; it needs one per speaker.")
    return names, list(_rows(names, lines[1:]))


def _check_heading(names: list[str]) -> None:
    if SPEAKER not in names:
        raise BadInput(
            "The file needs a column “speaker” with the names as they stand here; it has: "
            f"{', '.join(name[:40] for name in names[:SHOWN])}."
        )
    folded = [name.casefold() for name in names]
    for number, name in enumerate(names, 1):
        if not name:
            raise BadInput(f"Column {number} has no heading; name it or take it out.")
        if folded.count(name.casefold()) > 1:
            raise BadInput(f"The column “{name[:40]}” stands there twice; keep one of them.")
        check_name(name, "an attribute", 80)


def _rows(names: list[str], lines: list[list[str]]) -> Iterator[Row]:
    for number, line in enumerate(lines, 2):
        if len(line) > len(names) and any(cell.strip() for cell in line[len(names) :]):
            raise BadInput(f"Row {number} has more cells than the heading; mend the file.")
        cells = [" ".join(cell.split()) for cell in line] + [""] * len(names)
        yield dict(zip(names, cells, strict=False))


def _column(name: str, defined: dict[str, Row], recorded: set[str]) -> str:
    if name.casefold() in defined:
        return str(defined[name.casefold()]["name"])
    same = [known for known in recorded if known.casefold() == name.casefold()]
    return same[0] if len(same) == 1 else name


def _find(people: list[Row], row: Row) -> Row:
    fits = [
        person
        for person in people
        if person["name"].casefold() == row[SPEAKER].casefold()
        and row.get(GROUP, "").casefold() in ("", person["group"].casefold())
        and row.get(AREA, "").casefold()
        in ("", person["area"].casefold(), person["area_name"].casefold())
    ]
    if len(fits) == 1:
        return fits[0]
    where = f" in the group “{row[GROUP]}”" if row.get(GROUP) else ""
    if not fits:
        raise BadInput(f"There is no speaker “{row[SPEAKER][:80]}”{where[:120]}.")
    raise BadInput(
        f"There are {len(fits)} speakers “{row[SPEAKER][:80]}”{where[:120]}; name the group"
        f"{' and the area' if where else ''} in a column."
    )


def _changes(
    person: Row, row: Row, columns: dict[str, str], defined: dict[str, Row]
) -> Iterator[Change]:
    for column, name in columns.items():
        value = row[column]
        if not value:
            continue
        before = person["role"] if name == ROLE else person["attributes"].get(name, "")
        if name == ROLE:
            value = _role(value)
        elif value != before:
            value = fit(defined.get(name.casefold(), {"name": name, "kind": "text"}), value)
        if value != before:
            yield Change(person["id"], person["name"], person["group"], name, before, value)


def _role(value: str) -> str:
    if value.casefold() not in ROLES:
        raise BadInput(f"The role of a speaker is moderator or participant, not “{value[:40]}”.")
    return value.casefold()
