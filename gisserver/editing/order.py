"""What the process apart is asked, and what it answers: one line of JSON each way."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from layers.core.edits import Hindrance, Wish
from layers.core.store import Actor

DATABASE = "EDITS_DATABASE_URL"
"""In the process's environment, which nobody else may read; the path of the profile likewise."""
PROFILE = "EDITS_PROFILE"


class Became(StrEnum):
    """Of the edits of one request."""

    PUBLISHED = "published"
    SUBMITTED = "submitted"
    TRIED = "tried"
    """They would go through; nothing is kept."""
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    """By rules."""
    HINDERED = "hindered"
    OVERTAKEN = "overtaken"
    """Somebody else was faster by the blink of an eye."""
    WAITING = "waiting"
    """A publish that has to end first takes too long."""
    AWAY = "away"
    """The database is not to be reached."""
    NOT_YOURS = "not_yours"
    BROKEN = "broken"


@dataclass(frozen=True)
class Order:
    """Who wants what, in which language, and the bytes as they came."""

    actor: Actor
    wish: Wish
    body: bytes
    language: str

    @classmethod
    def parse(cls, line: str) -> Self:
        """What `line` has written."""
        said = json.loads(line)
        return cls(Actor(**said["actor"]), Wish.parse(said["wish"]), base64.b64decode(said["body"]), said["language"])

    @property
    def line(self) -> str:
        """As it goes over the pipe."""
        return json.dumps({**asdict(self), "body": base64.b64encode(self.body).decode()}) + "\n"


@dataclass(frozen=True)
class Item:
    """A feature that the request changes, or asks for as it is."""

    kind: str
    """insert, update, retire; same where nothing changes."""
    number: int | None
    """Of the edit; None where the feature ends because others take its ground."""
    layer_id: str
    uid: UUID
    ref: str
    version: int


@dataclass(frozen=True)
class Outcome:
    """What became of an order."""

    became: Became
    items: tuple[Item, ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    changeset_id: int | None = None
    epoch: int | None = None
    hindrance: Hindrance | None = None
    number: int | None = None
    """Of the edit that is hindered."""
    ref: str | None = None

    @classmethod
    def parse(cls, line: str) -> Self:
        """What `line` has written."""
        said = json.loads(line)
        items = (Item(**{**item, "uid": UUID(item["uid"])}) for item in said["items"])
        hindrance = Hindrance(said["hindrance"]) if said["hindrance"] else None
        became = Became(said["became"])
        return cls(**{**said, "became": became, "items": tuple(items), "hindrance": hindrance})

    @property
    def line(self) -> str:
        """As it goes over the pipe."""
        return json.dumps(asdict(self), default=str) + "\n"
