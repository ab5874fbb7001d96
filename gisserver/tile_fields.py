"""The fields of a tile in words, for TileJSON and tileset metadata."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from layers.core.layer import Layer


@dataclass(frozen=True)
class TileField:
    """A field's name for people, and its type as JSON schema spells it."""

    title: str
    schema: Mapping[str, str]


def tile_field(layer: Layer, name: str, language: str) -> TileField:
    """The layer's own field, or one that counting and grouping add."""
    for field in layer.fields:
        if field.name == name:
            schema = {"type": "string", "format": "date"} if field.kind == "date" else {"type": field.kind}
            return TileField(field.title.in_language(language), schema)
    return {
        "ref": TileField(_("Ref"), {"type": "string"}),
        "district_id": TileField(_("District"), {"type": "integer"}),
        "name": TileField(_("Name"), {"type": "string"}),
        "n": TileField(_("Number of features"), {"type": "integer"}),
        "area_m2": TileField(_("Area in m²"), {"type": "number"}),
        "length_m": TileField(_("Length in m"), {"type": "number"}),
    }[name]
