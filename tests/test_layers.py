"""The house's one direction of imports: webapp → linkage → {coding, analysis}."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("coding", "analysis", "linkage", "webapp")
MAY_IMPORT = {
    "coding": {"coding"},
    "analysis": {"analysis"},
    "linkage": {"linkage", "coding", "analysis"},
    "webapp": set(PACKAGES),
}
WEB = {"flask", "flask_login", "flask_wtf", "werkzeug", "jinja2", "click", "granian"}


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return names


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package: str) -> None:
    for path in modules(package):
        used = {name.split(".")[0] for name in imports(path)} & set(PACKAGES)
        assert used <= MAY_IMPORT[package], f"{path} imports {used - MAY_IMPORT[package]}"


@pytest.mark.parametrize("package", ["coding", "analysis", "linkage"])
def test_only_webapp_knows_the_web(package: str) -> None:
    for path in modules(package):
        used = {name.split(".")[0] for name in imports(path)} & WEB
        assert not used, f"{path} imports {used}"


def test_sqlite_is_the_copy_that_sqlite_utils_picked() -> None:
    for package in PACKAGES:
        for path in modules(package):
            assert not imports(path) & {"sqlite3", "pysqlite3"}, path


def test_each_layer_is_walked() -> None:
    assert all(len(modules(package)) > 5 for package in PACKAGES)
