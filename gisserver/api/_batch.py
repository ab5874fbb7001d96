"""Many edits in one body: what each does, to which feature of which layer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from gisserver.api._layers import readable, seen_layer
from gisserver.editing.body import Unusable
from gisserver.editing.features import SentFeature, content_crs, read_feature_body, read_patch_body
from gisserver.editing.versions import parse_versions
from gisserver.errors import Refused
from layers.core.crs import CRS84, Crs
from layers.core.edits import MOST_EDITS, Action, Edit
from layers.core.query import ReadableLayer
from layers.core.registry import UnknownLayer

EDITS = "edits"
MEMBERS: Mapping[Action, frozenset[str]] = {
    Action.CREATE: frozenset({"action", "collection", "feature"}),
    Action.REPLACE: frozenset({"action", "collection", "id", "if_match", "feature"}),
    Action.PATCH: frozenset({"action", "collection", "id", "if_match", "feature"}),
    Action.DELETE: frozenset({"action", "collection", "id", "if_match"}),
}
"""What is said of each."""

_OF_AN_EDIT = {
    "action": {"type": "string", "enum": list(Action)},
    "collection": {"type": "string"},
    "id": {"type": "string", "minLength": 1, "description": "Of the feature, or its ref"},
    "if_match": {"type": "string", "description": "As the header If-Match"},
    "feature": {"type": "object", "description": "As in a single edit; of a patch what is to be otherwise"},
}
BATCH = {
    "type": "object",
    "required": [EDITS],
    "properties": {
        EDITS: {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_EDITS,
            "items": {"type": "object", "required": ["action", "collection"], "properties": _OF_AN_EDIT},
        }
    },
}
"""As the API's description has it."""


@dataclass(frozen=True)
class Batch:
    """All of it, or nothing."""

    edits: tuple[Edit, ...]
    crs: Crs


def read_batch(said: Mapping[str, Any]) -> Batch:
    """Raises Refused, which says of which edit it speaks."""
    listed = said.get(EDITS)
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_EDITS:
        sentence = _("“%(name)s” is a list of 1 to %(most)s edits.", name=EDITS, most=MOST_EDITS)
        raise Unusable(sentence, parameter=EDITS)
    read = [_one(number, one) for number, one in enumerate(listed, 1)]
    return Batch(tuple(edit for edit, _crs in read), _common([crs for _edit, crs in read if crs is not None]))


def _one(number: int, said: object) -> tuple[Edit, Crs | None]:
    try:
        return _edit(number, said)
    except UnknownLayer:
        raise
    except Refused as refused:
        refused.more["edit"] = number
        raise


def _edit(number: int, said: object) -> tuple[Edit, Crs | None]:
    action = _action(said)
    if not isinstance(said, dict) or said.keys() - MEMBERS[action] or not isinstance(said.get("collection"), str):
        known = ", ".join(sorted(MEMBERS[action]))
        raise Unusable(_("An edit with “%(action)s” says %(known)s.", action=action, known=known), parameter="action")
    layer = readable(seen_layer(said["collection"]))
    sent, crs = _feature(action, said.get("feature"), layer)
    edit = Edit(
        number,
        action,
        layer.layer.id,
        feature_id=_name(action, said),
        validators=None if said.get("if_match") is None else parse_versions(str(said["if_match"])),
        district_id=sent.district_id,
        values=sent.values,
        has_shape=sent.has_shape,
        shape=sent.shape,
    )
    return edit, crs


def _action(said: object) -> Action:
    try:
        return Action(said["action"] if isinstance(said, dict) else "")
    except (KeyError, ValueError, TypeError) as cause:
        known = ", ".join(Action)
        raise Unusable(_("“%(name)s” is one of %(known)s.", name="action", known=known), parameter="action") from cause


def _name(action: Action, said: Mapping[str, Any]) -> str | None:
    if action is Action.CREATE:
        return None
    name = said.get("id")
    if not isinstance(name, str) or not name:
        raise Unusable(_("Say in “id” which feature is meant, by its id or its ref."), parameter="id")
    return name


def _feature(action: Action, said: object, layer: ReadableLayer) -> tuple[SentFeature, Crs | None]:
    if action is Action.DELETE:
        return SentFeature(), None
    if not isinstance(said, dict):
        raise Unusable(_("Say in “feature” how the feature is to be."), parameter="feature")
    read = read_patch_body if action is Action.PATCH else read_feature_body
    sent = read(said, layer, content_crs(layer))
    return sent, sent.crs if sent.shape is not None else None


def _common(systems: Sequence[Crs]) -> Crs:
    """One changeset is moved to the storage by one operation."""
    met = set(systems)
    if len(met) > 1:
        sentence = _("The shapes of one request are in one system. Send the others by another request.")
        raise Unusable(sentence, parameter="coordRefSys")
    return met.pop() if met else CRS84
