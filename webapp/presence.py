"""Who is where in a study: kept in memory, heard a moment ago and forgotten soon after."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from flask_login import current_user

from .current import study

LASTS = 6.0  # seconds after which somebody who is not heard of has gone


@dataclass(frozen=True)
class Present:
    """Somebody at a place, such as a transcript (with the turn they read) or a code."""

    guid: str
    name: str
    turn: int | None
    heard: float


class Presence:
    """The people of all studies; one process serves them all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._places: dict[tuple[str, str], dict[str, Present]] = {}
        self._names: dict[str, str] = {}

    def note(self, study_key: str, place: str, guid: str, name: str, turn: int | None) -> None:
        """Note that somebody is at a place now."""
        with self._lock:
            self._forget()
            there = self._places.setdefault((study_key, place), {})
            there[guid] = Present(guid, name, turn, self._clock())
            self._names[guid] = name

    def at(self, study_key: str, place: str) -> list[Present]:
        """List who is at a place, by name."""
        with self._lock:
            self._forget()
            there = self._places.get((study_key, place), {}).values()
            return sorted(there, key=lambda person: person.name)

    def name(self, guid: str) -> str | None:
        """Return the name of somebody who was heard of since the server started."""
        return self._names.get(guid)

    def _forget(self) -> None:
        oldest = self._clock() - LASTS
        for key, there in list(self._places.items()):
            for guid in [guid for guid, person in there.items() if person.heard < oldest]:
                del there[guid]
            if not there:
                del self._places[key]


def init_app(app: Flask) -> None:
    app.extensions["presence"] = Presence()


def may_see(person: Present) -> bool:
    """Decide whether the signed-in person is shown that somebody is here; never themselves."""
    return person.guid != str(current_user.guid) and not study().member.blind


def others_at(place: str, turn: int | None = None) -> list[dict[str, Any]]:
    """Note the signed-in person at a place of this study, and name the others there."""
    presence: Presence = current_app.extensions["presence"]
    presence.note(study().key, place, current_user.guid, current_user.name, turn)
    found = filter(may_see, presence.at(study().key, place))
    return [{"name": person.name, "turn": person.turn} for person in found]


def name_of(guid: str) -> str:
    """Name somebody who is or was here, for those who have coded nothing in the study."""
    presence: Presence = current_app.extensions["presence"]
    return presence.name(guid) or "Somebody else"
