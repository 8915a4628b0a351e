"""The turns that topics look at."""

from sqlite_utils import Database

from ..checks import Row
from ..queries import spoken_turns
from .asking import Asked


def heard_turns(db: Database, asked: Asked) -> list[Row]:
    """List the turns that topics look at: of anybody but a moderator, with words."""
    return [
        turn
        for turn in spoken_turns(db, asked.groups)
        if turn["role"] != "moderator" and turn["words"] and asked.area_id in (0, turn["area_id"])
    ]
