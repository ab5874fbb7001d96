"""The map's style: MapLibre JSON out of the registry, the drawings and the profile's legend."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyproj import Transformer

from gisserver import drawings
from gisserver.drawings._part import Band, Drawing, Legend, Part
from gisserver.drawings._plain import plain_drawing
from gisserver.drawings._signs import hatch_name, is_sign
from layers.core.layer import Audience, Layer, Shape, labels_of
from layers.core.levels import span
from layers.core.profile import LegendEntry, Profile
from layers.core.registry import discover

BACKGROUND = "#f1f1ee"
TOGETHER = "pool"
"""The source of the layers that are drawn together."""
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
    sprite: str
    """Digest of the sprite that holds every sign (`signs_of`)."""
    glyphs: str | None
    """Digest of the letters; None where the front end is not built."""


def pool_style(layers: Iterable[Layer], sheet: Sheet) -> dict[str, Any]:
    """All layers together; `metadata` says what the list of layers and the legend show."""
    drawn = [(layer, drawing_of(layer)) for layer in listed(layers)]
    parts = list(_in_order(drawn, sheet.profile, sheet.language))
    joined = drawn_together(layer for layer, _ in drawn)
    sources = {TOGETHER: joined, **{layer.id: (layer,) for layer, _ in drawn}}
    return {
        **_frame(sheet.profile.title(sheet.language), sources, sheet),
        "metadata": {
            "pool:epoch": sheet.epoch,
            "pool:bounds": lonlat_bounds(sheet.profile),
            "pool:layers": [_entry(layer, drawing, sheet) for layer, drawing in drawn],
        },
        "layers": [
            _background(),
            *(
                _style_layer(
                    layer,
                    part,
                    TOGETHER if layer in joined else layer.id,
                    is_visible=drawing.is_shown_at_first and not part.is_for_one,
                )
                for layer, drawing, part in parts
            ),
        ],
    }


def parts_in_order(layers: Iterable[Layer], profile: Profile, language: str) -> list[tuple[Layer, Part]]:
    """All that is painted of these layers, the topmost first, from the ground up, for who paints without MapLibre."""
    drawn = [(layer, drawing_of(layer)) for layer in layers]
    return [(layer, part) for layer, _, part in _in_order(drawn, profile, language)]


def listed(layers: Iterable[Layer]) -> list[Layer]:
    """In the order of the list of layers, the topmost first."""
    return sorted(layers, key=_place_in_list)


def shown_at_first(layers: Iterable[Layer]) -> list[Layer]:
    """Of these the ones that the map shows to who has chosen none, the topmost first."""
    return [layer for layer in listed(layers) if drawing_of(layer).is_shown_at_first]


def drawn_together(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Of these the public ones that the map shows at first and that have tiles down to the finest zoom.

    The others would need tiles of their own there: districts a hundred thousand squares without a line in them.
    """
    shown = [layer for layer in shown_at_first(layers) if layer.audience == Audience.PUBLIC]
    finest = max((layer.tile_zooms.stop for layer in shown), default=0)
    return tuple(layer for layer in shown if layer.tile_zooms.stop == finest)


def layer_style(layer: Layer, sheet: Sheet) -> dict[str, Any]:
    """One layer alone, with the numbers that would be a heap where layers lie together."""
    parts = _in_order([(layer, drawing_of(layer))], sheet.profile, sheet.language)
    return {
        **_frame(layer.title.in_language(sheet.language), {layer.id: (layer,)}, sheet),
        "layers": [_background(), *(_style_layer(layer, part, layer.id, is_visible=True) for _, _, part in parts)],
    }


def signs_of(layers: Iterable[Layer], profile: Profile) -> set[str]:
    """The names of all images that the drawings of these layers ask for."""
    names: set[str] = set()
    for layer in layers:
        for part in drawing_of(layer).parts(_legend(layer, profile, profile.languages[0])):
            names |= set(_signs_in(part.paint.get("fill-pattern"))) | set(_signs_in(part.layout.get("icon-image")))
    return names


def drawing_of(layer: Layer) -> Drawing:
    """The layer's own drawing, or the plain one."""
    declared: tuple[Drawing, ...] = discover(drawings, "DRAWING")
    return next((drawing for drawing in declared if drawing.layer == layer.id), plain_drawing(layer))


def lonlat_bounds(profile: Profile) -> list[float]:
    """The profile's envelope as west, south, east, north in degrees."""
    to_lonlat = Transformer.from_crs(profile.storage_srid, 4326, always_xy=True)
    envelope = profile.envelope
    sides = to_lonlat.transform_bounds(envelope.west, envelope.south, envelope.east, envelope.north)
    return [round(side, 5) for side in sides]


def _frame(name: str, sources: Mapping[str, Sequence[Layer]], sheet: Sheet) -> dict[str, Any]:
    bounds = lonlat_bounds(sheet.profile)
    letters = f"{sheet.root}fonts/{{fontstack}}/{{range}}.pbf?v={sheet.glyphs}"
    return {
        "version": 8,
        "name": name,
        "center": list(sheet.profile.center_lonlat),
        "zoom": 9,
        "sprite": f"{sheet.root}sprites/{sheet.sprite}",
        **({"glyphs": letters} if sheet.glyphs is not None else {}),
        "sources": {name: _source(name, layers, sheet, bounds) for name, layers in sources.items()},
    }


def _place_in_list(layer: Layer) -> tuple[int, str, int, str]:
    """By theme, and in it from the finest to the widest."""
    theme = THEMES.index(layer.theme) if layer.theme in THEMES else len(THEMES)
    return theme, layer.theme, -layer.zooms.start, layer.id


def _entry(layer: Layer, drawing: Drawing, sheet: Sheet) -> dict[str, Any]:
    legend = sheet.profile.legends.get(layer.id, ())
    parts = drawing.parts(_legend(layer, sheet.profile, sheet.language))
    return {
        "id": layer.id,
        "title": layer.title.in_language(sheet.language),
        "description": layer.description.in_language(sheet.language),
        "former_ids": layer.former_ids,
        "theme": layer.theme,
        "label": layer.label,
        "from_zoom": min(_first_zoom(layer, part) for part in parts if not part.is_for_one),
        "features_from_zoom": layer.zooms.start,
        "is_shown_at_first": drawing.is_shown_at_first,
        "is_public": layer.audience == Audience.PUBLIC,
        "swatch": {
            "kind": drawing.swatch.kind,
            "color": drawing.swatch.color,
            "outline": drawing.swatch.outline,
            "is_dashed": drawing.swatch.is_dashed,
        },
        "legend_field": drawing.legend_field,
        "legend": [_legend_row(n, entry, sheet.language) for n, entry in enumerate(legend)],
    }


def _legend(layer: Layer, profile: Profile, language: str) -> Legend:
    entries = profile.legends.get(layer.id, ())
    title = layer.title.in_language(language)
    return Legend(title, entries, profile.plan_signs, is_of_lines=layer.shape == Shape.LINES)


def _legend_row(position: int, entry: LegendEntry, language: str) -> dict[str, Any]:
    return {
        "key": entry.key,
        "title": entry.title(language),
        "color": entry.color,
        "hatch": hatch_name(position, entry.color) if entry.is_hatched else None,
    }


def _source(name: str, layers: Sequence[Layer], sheet: Sheet, bounds: Sequence[float]) -> dict[str, Any]:
    zooms = span(layer.tile_zooms for layer in layers)
    return {
        "type": "vector",
        "tiles": [f"{sheet.root}tiles/{name}/{{z}}/{{x}}/{{y}}?v={sheet.epoch}"],
        "minzoom": zooms.start,
        "maxzoom": zooms.stop - 1,
        "bounds": list(bounds),
        **({"attribution": ", ".join(sheet.profile.credits)} if sheet.profile.credits else {}),
    }


def _background() -> dict[str, Any]:
    return {"id": "background", "type": "background", "paint": {"background-color": BACKGROUND}}


def _in_order(
    drawn: Sequence[tuple[Layer, Drawing]], profile: Profile, language: str
) -> list[tuple[Layer, Drawing, Part]]:
    """By band, then the list's order from its end, so that what stands first in the list lies on top."""
    parts = [
        (layer, drawing, part)
        for layer, drawing in reversed(drawn)
        for part in drawing.parts(_legend(layer, profile, language))
    ]
    return sorted(parts, key=_band)


def _band(row: tuple[Layer, Drawing, Part]) -> Band:
    return row[2].band


def _source_layer(layer: Layer, part: Part) -> str:
    """Text stands at label points where the tiles carry them."""
    level = next((level for level in layer.levels if level.id == part.level), None)
    name, labels_from = (layer.id, layer.labels_from) if level is None else (layer.level_id(level), level.labels_from)
    is_text = part.kind == "symbol" and "text-field" in part.layout
    return labels_of(name) if is_text and labels_from is not None else name


def _first_zoom(layer: Layer, part: Part) -> float:
    level = next((level for level in layer.levels if level.id == part.level), layer)
    return max(level.zooms.start, part.from_zoom or 0)


def _zooms(part: Part) -> dict[str, float]:
    limits = {"minzoom": part.from_zoom, "maxzoom": part.until_zoom}
    return {name: zoom for name, zoom in limits.items() if zoom is not None}


def _style_layer(layer: Layer, part: Part, source: str, *, is_visible: bool) -> dict[str, Any]:
    return {
        "id": f"{layer.id}/{part.name}",
        "type": part.kind,
        "source": source,
        "source-layer": _source_layer(layer, part),
        **_zooms(part),
        "layout": {**part.layout, "visibility": "visible" if is_visible else "none"},
        "paint": dict(part.paint),
        "metadata": {
            "pool:layer": layer.id,
            "pool:band": int(part.band),
            **({"pool:level": part.level} if part.level is not None else {}),
            **({"pool:for_one": True} if part.is_for_one else {}),
        },
    }


def _signs_in(value: Any) -> Iterator[str]:
    """Every image named in a value or expression."""
    if isinstance(value, str) and is_sign(value):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _signs_in(inner)
