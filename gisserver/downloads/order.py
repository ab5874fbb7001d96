"""What a process apart is asked to write, in words that go over a pipe."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gisserver.one_line import OneLine
from layers.core.store import Actor

BUNDLE = "bundle"
"""The format of a district's bundle."""


@dataclass(frozen=True)
class Order(OneLine):
    """A question as its address carries it, who asks, and the file to make."""

    database_url: str
    profile: str
    layer: str
    format: str
    arguments: Mapping[str, str]
    role: str
    district_id: int | None
    account_id: int | None
    target: str
    query_seconds: int
    most_bytes: int

    @property
    def actor(self) -> Actor:
        """Whose rights count in the database."""
        return Actor(self.role, self.district_id, self.account_id)

    @property
    def path(self) -> Path:
        """Of the file."""
        return Path(self.target)
