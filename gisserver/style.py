"""The map's style: MapLibre JSON out of the registry, the drawings and the profile's legend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyproj import Transformer

from gisserver import drawings
from gisserver.drawings._part import Band, Drawing, Part, hatch_name
from gisserver.drawings._plain import plain_drawing
from layers.core.layer import Layer, labels_of
from layers.core.profile import LegendEntry, Profile
from layers.core.registry import discover

BACKGROUND = "#f1f1ee"
THEMES = ("cadastre", "plan", "address", "network", "base")
"""The order of headings in the list of layers; a theme of a new layer comes after them."""


@dataclass(frozen=True)
class Sheet:
    """For whom and for when a style is made."""

    profile: Profile
    language: str
    epoch: int
    root: str
    """Address of the service with a slash at its end."""


def pool_style(layers: Iterable[Layer], sheet: Sheet) -> dict[str, Any]:
    """A complete style; `metadata` says what the list of layers and the legend show.

    Without `glyphs`, so that the browser draws the letters itself and needs no font server.
    """
    drawn = [(layer, _drawing(layer)) for layer in sorted(layers, key=_place_in_list)]
    bounds = lonlat_bounds(sheet.profile)
    return {
        "version": 8,
        "name": sheet.profile.title(sheet.language),
        "center": list(sheet.profile.center_lonlat),
        "zoom": 9,
        "metadata": {
            "pool:epoch": sheet.epoch,
            "pool:bounds": bounds,
            "pool:layers": [_entry(layer, drawing, sheet) for layer, drawing in drawn],
        },
        "sources": {layer.id: _source(layer, sheet, bounds) for layer, _ in drawn},
        "layers": [_background(), *_style_layers(drawn, sheet.profile)],
    }


def lonlat_bounds(profile: Profile) -> list[float]:
    """The profile's envelope as west, south, east, north in degrees."""
    to_lonlat = Transformer.from_crs(profile.storage_srid, 4326, always_xy=True)
    envelope = profile.envelope
    sides = to_lonlat.transform_bounds(envelope.west, envelope.south, envelope.east, envelope.north)
    return [round(side, 5) for side in sides]


def _place_in_list(layer: Layer) -> tuple[int, str, int, str]:
    """By theme, and in it from the finest to the widest."""
    theme = THEMES.index(layer.theme) if layer.theme in THEMES else len(THEMES)
    return theme, layer.theme, -layer.zooms.start, layer.id


def _drawing(layer: Layer) -> Drawing:
    declared: list[Drawing] = discover(drawings, "DRAWING")
    return next((drawing for drawing in declared if drawing.layer == layer.id), plain_drawing(layer))


def _entry(layer: Layer, drawing: Drawing, sheet: Sheet) -> dict[str, Any]:
    legend = sheet.profile.legends.get(layer.id, ())
    return {
        "id": layer.id,
        "title": layer.title.in_language(sheet.language),
        "theme": layer.theme,
        "label": layer.label,
        "from_zoom": layer.tile_zooms.start,
        "is_shown_at_first": drawing.is_shown_at_first,
        "swatch": {
            "kind": drawing.swatch.kind,
            "color": drawing.swatch.color,
            "outline": drawing.swatch.outline,
            "is_dashed": drawing.swatch.is_dashed,
        },
        "legend_field": drawing.legend_field,
        "legend": [_legend_row(n, entry, sheet.language) for n, entry in enumerate(legend)],
    }


def _legend_row(position: int, entry: LegendEntry, language: str) -> dict[str, Any]:
    return {
        "key": entry.key,
        "title": entry.title(language),
        "color": entry.color,
        "hatch": hatch_name(position, entry.color) if entry.is_hatched else None,
    }


def _source(layer: Layer, sheet: Sheet, bounds: Sequence[float]) -> dict[str, Any]:
    return {
        "type": "vector",
        "tiles": [f"{sheet.root}tiles/{layer.id}/{{z}}/{{x}}/{{y}}?v={sheet.epoch}"],
        "minzoom": layer.tile_zooms.start,
        "maxzoom": layer.tile_zooms.stop - 1,
        "bounds": list(bounds),
        **({"attribution": ", ".join(sheet.profile.credits)} if sheet.profile.credits else {}),
    }


def _background() -> dict[str, Any]:
    return {"id": "background", "type": "background", "paint": {"background-color": BACKGROUND}}


def _style_layers(drawn: Sequence[tuple[Layer, Drawing]], profile: Profile) -> list[dict[str, Any]]:
    """By band, then the list's order from its end, so that what stands first in the list lies on top."""
    parts = [
        (part.band, layer, drawing, part)
        for layer, drawing in reversed(drawn)
        for part in drawing.parts(profile.legends.get(layer.id, ()))
    ]
    return [_style_layer(layer, drawing, part) for _, layer, drawing, part in sorted(parts, key=_band)]


def _source_layer(layer: Layer, part: Part) -> str:
    """Text stands at label points where the tiles carry them."""
    level = next((level for level in layer.levels if level.id == part.level), None)
    name, labels_from = (layer.id, layer.labels_from) if level is None else (layer.level_id(level), level.labels_from)
    is_text = part.kind == "symbol" and "text-field" in part.layout
    return labels_of(name) if is_text and labels_from is not None else name


def _band(row: tuple[Band, Layer, Drawing, Part]) -> Band:
    return row[0]


def _zooms(part: Part) -> dict[str, float]:
    limits = {"minzoom": part.from_zoom, "maxzoom": part.until_zoom}
    return {name: zoom for name, zoom in limits.items() if zoom is not None}


def _style_layer(layer: Layer, drawing: Drawing, part: Part) -> dict[str, Any]:
    visibility = "visible" if drawing.is_shown_at_first else "none"
    return {
        "id": f"{layer.id}/{part.name}",
        "type": part.kind,
        "source": layer.id,
        "source-layer": _source_layer(layer, part),
        **_zooms(part),
        "layout": {**part.layout, "visibility": visibility},
        "paint": dict(part.paint),
        "metadata": {"pool:layer": layer.id},
    }
