"""What a process apart is asked to write, in words that go over a pipe."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from layers.core.store import Actor

BUNDLE = "bundle"
"""The format of a district's bundle."""


@dataclass(frozen=True)
class Order:
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

    @classmethod
    def parse(cls, words: str) -> "Order":
        """What `words` has written."""
        return cls(**json.loads(words))

    @property
    def words(self) -> str:
        """One line."""
        return json.dumps(asdict(self))

    @property
    def actor(self) -> Actor:
        """Whose rights count in the database."""
        return Actor(self.role, self.district_id, self.account_id)

    @property
    def path(self) -> Path:
        """Of the file."""
        return Path(self.target)
