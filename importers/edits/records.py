"""Edits as the records of a file: what they do not speak of is what is published."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from importers.crs.pipelines import Placement
from importers.crs.reading import Reading
from importers.edits.resolve import Resolved
from importers.mapping import Column, Columns
from importers.normalise import Normalised, Observations, normalise
from importers.reader import Record
from layers.core.columns import Target
from layers.core.edits import Action
from layers.core.layer import Layer
from layers.core.profile import Profile


def columns_of(targets: Iterable[Target]) -> Columns:
    """Fields are called by their own names."""
    return Columns(mapped=tuple(Column(target.field, target) for target in targets), ignored=(), removed=())


def records_of(
    resolved: Iterable[Resolved], columns: Columns, placement: Placement, layer: Layer, profile: Profile
) -> tuple[list[Normalised], Observations]:
    """A feature that keeps its shape keeps it as it is stored."""
    seen = Observations()
    unmoved = Placement(Reading.of_srid(profile.storage_srid), None, None)
    listed = [one for one in resolved if one.edit.action is not Action.DELETE]
    sent = (_record(one) for one in listed if _brings_shape(one))
    kept = (_record(one) for one in listed if not _brings_shape(one))
    made = [
        *normalise(sent, columns, placement, layer.shape, profile, seen),
        *normalise(kept, columns, unmoved, layer.shape, profile, seen),
    ]
    return sorted(made, key=lambda record: record.line), seen


def _record(one: Resolved) -> Record:
    return Record(one.edit.number, dict(_attributes(one)), _shape(one))


def _attributes(one: Resolved) -> Iterator[tuple[str, Any]]:
    edit = one.edit
    before: Mapping[str, Any] = one.known.attributes if one.known and edit.action is Action.PATCH else {}
    for name, value in {**before, **edit.values, "ref": one.ref}.items():
        yield name, json.dumps(value) if isinstance(value, list | dict) else value


def _brings_shape(one: Resolved) -> bool:
    return one.edit.has_shape or one.edit.action is not Action.PATCH


def _shape(one: Resolved) -> BaseGeometry | None:
    if not _brings_shape(one):
        return one.known.shape if one.known else None
    # What cannot be drawn counts as missing, as in a file.
    return shapely.from_geojson(json.dumps(one.edit.shape), on_invalid="ignore") if one.edit.shape else None
