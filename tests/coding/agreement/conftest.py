"""irrCAC from the package index in an environment of its own: it pins old numpy and pandas."""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[3] / ".venv-irrcac"
VERSION = "0.4.4"
PYTHON = HOME / ("Scripts" if sys.platform == "win32" else "bin") / "python"
# One line of ratings in, one line of coefficients out; it rounds at the fifth decimal otherwise.
ASKED = """
import json, sys, warnings
warnings.simplefilter("ignore")
import numpy as np, pandas as pd
from irrCAC.raw import CAC
for line in sys.stdin:
    asked = json.loads(line)
    frame = pd.DataFrame(np.array(asked["ratings"], dtype=float).T)
    cac = CAC(frame, weights="identity", categories=asked["categories"], digits=15)
    found = {"fleiss_kappa": cac.fleiss(), "gwet_ac1": cac.gwet(),
             "krippendorff_alpha": cac.krippendorff(), "cohen_kappa": cac.conger()}
    values = {name: one["est"]["coefficient_value"] for name, one in found.items()}
    values["percent"] = found["gwet_ac1"]["est"]["pa"]
    print(json.dumps({name: float(value) for name, value in values.items()}), flush=True)
"""
Ask = Callable[[list[list[float | None]], list[int]], dict[str, float]]


def install() -> str:
    """Install it where it is not yet; return why that is impossible, or nothing."""
    try:
        if not PYTHON.exists():
            venv.create(HOME, with_pip=True)
        if _runs("import irrCAC"):
            return ""
        command = [PYTHON, "-m", "pip", "install", "-q", f"irrCAC=={VERSION}"]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        return said.decode(errors="replace").strip().splitlines()[-1]
    return ""


def _runs(code: str) -> bool:
    return subprocess.run([PYTHON, "-c", code], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def irrcac() -> Iterator[Ask]:
    """Return a function that asks irrCAC for its coefficients of ratings (coders, units)."""
    if reason := install():
        pytest.skip(f"irrCAC cannot be installed here: {reason}")
    with subprocess.Popen(
        [PYTHON, "-c", ASKED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    ) as process:
        assert process.stdin
        assert process.stdout

        def ask(ratings: list[list[float | None]], categories: list[int]) -> dict[str, float]:
            asked = {"ratings": ratings, "categories": categories}
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            assert answer, process.stderr and process.stderr.read()
            found: dict[str, float] = json.loads(answer)
            return found

        yield ask
        process.stdin.close()
