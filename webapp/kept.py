"""What was drawn from a study, kept for the next reader until something in the study changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from sqlite_utils import Database

from linkage.feed import last_hash

MOST = 64
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock, _drawing = threading.Lock(), threading.Lock()


def kept(db: Database, name: tuple[Any, ...], draw: Callable[[], Any]) -> Any:
    """Return what `draw` makes of the study as `db` sees it, drawn once as long as nothing changes.

    The name must hold all that the drawing depends on beside the recorded tables: whose eyes it
    is for, where people see different things.
    """
    newest = last_hash(db)
    if newest is None:
        return draw()
    key = (newest[1], *name)
    found = _look(key)
    if found is None:
        # One drawing at a time: together they would take as long, and who saves would wait more.
        with _drawing:
            found = _look(key)
            if found is None:
                found = _keep(key, draw())
    return found


def _look(key: tuple[Any, ...]) -> Any:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: tuple[Any, ...], drawn: Any) -> Any:
    with _lock:
        _kept[key] = drawn
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return drawn
