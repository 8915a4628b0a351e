"""Keep the first page quick: sqlite-utils imports pandas and numpy if it finds them.

It only uses them to guess column types of frames, which we never hand to it, and they cost two
seconds at every start. So they are out of its sight while it is imported, and there afterwards.
"""

import sys

HEAVY = ("pandas", "numpy")


def import_without_heavy(name: str) -> None:
    """Import a module while the heavy packages cannot be found."""
    if name in sys.modules:
        return
    hidden = [heavy for heavy in HEAVY if heavy not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        __import__(name)
    finally:
        for heavy in hidden:
            del sys.modules[heavy]


import_without_heavy("sqlite_utils")
