"""The answer as JSON with a fixed schema: same answer, same bytes, and back again."""

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

import msgspec

from layers.answers.answer import Computed, PlanFacts, ThemeAnswer, ZoneShare, ZoningAnswer
from layers.answers.rounding import rounded
from layers.answers.states import State

VERSION = 2
"""Raised when a key changes its meaning or goes away; new keys do not raise it."""
_DEGREES = 7


def to_json(answer: ZoningAnswer) -> dict[str, Any]:
    """The schema of docs/zoning-answer.md. Figures have two decimals, worked out last."""
    parcel = answer.parcel
    return {
        "schema": VERSION,
        "parcel": {
            **_plain(parcel, leaving=("lon", "lat")),
            "lon": round(parcel.lon, _DEGREES),
            "lat": round(parcel.lat, _DEGREES),
        },
        "zoning": {
            "state": answer.zoning.state.value,
            "reason": _value(answer.zoning.reason),
            "zoned": _value(answer.zoning.zoned),
            "unzoned": _value(answer.zoning.unzoned),
            "surveyed_on": _value(answer.zoning.surveyed_on),
            "zones": [_zone(zone) for zone in answer.zoning.zones],
            "pending_zones": [_zone(zone) for zone in answer.zoning.pending_zones],
            "plans": [_plan(plan) for plan in answer.zoning.plans],
            "examined": answer.zoning.examined,
            "touching": _value(answer.zoning.touching),
            "border": _value(answer.zoning.border),
        },
        "constraints": [_theme(theme) for theme in answer.constraints],
        "states": [state.value for state in State],
        "epoch": answer.epoch,
        "published_at": _value(answer.published_at),
        "answered_by": _plain(answer.answered_by),
        "disclaimers": dict(sorted(answer.disclaimers.items())),
        "sums": [_plain(one) for one in answer.sums],
        "sketch": _value(answer.sketch),
        "profile": answer.profile,
        "is_sample": answer.is_sample,
    }


def canonical_bytes(answer: ZoningAnswer) -> bytes:
    """What is signed and compared: sorted keys, no spaces, UTF-8."""
    return json.dumps(to_json(answer), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def thawed(body: bytes) -> ZoningAnswer:
    """The answer that these bytes were made from, with its figures as they are written there."""
    return _decoder().decode(body)


@cache
def _decoder() -> "msgspec.json.Decoder[ZoningAnswer]":
    return msgspec.json.Decoder(ZoningAnswer, strict=False)


def _zone(zone: ZoneShare) -> dict[str, Any]:
    return {**_plain(zone, leaving=("computed",)), "computed": [_computed(one) for one in zone.computed]}


def _computed(computed: Computed) -> dict[str, Any]:
    return {**_plain(computed), "formula": "ratio × area_m2"}


def _plan(plan: PlanFacts) -> dict[str, Any]:
    return {**_plain(plan), "is_in_force": plan.is_in_force}


def _theme(theme: ThemeAnswer) -> dict[str, Any]:
    return {
        **_plain(theme, leaving=("hits", "titles")),
        "limit_m2": theme.limit_m2,
        "titles": dict(sorted(theme.titles.items())),
        "hits": [_plain(hit) for hit in theme.hits],
    }


def _plain(part: Any, leaving: tuple[str, ...] = ()) -> dict[str, Any]:
    return {name: _value(getattr(part, name)) for name in _names(part.__class__) if name not in leaving}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _value(value: Any) -> Any:
    return _writing(value.__class__)(value)


@cache
def _writing(kind: type) -> Callable[[Any], Any]:
    """How values of a type are written; an answer has hundreds of values and few types."""
    if issubclass(kind, Enum):
        return attrgetter("value")
    if issubclass(kind, datetime.datetime):
        return lambda moment: moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if issubclass(kind, datetime.date):
        return datetime.date.isoformat
    if issubclass(kind, tuple):
        return lambda several: [_value(one) for one in several]
    if issubclass(kind, Mapping):
        return lambda named: {key: _value(one) for key, one in sorted(named.items())}
    if is_dataclass(kind):
        return _plain
    if issubclass(kind, float):
        return _rounded
    if issubclass(kind, Decimal):
        return float
    return str if issubclass(kind, UUID) else lambda same: same


def _rounded(value: float) -> float:
    return float(rounded(value))
