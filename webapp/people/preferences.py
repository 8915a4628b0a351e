"""How a person likes to work in a study: favourite codes, keys, snapping; theirs alone."""

import json

from coding.errors import BadInput

from .base import Base, Row

DIGITS = frozenset("123456789")
SNAPPING = ("exactly", "word", "sentence")
MOST_KEYS = 60
LONGEST = 40  # characters of an action's or a key's name


def check_preferences(given: Row) -> Row:
    """Return preferences as they are stored, or say what is wrong with one."""
    if not set(given.get("favourites", {})) <= DIGITS:
        raise BadInput("Favourite codes stand on the digits 1 to 9.")
    keys = given.get("keys", {})
    if len(keys) > MOST_KEYS or any(len(word) > LONGEST for pair in keys.items() for word in pair):
        raise BadInput(f"There can be {MOST_KEYS} keys of {LONGEST} characters; send fewer.")
    if len(set(keys.values())) < len(keys):
        raise BadInput("Two actions cannot have the same key; give one of them another.")
    if given.get("snapping", SNAPPING[0]) not in SNAPPING:
        raise BadInput(f"Snapping is one of: {', '.join(SNAPPING)}.")
    return given


class Preferences(Base):
    """A person's preferences by study, each under its name."""

    def preferences(self, user_id: int, study_key: str) -> Row:
        """Return a person's preferences in a study; what was never set is absent."""
        rows = self.rows(
            "SELECT name, value FROM preference WHERE user_id = ? AND study_key = ?",
            [user_id, study_key],
        )
        return {row["name"]: json.loads(row["value"]) for row in rows}

    def set_preferences(self, user_id: int, study_key: str, given: Row) -> Row:
        """Set the preferences given, leave the others, and return all."""
        checked = check_preferences(given)
        sql = (
            "INSERT INTO preference (user_id, study_key, name, value) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (user_id, study_key, name) DO UPDATE SET value = excluded.value"
        )
        rows = [(user_id, study_key, name, json.dumps(value)) for name, value in checked.items()]
        self.change(lambda db: db.conn.executemany(sql, rows).rowcount)
        return self.preferences(user_id, study_key)
