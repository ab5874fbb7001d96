"""What other programs ask to be changed, feature by feature: the same words for who reads and who checks it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST_EDITS = 1_000
"""In one request; more is a file."""
WHICHEVER = "*"
"""In place of a validator: whatever version there is."""


class Action(StrEnum):
    """What is to become of a feature."""

    CREATE = "create"
    REPLACE = "replace"
    PATCH = "patch"
    DELETE = "delete"


@dataclass(frozen=True)
class Edit:
    """One feature as it is to be."""

    number: int
    """Counted from 1 in the order of the request."""
    action: Action
    layer_id: str
    feature_id: str | None = None
    """Its uid or ref, as the address has it."""
    may_create: bool = False
    """Of a replacement: where there is nothing yet, it is created under that ref."""
    must_be_new: bool = False
    validators: tuple[str, ...] | None = None
    """Of the versions that it may be made from; None where nothing is said about them."""
    district_id: int | None = None
    """Whose the feature is, where that is said."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Field -> value as it was sent; None where it is to be empty."""
    has_shape: bool = False
    shape: Mapping[str, Any] | None = None
    """GeoJSON geometry, east before north."""


@dataclass(frozen=True)
class Wish:
    """All of it, or nothing."""

    edits: tuple[Edit, ...]
    srid: int
    """The system of the shapes."""
    district_id: int | None
    """Whose new features are where nothing is said about it."""
    title: str
    is_trial: bool = False
    """What would change is told, and nothing kept."""

    @classmethod
    def parse(cls, said: Mapping[str, Any]) -> "Wish":
        """What asdict has made of it, after a way through JSON."""
        edits = (
            Edit(
                **{
                    **one,
                    "action": Action(one["action"]),
                    "validators": None if one["validators"] is None else tuple(one["validators"]),
                }
            )
            for one in said["edits"]
        )
        return cls(**{**said, "edits": tuple(edits)})


class Hindrance(StrEnum):
    """Why an edit cannot even be checked."""

    ABSENT = "absent"
    STALE = "stale"
    NO_VALIDATOR = "no_validator"
    EXISTS = "exists"
    RENAMED = "renamed"
    MOVED = "moved"
    """To another district."""
    TWICE = "twice"
    SEVERAL_DISTRICTS = "several_districts"


class CannotEdit(Exception):
    """The request as a whole stays without effect."""

    def __init__(self, why: Hindrance, edit: Edit, ref: str | None = None) -> None:
        self.why, self.edit, self.ref = why, edit, ref
        super().__init__(f"Edit {edit.number}: {why}")


def validator(uid: uuid.UUID, version: int) -> str:
    """Names a version of a feature: another feature of the same ref has another one."""
    return f"{version}-{uid.hex[:12]}"


def is_named(wanted: str, uid: uuid.UUID, version: int) -> bool:
    """Whether a validator is this version's, in whichever format it was answered."""
    own = validator(uid, version)
    return wanted in (WHICHEVER, own) or wanted.startswith(f"{own}-")
