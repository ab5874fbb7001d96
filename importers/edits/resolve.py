"""Which published feature each edit is about, and whether it may be made from the version it was made from."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, func, or_, select

from importers.staging import attributes_of
from layers.core.edits import Action, CannotEdit, Edit, Hindrance, is_named
from layers.core.layer import Layer
from layers.core.query.filters.literals import is_text


@dataclass(frozen=True)
class Known:
    """A feature as it is published."""

    uid: uuid.UUID
    ref: str
    version: int
    district_id: int
    attributes: Mapping[str, Any]
    shape: BaseGeometry


@dataclass(frozen=True)
class Resolved:
    """An edit and what it changes; nothing for a new feature."""

    edit: Edit
    known: Known | None

    @property
    def district_id(self) -> int | None:
        """Whose the feature is."""
        return self.known.district_id if self.known else self.edit.district_id

    @property
    def ref(self) -> str | None:
        """The feature keeps its own; a new one has what is said."""
        if self.known is not None:
            return self.known.ref
        return self.edit.values.get("ref") or self.edit.feature_id


def resolve(connection: Connection, layer: Layer, edits: Iterable[Edit]) -> tuple[Resolved, ...]:
    """Raises CannotEdit."""
    listed = list(edits)
    found = _published(connection, layer, {edit.feature_id for edit in listed if edit.feature_id is not None})
    resolved = tuple(_resolved(edit, found.get(edit.feature_id or "")) for edit in listed)
    _refuse_twice(resolved)
    return resolved


def _refuse_twice(resolved: Iterable[Resolved]) -> None:
    """Two records of one ref are found by a rule; of two edits none is a record where one of them ends the feature."""
    met: set[uuid.UUID] = set()
    for one in resolved:
        if one.known is None:
            continue
        if one.known.uid in met:
            raise CannotEdit(Hindrance.TWICE, one.edit, one.known.ref)
        met.add(one.known.uid)


def _resolved(edit: Edit, known: Known | None) -> Resolved:
    if edit.feature_id is None:
        return Resolved(edit, None)
    if known is None:
        return Resolved(_to_be_created(edit), None)
    if edit.must_be_new:
        raise CannotEdit(Hindrance.STALE, edit, known.ref)
    if edit.validators is None:
        raise CannotEdit(Hindrance.NO_VALIDATOR, edit, known.ref)
    if not any(is_named(wanted, known.uid, known.version) for wanted in edit.validators):
        raise CannotEdit(Hindrance.STALE, edit, known.ref)
    _refuse_other_name(edit, known.ref)
    if edit.district_id not in (None, known.district_id):
        raise CannotEdit(Hindrance.MOVED, edit, known.ref)
    return Resolved(edit, known)


def _to_be_created(edit: Edit) -> Edit:
    """A replacement of what there is not, where that is allowed. Raises CannotEdit."""
    name = edit.feature_id or ""
    if edit.action is not Action.REPLACE or not edit.may_create or _is_uid(name) or not is_text(name):
        raise CannotEdit(Hindrance.ABSENT, edit)
    if edit.validators is not None:
        raise CannotEdit(Hindrance.STALE, edit)
    _refuse_other_name(edit, edit.feature_id)
    return edit


def _refuse_other_name(edit: Edit, ref: str | None) -> None:
    if edit.values.get("ref") not in (None, "", ref):
        raise CannotEdit(Hindrance.RENAMED, edit, ref)


def _published(connection: Connection, layer: Layer, names: set[str]) -> dict[str, Known]:
    """By uid and by ref, whichever was asked for."""
    rows = layer.table.c
    uids = [uuid.UUID(name) for name in names if _is_uid(name)]
    refs = [name for name in names if not _is_uid(name) and is_text(name)]
    columns = (rows.uid, rows.ref, rows.version, rows.district_id)
    asked = select(
        *columns, attributes_of(layer, layer.table).label("attributes"), func.ST_AsBinary(rows.geom).label("shape")
    )
    found: dict[str, Known] = {}
    for row in connection.execute(asked.where(or_(rows.uid.in_(uids), rows.ref.in_(refs)))) if names else ():
        shape = shapely.from_wkb(bytes(row.shape))
        known = Known(row.uid, row.ref, row.version, row.district_id, row.attributes, shape)
        found[known.ref] = known
        found.update({name: known for name in names if _is_uid(name) and uuid.UUID(name) == known.uid})
    return found


def _is_uid(name: str) -> bool:
    try:
        uuid.UUID(name)
    except ValueError:
        return False
    return True
