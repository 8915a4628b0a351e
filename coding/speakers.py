"""Speakers of a focus group: names, roles, attributes and consent by use."""

from collections.abc import Mapping

from sqlite_utils import Database

from .attributes import fit
from .checks import Row, check_date, check_name, check_text, get
from .errors import BadInput

ROLES = ("moderator", "participant")
USES = ("analysis", "publication", "message", "archive")


def list_speakers(
    db: Database, group_id: int | None = None, transcript_id: int | None = None
) -> list[Row]:
    """List speakers with their turns, words, attributes and consents."""
    rows = list(
        db.query(
            """
            SELECT s.id, s.name, s.role, count(u.id) AS turns, coalesce(sum(u.words), 0) AS words,
                s.focus_group_id, s.person_id, g.name AS "group", g.area_id, a.key AS area,
                a.name AS area_name
            FROM speaker s
            JOIN focus_group g ON g.id = s.focus_group_id JOIN area a ON a.id = g.area_id
            LEFT JOIN turn u ON u.speaker_id = s.id
                AND (:transcript_id IS NULL OR u.transcript_id = :transcript_id)
            WHERE (:group_id IS NULL OR s.focus_group_id = :group_id)
                AND (:transcript_id IS NULL OR u.id IS NOT NULL)
            GROUP BY s.id ORDER BY a.position, g.name, s.role, s.name
            """,
            {"group_id": group_id, "transcript_id": transcript_id},
        )
    )
    attributes, decided = _attributes(db), _consents(db)
    for row in rows:
        row["attributes"] = attributes.get(row["id"], {})
        row["consents"] = decided.get(row["id"], {})
    return rows


def get_speaker(db: Database, speaker_id: int) -> Row:
    """Return one speaker."""
    return get(db, "speaker", speaker_id, "speaker")


def rename_speaker(db: Database, speaker_id: int, name: str) -> None:
    """Give a speaker another name; the transcript's own words do not change."""
    speaker = get(db, "speaker", speaker_id, "speaker")
    name = check_name(name, "a speaker")
    if name == speaker["name"]:
        return
    if db.table("speaker").count_where(
        "focus_group_id = ? AND name = ?", [speaker["focus_group_id"], name]
    ):
        raise BadInput(f"The focus group has a speaker “{name}” already; choose another name.")
    db.table("speaker").update(speaker_id, {"name": name})


def set_role(db: Database, speaker_id: int, role: str) -> None:
    """Make a speaker a moderator or a participant."""
    get(db, "speaker", speaker_id, "speaker")
    if role not in ROLES:
        raise BadInput(f"The role of a speaker is moderator or participant, not “{role[:40]}”.")
    db.table("speaker").update(speaker_id, {"role": role})


def set_attributes(db: Database, speaker_id: int, attributes: Mapping[str, str]) -> None:
    """Replace what is recorded about a speaker; a blank value is not recorded.

    Raises BadInput where a value is not of its attribute's kind; one recorded before may stay.
    """
    get(db, "speaker", speaker_id, "speaker")
    known = {
        str(row["name"]): row
        for row in list(db.table("speaker_attribute").rows_where("speaker_id = ?", [speaker_id]))
    }
    wanted = _checked_attributes(db, attributes, {name: r["value"] for name, r in known.items()})
    with db.atomic():
        for name in known.keys() - {name for name, value in wanted.items() if value}:
            db.table("speaker_attribute").delete(known[name]["id"])
        for name, value in wanted.items():
            if value and name not in known:
                row = {"speaker_id": speaker_id, "name": name, "value": value}
                db.table("speaker_attribute").insert(row)
            elif value and known[name]["value"] != value:
                db.table("speaker_attribute").update(known[name]["id"], {"value": value})


def set_consent(
    db: Database,
    speaker_id: int,
    use: str,
    given: bool,
    form_version: str | None = None,
    decided_on: str | None = None,
    withdrawn_on: str | None = None,
) -> None:
    """Record what a speaker decided about one use of their words."""
    get(db, "speaker", speaker_id, "speaker")
    if use not in USES:
        raise BadInput(f"Consent is by use, and “{use[:40]}” is none of {', '.join(USES)}.")
    values = {
        "given": int(given),
        "form_version": check_text(form_version or "", "The form version", 80) or None,
        "decided_on": check_date(decided_on, "The date of consent"),
        "withdrawn_on": check_date(withdrawn_on, "The date of withdrawal"),
    }
    known = list(db.table("consent").rows_where("speaker_id = ? AND use = ?", [speaker_id, use]))
    if known:
        db.table("consent").update(known[0]["id"], values)
    else:
        db.table("consent").insert({"speaker_id": speaker_id, "use": use, **values})


def consents(db: Database, speaker_id: int) -> list[Row]:
    """List what a speaker decided, one row a use that is recorded."""
    rows = list(db.table("consent").rows_where("speaker_id = ?", [speaker_id]))
    return sorted(rows, key=lambda row: USES.index(row["use"]))


def has_consent(db: Database, speaker_id: int, use: str) -> bool | None:
    """Say whether a speaker allows a use of their words now; None where nothing is recorded."""
    return _consents(db, speaker_id).get(speaker_id, {}).get(use)


def _checked_attributes(
    db: Database, attributes: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, str]:
    defined = {row["name"].casefold(): row for row in list(db.table("attribute").rows)}
    wanted: dict[str, str] = {}
    for typed, text in attributes.items():
        name = check_name(typed, "an attribute", 80)
        value = check_text(text, f"The attribute “{name}”", 500)
        if attribute := defined.get(name.casefold()):
            kept = known.get(name) == value
            name, value = attribute["name"], value if kept or not value else fit(attribute, value)
        wanted[name] = value
    return wanted


def _attributes(db: Database) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for row in list(db.table("speaker_attribute").rows_where(order_by="speaker_id, name")):
        found.setdefault(row["speaker_id"], {})[row["name"]] = row["value"]
    return found


def _consents(db: Database, speaker_id: int | None = None) -> dict[int, dict[str, bool]]:
    where = "? IS NULL OR speaker_id = ?"
    found: dict[int, dict[str, bool]] = {}
    for row in list(db.table("consent").rows_where(where, [speaker_id, speaker_id])):
        allowed = bool(row["given"]) and row["withdrawn_on"] is None
        found.setdefault(row["speaker_id"], {})[row["use"]] = allowed
    return found
