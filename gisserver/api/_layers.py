"""The layers as this caller meets them."""

from flask import current_app
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.errors import NotHere
from gisserver.service import service
from layers.core.layer import Audience, Layer
from layers.core.query import ReadableLayer
from layers.core.registry import UnknownLayer


def seen_layers() -> list[Layer]:
    """The layers this caller may see."""
    return [layer for layer in service().registry if layer.audience <= actor().audience]


def seen_layer(layer_id: str) -> Layer:
    """The layer, if this caller may see it; else it is as if absent."""
    for layer in seen_layers():
        if layer.id == layer_id:
            return layer
    raise UnknownLayer(layer_id, [layer.id for layer in seen_layers()])


def readable(layer: Layer) -> ReadableLayer:
    """With the fields that this caller may see."""
    made: dict[tuple[str, Audience], ReadableLayer] = current_app.extensions.setdefault("readable_layers", {})
    asked = layer.id, actor().audience
    if asked not in made:
        made[asked] = ReadableLayer(layer, actor().audience, service().profile)
    return made[asked]


def no_feature(layer_id: str, feature_id: str) -> NotHere:
    """Nothing there has, or ever had, that name."""
    return NotHere(_("There is no “%(id)s” in %(layer)s.", id=feature_id, layer=layer_id))
