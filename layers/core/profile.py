"""A deployment's facts: one TOML file, parsed once into frozen values."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from layers.core.address_rules import AddressRuleError, AddressRules, parse_address_rules
from layers.core.allowed import Allowed, AllowedError, parse_allowed
from layers.core.answer_rules import AnswerRules, BadAnswerRule, parse_answer_rules
from layers.core.area_limit import AreaLimitError, AreaLimits, parse_area_limits
from layers.core.backgrounds import Background, BadBackground, parse_backgrounds
from layers.core.building_rules import BuildingRuleError, BuildingRules, parse_building_rules
from layers.core.declared_source import BadSource, DeclaredSource, parse_sources
from layers.core.limits import BadLimit, Limits
from layers.core.network_rules import NetworkRuleError, NetworkRules, parse_network_rules
from layers.core.operations import BadOperationWords, OperationWords, parse_operation_words
from layers.core.other_schema import BadSchema, OtherSchema, parse_schemas
from layers.core.page_patterns import BadPagePattern, PagePatterns, parse_page_patterns
from layers.core.plan_signs import PlanSignError, PlanSigns, parse_plan_signs
from layers.core.publisher import BadPublisher, Licence, Publisher, parse_licence, parse_publisher
from layers.core.review_rules import BadReviewRule, ReviewRules, parse_review_rules
from layers.core.search_words import SearchWords
from layers.core.themes import BadTheme, ConstraintTheme, parse_themes
from layers.core.words import named


class ProfileError(Exception):
    """The profile file says something that cannot be."""


@dataclass(frozen=True)
class District:
    """A district municipality: its lasting number and its name."""

    id: int
    name: str
    contact: str = ""


@dataclass(frozen=True)
class LegendEntry:
    """How one value of a layer's class field is drawn."""

    key: str
    color: str
    titles: Mapping[str, str]
    is_hatched: bool = False

    def title(self, language: str) -> str:
        """The entry's name; any language stands in for a missing one."""
        return named(self.titles, language)


@dataclass(frozen=True)
class Envelope:
    """Storage coordinates, in metres, outside which a place cannot be ours."""

    west: float
    south: float
    east: float
    north: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.west, self.south, self.east, self.north

    def holds(self, x: float, y: float) -> bool:
        """Borders included."""
        return self.west <= x <= self.east and self.south <= y <= self.north

    def holds_each(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """The same for rows of x and y; what is not finite lies nowhere."""
        x, y = points[:, 0], points[:, 1]
        return (self.west <= x) & (x <= self.east) & (self.south <= y) & (y <= self.north)


@dataclass(frozen=True)
class DatumShift:
    """The operation from another datum to that of the storage CRS which this deployment has chosen."""

    srid: int
    """Of the geographic system whose datum it is."""
    pipeline: str
    """PROJ steps from its longitude and latitude to those of the storage CRS, in radians; empty where equal."""
    accuracy_m: float
    """As its publisher states it."""


@dataclass(frozen=True)
class Profile:
    """Everything that makes this deployment this city and no other."""

    name: str
    titles: Mapping[str, str]
    languages: tuple[str, ...]
    storage_srid: int
    envelope: Envelope
    center_lonlat: tuple[float, float]
    fold_from: str
    fold_to: str
    districts: tuple[District, ...]
    mappings: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Layer id -> field name -> header words that mean it, in folded form."""
    personal_columns: frozenset[str]
    """Folded header words that announce owner data."""
    national_id_check: str
    legends: Mapping[str, tuple[LegendEntry, ...]]
    themes: tuple[ConstraintTheme, ...]
    search: SearchWords
    severities: Mapping[str, Mapping[str, str]]
    """Rule id -> moment -> severity, where the profile differs from the rule's own."""
    decimal_comma: bool
    accent: str
    disclaimers: Mapping[str, str]
    sample_accounts: bool
    digest: str
    path: Path
    timezone: str = "UTC"
    """Of the clock times on pages, as the IANA database names it."""
    credits: tuple[str, ...] = ()
    """Whose data the pool shows, in the words their licences ask for."""
    backgrounds: tuple[Background, ...] = ()
    """Maps of other servers that the pool may be drawn over."""
    titles_of_fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """"layer.field" -> language -> title, for languages beyond the built-in ones."""
    crs_candidates: tuple[int, ...] = ()
    """EPSG codes that files of this place are written in; a doubtful file is tried against each."""
    datum_shifts: tuple[DatumShift, ...] = ()
    """How numbers of other datums are moved here; where none is given, PROJ's best for the region is used."""
    source_layers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Layer id -> folded names that this layer has in drawings and other files of many layers."""
    area_limits: AreaLimits = AreaLimits()
    """How far a registered area may lie from the computed one; empty where no such rule is in force."""
    limits: Limits = Limits()
    """Numbers that rules compare with."""
    units: Mapping[str, str] = field(default_factory=dict)
    """Folded word -> symbol of the unit it means."""
    yes_words: frozenset[str] = frozenset()
    no_words: frozenset[str] = frozenset()
    exceptable: frozenset[str] = frozenset()
    """Rules that the department may let pass for a single feature."""
    allowed: Mapping[str, Mapping[str, Allowed]] = field(default_factory=dict)
    """Layer id -> field name -> what its values may be here, beyond what the layer says."""
    operations: OperationWords = OperationWords()
    """How files of this place declare what became of what."""
    building: BuildingRules = BuildingRules()
    """What building regulations say where a plan is silent."""
    plan_signs: PlanSigns = PlanSigns()
    """What a plan's drawing writes on a zone in short."""
    network: NetworkRules = NetworkRules()
    """How exactly pipes and cables are drawn here."""
    addresses: AddressRules = AddressRules()
    """What is expected of doors and their streets."""
    schemas: tuple[OtherSchema, ...] = ()
    """Other standards' names of fields."""
    publisher: Publisher = Publisher()
    licence: Licence | None = None
    answers: AnswerRules = AnswerRules()
    """How zoning answers are worked out."""
    review: ReviewRules = ReviewRules()
    """Who decides about changesets, and what is marked for them."""
    sources: tuple[DeclaredSource, ...] = ()
    """Where the worker takes files from by itself."""
    pages: PagePatterns = PagePatterns()
    """How the addresses of parcels and plans are spelt."""

    def title(self, language: str) -> str:
        """The deployment's name; any language stands in for a missing one."""
        return named(self.titles, language)

    def district(self, district_id: int) -> District | None:
        """The district of that number."""
        return next((d for d in self.districts if d.id == district_id), None)

    def source(self, source_id: str) -> DeclaredSource | None:
        """The source of that id."""
        return next((one for one in self.sources if one.id == source_id), None)

    def district_named(self, name: str) -> District | None:
        """The district of that name or number, however it is cased."""
        wanted = self.fold(name)
        return next((d for d in self.districts if wanted in (self.fold(d.name), str(d.id))), None)

    def fold(self, text: str) -> str:
        """The match key of a name; the same rules as pool.fold in the database.

        The profile's letters first, then A-Z only: str.lower() makes two signs of a dotted capital I.
        """
        known = text.translate(self._fold_table)
        spaced = "".join(sign.lower() if sign.isascii() and sign.isalnum() else " " for sign in known)
        return " ".join(spaced.split())

    @cached_property
    def district_words(self) -> tuple[tuple[int, list[str]], ...]:
        """The folded words of each district's name."""
        return tuple((district.id, self.fold(district.name).split()) for district in self.districts)

    @cached_property
    def district_endings(self) -> frozenset[str]:
        """The last words of those names."""
        return frozenset(words[-1] for _, words in self.district_words)

    @cached_property
    def _fold_table(self) -> dict[int, int]:
        return str.maketrans(self.fold_from, self.fold_to)


_UNUSABLE = (
    *(AllowedError, AreaLimitError, BuildingRuleError, NetworkRuleError, AddressRuleError),
    *(BadAnswerRule, BadBackground, BadOperationWords, BadPagePattern, BadPublisher, BadReviewRule, BadSchema),
    *(BadSource, BadTheme, PlanSignError),
)


def load_profile(path: Path) -> Profile:
    """Read and check a profile file; ProfileError says what is wrong in it."""
    try:
        raw = path.read_bytes()
    except OSError as cause:
        raise ProfileError(f"The profile {path} cannot be read: {cause.strerror}.") from cause
    try:
        table = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise ProfileError(f"The profile {path} is not valid TOML: {cause}.") from cause
    try:
        return _parse(table, hashlib.sha256(raw).hexdigest(), path)
    except _UNUSABLE as cause:
        raise ProfileError(f"The profile {path} cannot be used: {cause}") from cause
    except KeyError as cause:
        raise ProfileError(f"The profile {path} lacks the key {cause}.") from cause


def _parse(table: Mapping[str, Any], digest: str, path: Path) -> Profile:
    folding = table["folding"]
    if len(folding["from"]) != len(folding["to"]):
        raise ProfileError("folding.from and folding.to must have the same number of letters.")
    srid = int(table["storage"]["srid"])
    _check_storage(srid)
    districts = tuple(District(**district) for district in table["districts"])
    if len({d.id for d in districts}) != len(districts):
        raise ProfileError("Two districts have the same id.")
    words = table["search"]
    return Profile(
        name=table["name"],
        titles=table["title"],
        languages=tuple(table["languages"]),
        storage_srid=srid,
        envelope=_envelope(table["storage"]["envelope"]),
        center_lonlat=tuple(table["storage"]["center_lonlat"]),
        fold_from=folding["from"],
        fold_to=folding["to"],
        districts=districts,
        mappings={
            layer: {name: tuple(words) for name, words in fields.items()}
            for layer, fields in table.get("mappings", {}).items()
        },
        personal_columns=frozenset(table.get("personal", {}).get("columns", ())),
        national_id_check=table.get("personal", {}).get("national_id_check", ""),
        legends={
            layer: tuple(
                LegendEntry(key, entry["color"], entry["title"], entry.get("hatched", False))
                for key, entry in entries.items()
            )
            for layer, entries in table.get("legend", {}).items()
        },
        themes=parse_themes(table.get("themes", {}), table.get("theme_rules", {})),
        search=SearchWords(
            street_types=words["street_types"],
            neighbourhood=frozenset(words["neighbourhood"]),
            door=frozenset(words["door"]),
            block=frozenset(words["block"]),
            parcel=frozenset(words["parcel"]),
            noise=frozenset(words.get("noise", ())),
            flat=frozenset(words.get("flat", ())),
            plan=frozenset(words.get("plan", ())),
            estate=frozenset(words.get("estate", ())),
            building_block=frozenset(words.get("building_block", ())),
            building=frozenset(words.get("building", ())),
            filler=frozenset(words.get("filler", ())),
            elsewhere=frozenset(words.get("elsewhere", ())),
            address_columns=frozenset(words.get("address_columns", ())),
            district_columns=frozenset(words.get("district_columns", ())),
            abbreviations=words.get("abbreviations", {}),
            encodings=tuple(words.get("encodings", ())),
        ),
        severities=table.get("severities", {}),
        decimal_comma=bool(table.get("numbers", {}).get("decimal_comma", False)),
        accent=table.get("accent", "#0b5d7a"),
        disclaimers=table["disclaimer"],
        sample_accounts=bool(table.get("sample", {}).get("accounts", False)),
        digest=digest,
        path=path,
        timezone=table.get("timezone", "UTC"),
        credits=tuple(table.get("credits", ())),
        backgrounds=parse_backgrounds(table.get("backgrounds", ())),
        titles_of_fields=table.get("field_titles", {}),
        crs_candidates=tuple(int(candidate["srid"]) for candidate in table.get("crs_candidates", ())),
        datum_shifts=_datum_shifts(table.get("datum_shifts", ())),
        source_layers={layer: tuple(names) for layer, names in table.get("source_layers", {}).items()},
        limits=_limits(table.get("limits", {})),
        units=table.get("units", {}),
        yes_words=frozenset(table.get("booleans", {}).get("yes", ())),
        no_words=frozenset(table.get("booleans", {}).get("no", ())),
        area_limits=parse_area_limits(table.get("area_limits", ()), table.get("area_limit_choices", ())),
        exceptable=frozenset(table.get("exceptions", {}).get("rules", ())),
        allowed=parse_allowed(table.get("allowed", {})),
        operations=parse_operation_words(table.get("operations", {})),
        building=parse_building_rules(table.get("building", {})),
        plan_signs=parse_plan_signs(table.get("plan_signs", {})),
        network=parse_network_rules(table.get("network", {})),
        addresses=parse_address_rules(table.get("addresses", {})),
        schemas=parse_schemas(table.get("schemas", {})),
        publisher=parse_publisher(table.get("publisher", {})),
        licence=parse_licence(table.get("licence", {})),
        answers=parse_answer_rules(table.get("answers", {})),
        review=parse_review_rules(table.get("review", {}), frozenset(district.id for district in districts)),
        sources=parse_sources(table.get("sources", ()), {district.id for district in districts}),
        pages=parse_page_patterns(table.get("pages", {})),
    )


def _check_storage(srid: int) -> None:
    try:
        crs = CRS.from_epsg(srid)
    except CRSError as cause:
        raise ProfileError(f"storage.srid {srid} is not an EPSG code.") from cause
    if not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        raise ProfileError(f"storage.srid {srid} must be a projected system in metres.")


def _envelope(corners: list[float]) -> Envelope:
    west, south, east, north = corners
    if not (west < east and south < north):
        raise ProfileError("storage.envelope must be [west, south, east, north].")
    return Envelope(west, south, east, north)


def _datum_shifts(tables: Sequence[Mapping[str, Any]]) -> tuple[DatumShift, ...]:
    shifts = tuple(DatumShift(int(t["from"]), str(t["pipeline"]), float(t["accuracy_m"])) for t in tables)
    for shift in shifts:
        try:
            Transformer.from_pipeline(f"proj=pipeline {shift.pipeline or 'step proj=noop'}")
        except ProjError as cause:
            raise ProfileError(f"datum_shifts from {shift.srid}: PROJ does not know these steps.") from cause
    return shifts


def _limits(table: Mapping[str, object]) -> Limits:
    try:
        return Limits.parse(table)
    except BadLimit as cause:
        raise ProfileError(str(cause)) from cause
