"""Looking behind a pseudonym: recorded first, without the name, and only then shown."""

from sqlite_utils import Database

from ..checks import Row, get, insert, now
from ..errors import NotFound
from . import key_file

USES = """
    SELECT u.use, u.used_at, o.name AS coder, p.pseudonym FROM key_use u
    JOIN coder o ON o.id = u.coder_id LEFT JOIN pseudonym p ON p.id = u.pseudonym_id
    ORDER BY u.id DESC LIMIT ?
    """


def note_use(study: Database, coder_id: int, use: str, pseudonym_id: int | None = None) -> int:
    """Record a use of the key: who looked up which pseudonym, or exported or deleted it."""
    if pseudonym_id is not None:
        get(study, "pseudonym", pseudonym_id, "pseudonym")
    row = {"use": use, "pseudonym_id": pseudonym_id, "coder_id": coder_id, "used_at": now()}
    return insert(study, "key_use", row)


def behind(key: Database, study: Database, pseudonym_id: int) -> list[str]:
    """Return what stands behind a pseudonym; note the use before you show it."""
    pseudonym = get(study, "pseudonym", pseudonym_id, "pseudonym")["pseudonym"]
    for row in key_file.hidden_rows(key, study):
        if row["pseudonym"].casefold() == pseudonym.casefold():
            names = key_file.list_names(key)
            return list(next(r for r in names if r["pseudonym"] == row["pseudonym"])["forms"])
    raise NotFound(f"The key does not know “{pseudonym}”; it was moved away, or never held it.")


def uses(study: Database, limit: int = 100) -> list[Row]:
    """List the uses of the key, newest first."""
    return list(study.query(USES, [limit]))


def list_pseudonyms(study: Database, key: Database | None) -> list[Row]:
    """List the pseudonyms of the study, and whether the key knows who each is."""
    known = {row["pseudonym"].casefold() for row in key_file.hidden_rows(key, study)} if key else ()
    rows = list(study.query("SELECT id, pseudonym, kind, hidden_at FROM pseudonym ORDER BY id"))
    return [{**row, "known": row["pseudonym"].casefold() in known} for row in rows]
