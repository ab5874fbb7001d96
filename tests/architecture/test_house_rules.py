"""Rules of the house that no linter knows."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("gisserver", "importers", "layers", "sql", "demo")
SOURCES = sorted(
    file for package in PACKAGES for file in (ROOT / package).rglob("*.py") if "node_modules" not in file.parts
)
LONGEST = 400
UNWELCOME = {"utils", "helpers", "common", "misc", "manager", "util", "helper"}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_statement_is_put_together_from_text(file: Path):
    """What reaches text() or execute() is a name, a literal or a named query, never a composed string."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in ("text", "execute", "exec_driver_sql"):
            composed = isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
            assert not composed, f"{file.name}:{node.lineno}"


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_is_one_idea_that_fits_on_a_desk(file: Path):
    assert file.stem not in UNWELCOME
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_city_is_in_the_code():
    """Promise 8: what is of one place stands in its profile."""
    for file in SOURCES:
        if "demo" in file.relative_to(ROOT).parts:
            continue
        words = file.read_text(encoding="utf-8").lower()
        for place in ("izmir", "i̇zmir", "5253", "épinay"):
            allowed = file.name == "settings.py" and place == "izmir"
            assert allowed or place not in words, f"{place} in {file.relative_to(ROOT)}"


def test_the_packages_are_those_of_this_checkout():
    for package in PACKAGES:
        module = __import__(package)
        assert Path(module.__file__).is_relative_to(ROOT)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
