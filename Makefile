# One word an action. Everything is installed into .venv inside the checkout, from the lock files.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Stands in for an editable install, whose absolute paths break when the checkout is moved.
define LINK
echo ../../../.. > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/coproduce.pth"
printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -P -m webapp.cli "$$@"\n' > $(BIN)/coproduce
chmod +x $(BIN)/coproduce
endef

.PHONY: demo test lint bench soak lock clean

demo: .venv/run.done
	$(BIN)/coproduce demo

test: .venv/dev.done
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -m "not slow and not browser" -n auto --dist loadfile
	$(BIN)/python -m pytest -m "browser and not slow"

lint: .venv/dev.done
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

bench: .venv/dev.done
	$(BIN)/python -m tests.benchmarks

soak: .venv/dev.done
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest

lock: .venv/dev.done
	$(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml --group dev -o requirements-dev.lock

clean:
	rm -rf .venv .venv-taguette build dist *.egg-info

.venv/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Coproduce needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/run.done: .venv/made requirements.lock pyproject.toml
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(LINK)
	touch $@

.venv/dev.done: .venv/made requirements-dev.lock pyproject.toml
	$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	$(LINK)
	touch $@
