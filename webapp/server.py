"""The application as the server runs it: the first page at once, the heavy packages soon after."""

import gc
import sys
import threading
from importlib import import_module
from multiprocessing.util import Finalize

from flask import Flask

from . import create_app

HEAVY = ("pandas", "scipy.special", "vl_convert")
SWITCH = 0.001  # seconds: who saves a word takes turns with a long page at least that often
AFTER = 2.0  # seconds: the first page comes first


def build() -> Flask:
    """Build the application and, once it has had time to answer, import what charts need."""
    sys.setswitchinterval(SWITCH)
    app = create_app()
    # Granian's workers are processes of multiprocessing, which run no atexit of ours when forked.
    Finalize(None, app.extensions["coproduce"].close, exitpriority=10)
    timer = threading.Timer(AFTER, _import_heavy)
    timer.daemon = True
    timer.start()
    return app


def _import_heavy() -> None:
    """Import what charts need, and leave it out of the search for garbage, which stops everyone."""
    for name in HEAVY:
        import_module(name)
    gc.collect()
    gc.freeze()
