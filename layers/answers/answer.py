"""The answer as a frozen value, free of language: the page, the JSON and the document all read from it."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from layers.answers.sketch import Sketch
from layers.answers.states import Reason, State
from layers.core.themes import LIMIT_M2, ThemeKind
from layers.core.words import named


class ValueState(StrEnum):
    """A plan may give a number, leave it free, exclude it, or say nothing; a zero is a number."""

    VALUE = "value"
    FREE = "free"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Value:
    """One building condition."""

    state: ValueState
    number: Decimal | None = None
    """Only with state `value`."""
    unit: str = ""


@dataclass(frozen=True)
class Share:
    """Ground of the parcel, in square metres of the storage CRS and as part of the whole, unrounded."""

    area_m2: float
    percent: float


@dataclass(frozen=True)
class Origin:
    """A parcel that this one came from."""

    uid: uuid.UUID
    ref: str
    block_no: str
    parcel_no: str
    operation: str
    on: datetime.date | None


@dataclass(frozen=True)
class Claim:
    """Ground of the parcel that a published parcel of another district has as well."""

    ref: str
    district_id: int
    district: str
    share: Share


@dataclass(frozen=True)
class ParcelFacts:
    """Which parcel the answer is about."""

    uid: uuid.UUID
    ref: str
    district_id: int
    district: str
    neighbourhood: str | None
    cadastral_neighbourhood: str | None
    block_no: str
    parcel_no: str
    registered_area_m2: Decimal | None
    computed_area_m2: Decimal | None
    lon: float
    lat: float
    is_well_drawn: bool = True
    """False where its outline crosses itself: then nothing can be compared with it."""
    origins: tuple[Origin, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class PlanFacts:
    """A plan over the parcel, with its legal state and its dates."""

    ref: str
    plan_no: str
    name: str
    level: str | None
    kind: str | None
    scale_den: int | None
    status: str
    """in_force, proposed, on_display or under_review."""
    approval_date: datetime.date | None
    display_from: datetime.date | None
    display_to: datetime.date | None
    finalised_date: datetime.date | None
    authority: str | None
    decision_no: str | None
    notes: str | None
    share: Share

    @property
    def is_in_force(self) -> bool:
        """Only such a plan decides what may be built."""
        return self.status == "in_force"


class ComputedKind(StrEnum):
    """What we work out ourselves from a ratio of the plan."""

    LARGEST_FOOTPRINT = "largest_footprint"
    LARGEST_FLOOR_AREA = "largest_floor_area"


@dataclass(frozen=True)
class Computed:
    """A help that the plan does not state: ratio times the ground of the zone on this parcel."""

    kind: ComputedKind
    ratio: Decimal
    area_m2: float
    result_m2: float
    """From the unrounded area."""


class Withheld(StrEnum):
    """Why a ratio of the plan is not worked out into square metres."""

    NOTES_SPEAK = "notes_speak"
    """The plan's notes set the ratios themselves."""
    PARCEL_TOO_SMALL = "parcel_too_small"
    """The parcel is smaller than the plan allows one to be."""


class Role(StrEnum):
    """Only shares of the same role may be added up."""

    BASE = "base"
    """The most detailed plan there: it decides what may be built."""
    OVERLAY = "overlay"
    """A broader plan over the same ground, or a constraint."""


@dataclass(frozen=True)
class Sum:
    """Ground under everything of one theme, one legal state and one role, each square metre once."""

    theme: str
    status: str
    role: Role
    scale_den: int | None
    share: Share


@dataclass(frozen=True)
class Touch:
    """An area that takes less ground of the parcel than its theme counts as a hit, or only its border."""

    ref: str
    label: str
    status: str | None
    area_m2: float


class Doubt(StrEnum):
    """Where a survey's edge and the parcel's are so near that drawing decides."""

    THIN_GAP = "thin_gap"
    """The survey misses a strip narrower than the profile's tolerance; it counts as surveyed."""
    NEAR_EDGE = "near_edge"
    """The survey reaches the parcel, but would not if it were drawn narrower by the tolerance."""


@dataclass(frozen=True)
class BorderDoubt:
    """What the answer would be otherwise is told, neither hidden nor in the way."""

    doubt: Doubt
    area_m2: float
    within_m: float


@dataclass(frozen=True)
class ZoneShare:
    """A use and its conditions with the ground it takes; pieces with the same conditions are one."""

    refs: tuple[str, ...]
    plan_ref: str
    plan_status: str | None
    """None where the plan itself is not in the pool."""
    use_key: str
    use_label: str
    official_code: str | None
    building_order: str | None
    floors: Value
    taks: Value
    kaks: Value
    height: Value
    setback_front: Value
    setback_side: Value
    setback_rear: Value
    min_parcel: Value
    notes: str | None
    share: Share
    computed: tuple[Computed, ...]
    role: Role = Role.BASE
    withheld: Withheld | None = None
    """Why nothing is computed though the plan gives a ratio."""

    @property
    def is_in_force(self) -> bool:
        """Only such a zone enters the sums."""
        return self.plan_status == "in_force"


@dataclass(frozen=True)
class ZoningFacts:
    """What plans say about the parcel."""

    state: State
    """affected: a plan in force has zones here; under_review: only a plan that is not in force yet has."""
    reason: Reason | None
    zones: tuple[ZoneShare, ...]
    """In force, the largest share first."""
    pending_zones: tuple[ZoneShare, ...]
    """Proposed, on display or under review: shown beside, never in the sums."""
    plans: tuple[PlanFacts, ...]
    zoned: Share
    """Ground under zones in force; ground under two of them counts once."""
    unzoned: Share
    surveyed_on: datetime.date | None
    examined: int = 0
    """Zones near the parcel that were compared with it."""
    touching: tuple[Touch, ...] = ()
    border: BorderDoubt | None = None


@dataclass(frozen=True)
class ConstraintHit:
    """An area that limits building on this parcel."""

    ref: str
    degree: str | None
    label: str
    status: str
    legal_basis: str | None
    plan_ref: str | None
    share: Share

    @property
    def is_in_force(self) -> bool:
        """Otherwise it is on its way or under review."""
        return self.status == "in_force"


@dataclass(frozen=True)
class ThemeAnswer:
    """One theme and its one state."""

    theme: str
    titles: Mapping[str, str]
    state: State
    reason: Reason | None
    hits: tuple[ConstraintHit, ...]
    touching: tuple[Touch, ...]
    """Areas whose border runs along the parcel, and those that take less ground than the theme's limit."""
    share: Share
    """Ground under hits in force, each square metre once."""
    examined: int
    """Features of the theme near the parcel that were compared with it."""
    surveyed_on: datetime.date | None
    """The oldest survey the state rests on."""
    kind: ThemeKind = ThemeKind.SPATIAL
    article: Mapping[str, str] = field(default_factory=dict)
    """What to read about a theme that is drawn nowhere, by language."""
    limit_m2: float = LIMIT_M2
    """A hit that takes less is told as touching."""
    border: BorderDoubt | None = None

    def reading(self, language: str) -> str:
        """The article in a language; any stands in for a missing one."""
        return self.article.get(language) or next(iter(self.article.values()), "")

    def title(self, language: str) -> str:
        """The theme's name; any language stands in for a missing one."""
        return named(self.titles, language)


@dataclass(frozen=True)
class Answerer:
    """The district municipality that is responsible."""

    district_id: int
    name: str
    contact: str
    ask_at: Mapping[str, str] = field(default_factory=dict)
    """Where one asks, in each language: with the contact, or saying that none is recorded."""


@dataclass(frozen=True)
class ZoningAnswer:
    """Everything that was known about a parcel at an epoch."""

    parcel: ParcelFacts
    zoning: ZoningFacts
    constraints: tuple[ThemeAnswer, ...]
    epoch: int
    published_at: datetime.datetime | None
    """Data up to and including this moment."""
    answered_by: Answerer
    disclaimers: Mapping[str, str]
    sums: tuple[Sum, ...] = ()
    sketch: Sketch | None = None
    profile: str = ""
    """Digest of the profile whose words and rules these are."""
    is_sample: bool = False
    """The pool holds generated data."""

    @property
    def has_plan(self) -> bool:
        """Some plan in force says something about this parcel."""
        return bool(self.zoning.zones)


@dataclass(frozen=True)
class Heir:
    """A published parcel that took an ended one's place."""

    uid: uuid.UUID
    ref: str
    operation: str


@dataclass(frozen=True)
class EndedParcel:
    """A parcel that is no more answers with what took its place."""

    uid: uuid.UUID
    ref: str
    district_id: int
    block_no: str
    parcel_no: str
    successors: tuple[Heir, ...]
