"""Who saw results of which wave, and when first: noted by itself, once a kind."""

import threading

from flask import Flask, Response, current_app, g, request
from flask_login import current_user

from coding.errors import NotFound
from linkage import areas
from linkage.areas import study_row
from linkage.plans import note_seen, was_seen
from linkage.waves import answered_waves, find_wave_id

from .current import CurrentStudy, as_coder
from .permissions import ROUTES
from .writer import NotSaved

# Need “see results”, yet tell no outcome by arm: which files there are and how they are read, what
# was asked, who answered, how much time people gave before any nudge. Looking there before a plan
# is frozen spoils nothing.
NO_RESULTS = frozenset(
    [
        "responses.index",
        "responses.mapping_file",
        "dictionary.index",
        "dictionary.quality",
        "dictionary.response",
        "dictionary.download",
        "api.dictionary",
        "api.answer_quality",
        "api.response_rates",
        "time_use.index",
        "time_use.download",
        "api.time_use",
    ]
)
KEPT = "result_sight"
Sight = tuple[str, int, str, str]


class Sights:
    """What is known to be noted already, in the memory of this process."""

    def __init__(self) -> None:
        self._known: set[Sight] = set()
        self._lock = threading.Lock()

    def __contains__(self, sight: Sight) -> bool:
        return sight in self._known

    def add(self, sight: Sight) -> None:
        with self._lock:
            self._known.add(sight)


def init_app(app: Flask) -> None:
    app.extensions[KEPT] = Sights()
    app.after_request(_note)


def _note(response: Response) -> Response:
    """Note a successful look at results; whatever hinders that does not hinder the answer."""
    endpoint = request.endpoint or ""
    if request.method != "GET" or response.status_code != 200 or "study" not in g:
        return response
    if ROUTES.get(endpoint) != "see results" or endpoint in NO_RESULTS:
        return response
    try:
        _note_wave(g.study, request.blueprint or "results")
    except NotSaved:
        current_app.logger.exception("a look at results could not be noted")
    return response


def _note_wave(study: CurrentStudy, what: str) -> None:
    wave_id = _wave(study)
    if wave_id is None:
        return
    sights: Sights = current_app.extensions[KEPT]
    sight = (str(study.path), wave_id, current_user.guid, what)
    if sight in sights:
        return
    if not was_seen(study.db, wave_id, current_user.guid, what):
        if study_row(study.db)["archived_at"]:
            return
        study.change(
            f"see results: {what.replace('_', ' ')}",
            as_coder(lambda db, coder_id: note_seen(db, wave_id, coder_id, what)),
            kind="fixed",
        )
    sights.add(sight)


def _wave(study: CurrentStudy) -> int | None:
    """Return the wave whose results a request shows; None where it has no answers."""
    asked = (request.view_args or {}).get("wave") or request.args.get("wave")
    try:
        wave_id = find_wave_id(study.db, asked) if asked or areas.waves(study.db) else None
    except NotFound:
        return None
    return wave_id if wave_id in answered_waves(study.db) else None
