"""Plain SQL in files: migrations, functions and named queries."""

import re
from functools import cache
from importlib import resources
from pathlib import Path

_NAME = re.compile(r"^-- name: *(\S+) *\n", re.MULTILINE)
_PARAMETER = re.compile(r"(?<![:\w]):([a-z_]+)")


class UnknownQuery(Exception):
    """There is no statement with that name in sql/queries."""


@cache
def queries(file: str) -> dict[str, str]:
    """The named statements of sql/queries/<file>.sql, in the file's order."""
    text = (resources.files("sql") / "queries" / f"{file}.sql").read_text(encoding="utf-8")
    _, *parts = _NAME.split(text)
    return {name: statement.strip() for name, statement in zip(parts[::2], parts[1::2], strict=True)}


@cache
def query(name: str) -> str:
    """The statement "file.name"; a file is one subject, a name one statement."""
    file, _, statement = name.partition(".")
    try:
        return queries(file)[statement]
    except (FileNotFoundError, KeyError) as cause:
        raise UnknownQuery(f"There is no query {name!r} in sql/queries.") from cause


@cache
def numbered(name: str) -> tuple[str, tuple[str, ...]]:
    """The statement with $1, $2 … for its parameters, as PREPARE wants it, and their names in that order."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return _PARAMETER.sub(number, query(name)), tuple(names)


def migrations_folder() -> Path:
    """Where yoyo finds the numbered migrations."""
    return Path(__file__).parent / "migrations"


def functions() -> list[str]:
    """The texts of sql/functions, in the order of their numbers."""
    return [file.read_text(encoding="utf-8") for file in sorted((Path(__file__).parent / "functions").glob("*.sql"))]
