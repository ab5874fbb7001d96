"""The answer as JSON with a fixed schema: same answer, same bytes."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from layers.answers.answer import Computed, PlanFacts, Share, ThemeAnswer, ZoneShare, ZoningAnswer
from layers.answers.rounding import rounded
from layers.answers.states import State

VERSION = 1
"""Raised when a key changes its meaning or goes away; new keys do not raise it."""
_DEGREES = 7


def to_json(answer: ZoningAnswer) -> dict[str, Any]:
    """The schema of docs/zoning-answer.md. Square metres and percentages have two decimals, worked out last."""
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
        },
        "constraints": [_theme(theme) for theme in answer.constraints],
        "states": [state.value for state in State],
        "epoch": answer.epoch,
        "published_at": _value(answer.published_at),
        "answered_by": _plain(answer.answered_by),
        "disclaimers": dict(sorted(answer.disclaimers.items())),
    }


def canonical_bytes(answer: ZoningAnswer) -> bytes:
    """What is signed and compared: sorted keys, no spaces, UTF-8."""
    return json.dumps(to_json(answer), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _zone(zone: ZoneShare) -> dict[str, Any]:
    return {**_plain(zone, leaving=("computed",)), "computed": [_computed(one) for one in zone.computed]}


def _computed(computed: Computed) -> dict[str, Any]:
    return {
        "kind": computed.kind.value,
        "ratio": _value(computed.ratio),
        "area_m2": _rounded(computed.area_m2),
        "result_m2": _rounded(computed.result_m2),
        "formula": "ratio × area_m2",
    }


def _plan(plan: PlanFacts) -> dict[str, Any]:
    return {**_plain(plan), "is_in_force": plan.is_in_force}


def _theme(theme: ThemeAnswer) -> dict[str, Any]:
    return {
        **_plain(theme, leaving=("hits", "titles")),
        "titles": dict(sorted(theme.titles.items())),
        "hits": [_plain(hit) for hit in theme.hits],
    }


def _plain(part: Any, leaving: tuple[str, ...] = ()) -> dict[str, Any]:
    return {field.name: _value(getattr(part, field.name)) for field in fields(part) if field.name not in leaving}


def _value(value: Any) -> Any:
    match value:
        case Share():
            return {"area_m2": _rounded(value.area_m2), "percent": _rounded(value.percent)}
        case Enum():
            return value.value
        case Decimal():
            return float(value)
        case UUID():
            return str(value)
        case datetime.datetime():
            return value.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case datetime.date():
            return value.isoformat()
        case tuple():
            return [_value(one) for one in value]
        case Mapping():
            return {key: _value(one) for key, one in sorted(value.items())}
        case _ if is_dataclass(value):
            return _plain(value)
        case _:
            return value


def _rounded(value: float) -> float:
    return float(rounded(value))
