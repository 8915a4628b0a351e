"""How old what was learned is: which rows that it was learned from changed since."""

from sqlite_utils import Database


def changed_since(db: Database, fitted_at: str) -> int:
    """Count the codings, codes and corrections made, changed or removed since a time.

    What a limited person does not see is not counted for them.
    """
    return int(db.execute(COUNT, {"since": fitted_at}).fetchone()[0])


# Numbers of changes run with time, so the first one since then cuts the rows by their index.
COUNT = """
    SELECT count(DISTINCT r.object || ' ' || r.object_id)
    FROM change_row r JOIN change c ON c.id = r.change_id
    WHERE c.hash IS NOT NULL AND c.at > :since
        AND r.object IN ('coding', 'code', 'correction', 'transcript')
    """
