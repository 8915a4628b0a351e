"""Turns drawn for the desk; a turn that looks as it did is not drawn again."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import current_app

from .turn_text import TurnText


def draw_turns(turns: Sequence[TurnText], issue_names: Mapping[str, str]) -> str:
    """Draw a whole text, with the headings between its turns."""
    drawn: str = _macros().draw(turns, issue_names, draw_turn)
    return drawn


@lru_cache(maxsize=4096)
def draw_turn(turn: TurnText) -> str:
    """Draw one turn with its marks."""
    drawn: str = _macros().draw_turn(turn)
    return drawn


def _macros() -> Any:
    # What a macro gives back is escaped already, and templates know it.
    return current_app.jinja_env.get_template("desk/turns.html").module
