"""Parts of an OpenAPI document."""

from collections.abc import Iterator
from typing import Any


def every(part: Any) -> Iterator[dict[str, Any]]:
    """All objects of a document."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from every(inner)
