"""What a rule declares, what it looks at, and what it says."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from shapely.geometry.base import BaseGeometry

from importers.bundle_sent import SentBundle
from importers.coverage import Relation
from importers.crs.evidence import Offset
from importers.deadline import NEVER, Deadline
from importers.merging.joined import JOINED_WITH_NOTHING, Joined
from importers.nearby import Nearby
from importers.not_run import NotRun
from importers.operations.operation import Operation
from layers.core.allowed import ANYTHING, Allowed
from layers.core.layer import Field, Layer
from layers.core.operations import OperationKind
from layers.core.profile import Profile
from layers.core.words import Title


class Severity(StrEnum):
    """What a finding does to its record."""

    NOTE = "note"
    WARNING = "warning"
    REFUSAL = "refusal"


def milder(one: Severity, other: Severity) -> Severity:
    """A note is milder than a warning, and that than a refusal."""
    return min(one, other, key=list(Severity).index)


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
    at_most: Severity = Severity.REFUSAL
    """Milder than the rule where it rests on figures that nobody has confirmed."""
    repaired: BaseGeometry | None = None
    """The record's shape without the error, for a person to accept or decline."""

    @classmethod
    def between(cls, found: "Overlap | LackingCorner", facts: Mapping[str, Any]) -> "Trouble":
        """Of two features side by side."""
        return cls(facts, found.place, found.line, found.ref, found.other_line, found.other_ref, found.was_there_before)


THE_DEPARTMENT = Title("birim", "the department")
"""Who did something, where no name is kept."""
WITHHELD = "withheld"
"""Kind of a misfit that told about a person: what is published stays, and the value is nowhere."""


@dataclass(frozen=True)
class Misfit:
    """A value that is not what its column holds, as the file has it."""

    column: str
    field: str
    kind: str
    """What the column holds, or what is wrong with a value of that kind."""
    value: str


@dataclass(frozen=True)
class OtherUnit:
    """A column in another unit than the field's."""

    field: Title
    unit: str
    unit_of_field: str | None
    is_convertible: bool


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

    def text(self, name: str) -> str | None:
        """What the field says, where it says anything."""
        value = self.attributes.get(name)
        return None if value is None else str(value)

    def number(self, name: str) -> float | None:
        """The field as a number; None where it is empty or holds something else."""
        value = self.attributes.get(name)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def day(self, name: str) -> datetime.date | None:
        """The field as a day; None where it is empty or holds something else."""
        try:
            return datetime.date.fromisoformat(str(self.attributes.get(name)))
        except ValueError:
            return None


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
class NearMiss:
    """Corners of a record that end beside the boundary of published neighbours."""

    line: int
    ref: str | None
    neighbours: tuple[str, ...]
    count: int
    furthest_m: float
    place: BaseGeometry
    """The ways from the corners to the boundary."""
    repaired: BaseGeometry | None
    """The shape with these corners on it; None where that would spoil it."""


@dataclass(frozen=True)
class AcceptedRepair:
    """A shape that a person has accepted in place of the one that was sent."""

    line: int
    ref: str | None
    rule: Title
    """Of the rule that has proposed it."""
    by: str | None
    on: datetime.date
    area_change_m2: float
    place: BaseGeometry | None
    """What the two shapes do not have in common."""


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

    def near_misses(self, deadline: Deadline) -> Iterable[NearMiss]:
        """New or reshaped records with corners that lie beside the boundary of a feature that stays as it is."""


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
    nearby: Nearby
    encoding: str = "UTF-8"
    is_encoding_guessed: bool = False
    repair: Repair = Repair()
    removed_columns: tuple[str, ...] = ()
    withheld_cells: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Header -> lines whose cell told about a person and was left out."""
    columns_in_other_units: Mapping[str, OtherUnit] = field(default_factory=dict)
    """Header -> units, of columns that are left out because of theirs."""
    proposed_columns: Mapping[str, str] = field(default_factory=dict)
    """Header -> field that it was taken for because it is alike."""
    absent: int = 0
    """Published features that a file of the whole state no longer holds."""
    is_absence_trusted: bool = True
    reprojection: str | None = None
    accuracy_m: float | None = None
    offset: Offset | None = None
    """How far everything lies beside the published features, where that is systematic."""
    system: str = ""
    """The reading of the coordinates that is used."""
    rival_systems: tuple[str, ...] = ()
    """Readings that fit as well, where nothing published confirms the one that is used."""
    operations: tuple[Operation, ...] = ()
    """What became of what, sure or not."""
    declared_operations: Mapping[int, OperationKind] = field(default_factory=dict)
    """Line -> what the file says of it."""
    unknown_operations: Mapping[str, int] = field(default_factory=dict)
    """Words for operations that nobody knows -> the first line that has them."""
    system_before: str | None = None
    """The reading of the same source's last file, where the worker took this one by itself."""
    waiting: tuple["Waiting", ...] = ()
    """Records of operations that cannot happen whole."""
    joined: Joined = JOINED_WITH_NOTHING
    """What became of the features that the pool has changed since the file was taken."""
    bundle: SentBundle | None = None
    """What became of the district's bundle on its way, where the file is one."""
    accepted_repairs: tuple[AcceptedRepair, ...] = ()
    """Those that were laid over the file."""
    is_whole_state: bool = False
    """The sender says that what is absent has ended."""
    is_part_called_whole: bool = False
    """The sender says so of a file that holds only the refused records of another."""
    deadline: Deadline = NEVER
    """When the rule at work has to be done; long ones look at it on their way."""

    today: datetime.date = datetime.date.max
    """The day the file was sent, so that checking it again finds the same."""

    @cached_property
    def allowed(self) -> Mapping[str, Allowed]:
        """Field -> what its values may be, by the layer and the profile; fields of any value are left out."""
        here = self.profile.allowed.get(self.layer.id, {})
        declared = {"ref": ANYTHING, **{field.name: field.allowed for field in self.fields}}
        merged = {name: here.get(name, ANYTHING).over(allowed) for name, allowed in declared.items()}
        return {name: allowed for name, allowed in merged.items() if allowed != ANYTHING}

    def title_of(self, name: str) -> Mapping[str, str]:
        """A field's name as a fact of a sentence."""
        title = next((field.title for field in self.fields if field.name == name), Title(name, name))
        return title.written

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
    """What is wrong; `{facts}` are filled in."""
    cause: Title
    """How such a fault usually comes about."""
    remedy: Title
    """What to do; `{facts}` are filled in. The whole sentence ends with it."""
    severities: Severities
    kind: Kind
    check: Callable[..., Iterable[Any]]
    """A record rule gets (Examined, Context), a batch rule (records, Context) and says of which record each trouble
    is, the others get (Context)."""
    why_not: Callable[[Context], NotRun | None] = always
    """The reason why the rule says nothing about this file."""
    forgives_old: bool = False
    """A record rule about shapes: what the published shape has as well is no fault of this file."""

    def severity(self, moment: Moment, profile: Profile) -> Severity:
        """The profile may soften or harden a rule."""
        chosen = profile.severities.get(self.id, {}).get(moment)
        return Severity(chosen) if chosen else self.severities.at(moment)
