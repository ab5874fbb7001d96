"""Values as CQL2 writes them."""

from typing import Any


def literal(value: Any, kind: str) -> str:
    """In a text."""
    if kind == "date":
        return f"DATE('{value}')"
    return quoted(value) if kind == "string" else str(value)


def quoted(value: str) -> str:
    """A text; the sign that ends it is doubled."""
    return "'" + value.replace("'", "''") + "'"


def in_json(value: Any, kind: str) -> Any:
    """In an object."""
    return {"date": value} if kind == "date" else value
