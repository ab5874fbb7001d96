"""What goes over a pipe to a process apart, and back, in one line of JSON."""

import json
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True)
class OneLine:
    """Its fields hold nothing that JSON lacks."""

    @classmethod
    def parse(cls, words: str) -> Self:
        """What `words` has written."""
        return cls(**json.loads(words))

    @property
    def words(self) -> str:
        """The line."""
        return json.dumps(asdict(self))
