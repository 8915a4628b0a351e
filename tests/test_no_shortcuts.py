"""What must not stand anywhere in the product: ways around escaping, and unsafe loading."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("coding", "analysis", "linkage", "webapp")
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE)\b.*\b(FROM|INTO|SET)\b", re.DOTALL)
CALLS = {"Markup", "joblib.load", "yaml.load", "pickle.load", "pickle.loads", "eval", "exec"}

SOURCES = [file for name in PACKAGES for file in sorted((ROOT / name).rglob("*.py"))]
PAGES = [
    file
    for pattern in ("*.html", "*.mjs")
    for file in sorted((ROOT / "webapp").rglob(pattern))
    if "vendor" not in file.parts
]


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_unsafe_call_and_no_sql_from_strings(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in CALLS, node.lineno
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", "")}
            assert not names & {"pickle", "yaml", "joblib", "marshal", "shelve"}, node.lineno
        if isinstance(node, ast.JoinedStr):
            assert not SQL.search(ast.unparse(node)), node.lineno


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_page_writes_markup_it_was_given(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for wrong in ("| safe", "|safe", "autoescape false", "insertAdjacentHTML", "document.write"):
        assert wrong not in text, wrong
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"\sstyle=", text)
