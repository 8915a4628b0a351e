"""The transcripts in the order of their list, and which stand before and after one."""

from sqlite_utils import Database

from ..checks import Row

# The order of `list_transcripts`, without its counts.
ORDER = """
    SELECT t.id, t.title, a.key AS area, a.name AS area_name
    FROM transcript t
    JOIN focus_group g ON g.id = t.focus_group_id JOIN area a ON a.id = g.area_id
    WHERE :area_id IS NULL OR g.area_id = :area_id
    ORDER BY a.position, g.phase, g.held_on, g.name, t.title
    """


def ordered(db: Database, area_id: int | None = None) -> list[Row]:
    """List the titles and areas of the transcripts."""
    return list(db.query(ORDER, {"area_id": area_id}))


def neighbours(db: Database, transcript_id: int) -> Row:
    """Return the transcripts before and after one, its place in the list and how many there are."""
    rows = ordered(db)
    place = next(number for number, row in enumerate(rows) if row["id"] == transcript_id)
    return {
        "place": place + 1,
        "of": len(rows),
        "before": rows[place - 1] if place else None,
        "after": rows[place + 1] if place + 1 < len(rows) else None,
    }
