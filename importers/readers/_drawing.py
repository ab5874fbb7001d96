"""What a drawing in DXF holds. It has no columns: each layer of texts becomes one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import ezdxf.path
import numpy as np
import shapely
from ezdxf.addons import iterdxf
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.entities.mtext import MText
from ezdxf.entities.text import Text
from ezdxf.lldxf.const import DXFError
from ezdxf.lldxf.encoding import decode_dxf_unicode
from ezdxf.math import Vec3
from shapely.geometry.base import BaseGeometry

from importers.broken import UnreadableFile
from importers.reader import Batch, Encoding, Record, SourceDescription, in_batches

TITLE = "DXF"
_SAGITTA = 0.005
"""Drawing units (metres) by which the chord of an arc may miss it."""
_SAME_PLACE = 0.001
"""A polyline whose ends are this near is closed, though it does not say so."""
_LINES = frozenset({"LINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE", "LWPOLYLINE", "POLYLINE"})
_POINTS = frozenset({"POINT", "INSERT"})
_TEXTS = frozenset({"TEXT", "MTEXT"})
_PARTS = ("VERTEX", "ATTRIB", "SEQEND")
"""What polylines and block references are made of."""
_BLOCK_AND_PARCEL = re.compile(r"(\d+)\s*/\s*(\d+)")
_LETTER_WIDTH = 0.6
"""Of the letters' height: good enough to find the middle of a text of a few digits."""
_TAIL_BYTES = 256
_LAYER, _BLOCK, _PARCEL = "layer", "ada", "parsel"


def layers_of(path: Path) -> tuple[SourceDescription, ...]:
    """Every layer that holds outlines, lines or points; its columns are the text layers of the drawing."""
    _require_end(path)
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    columns = {_LAYER}
    for entity in _entities(path, _LINES | _POINTS | _TEXTS):
        if entity.dxftype() in _TEXTS:
            columns.add(_layer(entity))
            if _BLOCK_AND_PARCEL.fullmatch(_plain(entity)):
                columns |= {_BLOCK, _PARCEL}
        elif (shape := _shape(entity)) is not None:
            kinds[_layer(entity)][shape.geom_type] += 1
            columns |= set(_attached(entity))
    return tuple(
        SourceDescription(
            name=name,
            fields=tuple(sorted(columns)),
            geometry_type=_kind(counted),
            crs=None,
            encoding=Encoding("as the drawing says"),
            count=counted.total(),
        )
        for name, counted in sorted(kinds.items())
    )


def batches_of(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The layer's shapes in the drawing's order; a text belongs to the smallest outline around it.

    Where most polylines are closed they are outlines, and an open one stays the line that it is: a rule says so.
    """
    return in_batches(_records(path, source))


def _records(path: Path, source: SourceDescription) -> Iterator[Record]:
    shapes: list[BaseGeometry] = []
    attached: list[dict[str, str]] = []
    for entity in _entities(path, _LINES | _POINTS):
        if _layer(entity) == source.name and (shape := _shape(entity)) is not None:
            shapes.append(_as_line(shape) if source.geometry_type == "LineString" else shape)
            attached.append(_attached(entity))
    labels = _labels(path, shapes)
    for number, shape in enumerate(shapes):
        attributes = {_LAYER: source.name, **attached[number], **labels.get(number, {})}
        yield Record(number + 1, MappingProxyType(attributes), shape)


def _require_end(path: Path) -> None:
    """Each drawing ends with EOF: without it some of it may be missing. Raises UnreadableFile."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL_BYTES, 0))
        if file.read().split()[-2:] != [b"0", b"EOF"]:
            raise UnreadableFile(format=TITLE)


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (DXFError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError) as cause:
        raise UnreadableFile(format=TITLE) from cause


def _entities(path: Path, kinds: frozenset[str]) -> Iterator[DXFGraphic]:
    """One after another, never the whole drawing in memory; what is frozen or off is drawn all the same."""
    with _damage():
        for entity in iterdxf.modelspace(path, types=[*kinds, *_PARTS]):
            if entity.dxftype() in kinds:
                yield entity


def _kind(counted: Counter[str]) -> str:
    return counted.most_common(1)[0][0]


def _shape(entity: DXFGraphic) -> BaseGeometry | None:
    if entity.dxftype() in _POINTS:
        place = entity.dxf.location if entity.dxftype() == "POINT" else entity.dxf.insert
        return shapely.Point(place.x, place.y)
    corners = [(corner.x, corner.y) for corner in ezdxf.path.make_path(entity).flattening(_SAGITTA)]
    if len(corners) < 2:
        return None
    is_closed = getattr(entity, "is_closed", False) or np.hypot(*np.subtract(corners[0], corners[-1])) < _SAME_PLACE
    if is_closed and len(corners) > 3:
        return shapely.Polygon([*corners[:-1], corners[0]])
    return shapely.LineString(corners)


def _as_line(shape: BaseGeometry) -> BaseGeometry:
    return shape.exterior if isinstance(shape, shapely.Polygon) else shape


@dataclass(frozen=True)
class _Label:
    column: str
    text: str
    middle: tuple[float, float]


def _labels(path: Path, shapes: Sequence[BaseGeometry]) -> Mapping[int, Mapping[str, str]]:
    """By number of the shape what is written inside it, text layer by text layer."""
    texts = [_label(entity) for entity in _entities(path, _TEXTS)]
    if not texts or not shapes:
        return {}
    outlines = np.array(shapes, dtype=object)
    places = shapely.points([text.middle for text in texts])
    written, around = shapely.STRtree(outlines).query(places, predicate="within")
    size = shapely.area(outlines)
    smallest: dict[int, int] = {}
    for text, shape in zip(written.tolist(), around.tolist(), strict=True):
        if text not in smallest or size[shape] < size[smallest[text]]:
            smallest[text] = shape
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for text, shape in smallest.items():
        for column, value in _columns(texts[text]):
            before = found[shape].get(column)
            found[shape][column] = value if before is None else f"{before} {value}"
    return found


def _columns(label: _Label) -> Iterator[tuple[str, str]]:
    yield label.column, label.text
    if both := _BLOCK_AND_PARCEL.fullmatch(label.text):
        yield _BLOCK, both[1]
        yield _PARCEL, both[2]


def _label(entity: DXFGraphic) -> _Label:
    return _Label(_layer(entity), _plain(entity), _middle(entity))


def _layer(entity: DXFGraphic) -> str:
    return _letters(entity.dxf.layer)


def _plain(entity: DXFGraphic) -> str:
    return " ".join(_letters(entity.plain_text()).split()) if isinstance(entity, Text | MText) else ""


def _letters(text: str | list[str]) -> str:
    r"""Letters that the drawing's encoding lacks are written as \U+0130."""
    return str(decode_dxf_unicode(str(text)))


def _middle(entity: DXFGraphic) -> tuple[float, float]:
    """About the middle of a text: most are placed by their lower left corner, which may lie outside of a small plot."""
    text = _plain(entity)
    if isinstance(entity, Text):
        height, at_left = entity.dxf.height, entity.dxf.halign == 0 and entity.dxf.valign == 0
        place = entity.dxf.insert if at_left else entity.dxf.get("align_point", entity.dxf.insert)
        shift = (len(text) * _LETTER_WIDTH / 2 * height, height / 2) if at_left else (0.0, 0.0)
    else:
        height, place = entity.dxf.char_height, entity.dxf.insert
        column, row = (entity.dxf.attachment_point - 1) % 3, (entity.dxf.attachment_point - 1) // 3
        shift = ((1 - column) * len(text) * _LETTER_WIDTH / 2 * height, (row - 1) * height / 2)
    turned = Vec3(*shift, 0).rotate_deg(entity.dxf.get("rotation", 0.0))
    return place.x + turned.x, place.y + turned.y


def _attached(entity: DXFGraphic) -> dict[str, str]:
    """The attributes of a block reference."""
    return {_letters(attribute.dxf.tag): _letters(attribute.dxf.text) for attribute in getattr(entity, "attribs", ())}
