"""First page from a cold start: a new process until the sign-in page is answered."""

import subprocess
import sys
import tempfile

from .timing import compare, seconds, show

ANSWER = (
    "import sys; {before}; import webapp; app = webapp.create_app({folder!r});"
    "assert app.test_client().get('/sign-in').status_code == 200;"
    "heavy = [m for m in ('spacy', 'pandas', 'numpy', 'sklearn', 'pydantic') if m in sys.modules];"
    "assert heavy == {heavy!r}, heavy"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:

        def start(before: str, heavy: list[str]) -> None:
            code = ANSWER.format(before=before, folder=folder, heavy=heavy)
            subprocess.run([sys.executable, "-c", code], check=True)

        lean = show("as it is", seconds(lambda: start("pass", [])))
        full = show(
            "letting sqlite-utils import pandas",
            seconds(lambda: start("import sqlite_utils", ["pandas", "numpy"]), 3),
        )
        compare(lean, full, "quicker as it is")
