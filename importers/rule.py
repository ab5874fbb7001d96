"""What a rule declares, what it looks at, and what it says."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from shapely.geometry.base import BaseGeometry

from importers.coverage import Relation
from importers.crs.locate import Offset
from importers.deadline import NEVER, Deadline
from importers.not_run import NotRun
from layers.core.layer import Field, Layer
from layers.core.profile import Profile
from layers.core.words import Title


class Severity(StrEnum):
    """What a finding does to its record."""

    NOTE = "note"
    WARNING = "warning"
    REFUSAL = "refusal"


class Moment(StrEnum):
    """When a rule judges: while the district works, when it hands over, when it becomes public."""

    DRAFT = "draft"
    SUBMIT = "submit"
    PUBLISH = "publish"


class Kind(StrEnum):
    """What a rule looks at: one record, many at once, all of them beside the pool, or what came of it all."""

    RECORD = "record"
    BATCH = "batch"
    SET = "set"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Severities:
    """A rule's severity at each moment."""

    draft: Severity
    submit: Severity
    publish: Severity

    def at(self, moment: Moment) -> Severity:
        """The rule's own severity, before the profile has a say."""
        return {Moment.DRAFT: self.draft, Moment.SUBMIT: self.submit, Moment.PUBLISH: self.publish}[moment]


REFUSED = Severities(Severity.WARNING, Severity.REFUSAL, Severity.REFUSAL)
WARNED = Severities(Severity.NOTE, Severity.WARNING, Severity.WARNING)
NOTED = Severities(Severity.NOTE, Severity.NOTE, Severity.NOTE)


@dataclass(frozen=True)
class Trouble:
    """What a rule has seen: the facts of its sentence, and the exact shape of the error (storage CRS)."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    place: BaseGeometry | None = None
    """The ground, line or point that is wrong, never the feature that it was found on."""
    line: int | None = None
    ref: str | None = None
    other_line: int | None = None
    """The second record that it concerns, where there is one."""
    other_ref: str | None = None
    was_there_before: bool = False
    """In the pool already: nobody is held back by it today."""
    repaired: BaseGeometry | None = None
    """The record's shape without the error, for a person to accept or decline."""

    @classmethod
    def between(cls, found: "Overlap | LackingCorner", facts: Mapping[str, Any]) -> "Trouble":
        """Of two features side by side."""
        return cls(facts, found.place, found.line, found.ref, found.other_line, found.other_ref, found.was_there_before)


@dataclass(frozen=True)
class Misfit:
    """A value that is not what its column holds, as the file has it."""

    column: str
    field: str
    kind: str
    value: str


@dataclass(frozen=True)
class Examined:
    """A record that would change the pool, beside what is published."""

    line: int
    ref: str | None
    attributes: Mapping[str, Any]
    """As they would be published: the file's values laid over the published ones."""
    geometry: BaseGeometry | None
    """In the storage CRS."""
    geometry_before: BaseGeometry | None
    is_new: bool
    is_reshaped: bool
    """New, or with another shape than the published one; an old shape is nobody's fault today."""
    misfits: tuple[Misfit, ...] = ()
    is_sound: bool = True
    """The shape is of the layer's kind and valid."""

    @property
    def judged_shape(self) -> BaseGeometry | None:
        """The shape, where this file brings it and it can be measured."""
        return self.geometry if self.is_reshaped and self.is_sound else None


@dataclass(frozen=True)
class Overlap:
    """Two features on the same ground, from the side of a record of the file."""

    line: int
    ref: str | None
    other_line: int | None
    """None where the other is published and not in the file."""
    other_ref: str | None
    relation: Relation
    place: BaseGeometry
    was_there_before: bool


@dataclass(frozen=True)
class Uncovered:
    """Ground between neighbours that none of them covers."""

    line: int
    ref: str | None
    neighbours: tuple[str, ...]
    place: BaseGeometry
    was_there_before: bool


@dataclass(frozen=True)
class LackingCorner:
    """A corner that only one of two neighbours has on their common boundary."""

    line: int
    ref: str | None
    other_line: int | None
    other_ref: str | None
    lacks: str
    """Who has to add it."""
    place: BaseGeometry
    was_there_before: bool


@dataclass(frozen=True)
class Rival:
    """A ref that somebody else has as well."""

    line: int
    ref: str
    other_line: int | None = None
    other_district_id: int | None = None


@dataclass(frozen=True)
class Repair:
    """Letters of the file that had been misread once and were set right."""

    count: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Waiting:
    """A sound record of an operation in which another record is refused."""

    line: int
    ref: str | None
    parent_refs: tuple[str, ...]
    refused_line: int


class SideBySide(Protocol):
    """Questions about all records at once; the pipeline answers them from the database."""

    def repeated_refs(self) -> Iterable[Rival]:
        """Lines that share a ref with another line."""

    def foreign_refs(self) -> Iterable[Rival]:
        """Lines whose ref is another district's."""

    def overlaps(self, deadline: Deadline) -> Iterable[Overlap]:
        """Records that cover the same ground as other records, or as published features that stay as they are."""

    def gaps(self, deadline: Deadline) -> Iterable[Uncovered]:
        """Small or narrow ground that records and their neighbours leave out."""

    def lacking_corners(self, deadline: Deadline) -> Iterable[LackingCorner]:
        """Common boundaries of records and their neighbours that have not the same corners on both sides."""


@dataclass(frozen=True)
class Context:
    """What rules may know beside the record."""

    layer: Layer
    fields: tuple[Field, ...]
    """The layer's columns that a file can fill."""
    profile: Profile
    district_id: int
    outline: BaseGeometry | None
    """The district's published boundary, prepared for many questions."""
    side_by_side: SideBySide
    encoding: str = "UTF-8"
    is_encoding_guessed: bool = False
    repair: Repair = Repair()
    removed_columns: tuple[str, ...] = ()
    proposed_columns: Mapping[str, str] = field(default_factory=dict)
    """Header -> field that it was taken for because it is alike."""
    absent: int = 0
    """Published features that a file of the whole state no longer holds."""
    is_absence_trusted: bool = True
    reprojection: str | None = None
    accuracy_m: float | None = None
    offset: Offset | None = None
    """How far everything lies beside the published features, where that is systematic."""
    waiting: tuple["Waiting", ...] = ()
    """Records of operations that cannot happen whole."""
    is_whole_state: bool = False
    """The sender says that what is absent has ended."""
    deadline: Deadline = NEVER
    """When the rule at work has to be done; long ones look at it on their way."""

    @property
    def draws_no_boundaries(self) -> bool:
        """False for the layer that draws the district boundaries themselves: it cannot lie outside them."""
        return self.layer.id != "districts"


def always(_context: Context) -> NotRun | None:
    """The rule runs on every file."""
    return None


@dataclass(frozen=True)
class Rule:
    """A check with a name and a plain text."""

    id: str
    title: Title
    text: Title
    """What is wrong and what to do; `{facts}` are filled in."""
    severities: Severities
    kind: Kind
    check: Callable[..., Iterable[Any]]
    """A record rule gets (Examined, Context), a batch rule (records, Context) and says of which record each trouble
    is, the others get (Context)."""
    cause: Title | None = None
    """How such a fault usually comes about."""
    remedy: Title | None = None
    """What to do; `{facts}` are filled in. The whole sentence ends with it."""
    why_not: Callable[[Context], NotRun | None] = always
    """The reason why the rule says nothing about this file."""
    forgives_old: bool = False
    """A record rule about shapes: what the published shape has as well is no fault of this file."""

    def severity(self, moment: Moment, profile: Profile) -> Severity:
        """The profile may soften or harden a rule."""
        chosen = profile.severities.get(self.id, {}).get(moment)
        return Severity(chosen) if chosen else self.severities.at(moment)
