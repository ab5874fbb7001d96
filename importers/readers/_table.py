"""Rows and columns that say where something lies: corner lists, points by coordinates, shapes as WKT."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from types import MappingProxyType
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from importers.batches import batched
from importers.broken import UnreadableCell
from importers.reader import RECORDS_A_BATCH, Batch, Encoding, Record, SourceDescription, in_batches
from importers.readers._names import distinct

Cells = Sequence[Any]
Rows = Callable[[], Iterator[tuple[int, Cells]]]
"""Line number in the file, counted from 1, and its cells; may be asked for again and again."""

LOOKED_AT = 200
"""Rows from which the layout of a table is told."""
# In Turkish surveying Y is the easting (sağa) and X the northing (yukarı).
_EASTING = frozenset(
    {"y", "saga", "saga deger", "sag", "east", "easting", "dogu", "e", "boylam", "lon", "long", "longitude"}
)
_NORTHING = frozenset(
    {"x", "yukari", "yukari deger", "yuk", "north", "northing", "kuzey", "n", "enlem", "lat", "latitude"}
)
_HEIGHT = frozenset({"z", "h", "kot", "yukseklik"})
_CORNER = frozenset(
    {"no", "nn", "p no", "nokta", "nokta no", "noktano", "kose", "kose no", "koseno", "sira", "sira no"}
    | {"point", "point no"}
)
_WKT = re.compile(r"\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)|\s*GEOMETRYCOLLECTION", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_NORTHING_M = (3_000_000.0, 6_000_000.0)
"""Where northings of the temperate zone lie; an easting has six digits, or eight with its zone before it."""
_TITLES = (
    re.compile(r"ada\D*(?P<ada>\d+)\D+parsel\D*(?P<parsel>\d+)", re.IGNORECASE),
    re.compile(r"(?P<ada>\d+)\D*ada\D*(?P<parsel>\d+)\D*parsel", re.IGNORECASE),
    re.compile(r"\s*(?P<ada>\d+)\s*/\s*(?P<parsel>\d+)\s*"),
)
_LEAST_CORNERS = 3
_POINT, _LINE, _POLYGON = "Point", "LineString", "Polygon"


@dataclass(frozen=True)
class Layout:
    """Which column is what; positions count from 0."""

    names: tuple[str, ...]
    first_row: int
    """Line of the first row below the header."""
    wkt: int | None = None
    easting: int | None = None
    northing: int | None = None
    left_out: frozenset[int] = frozenset()
    """Numbers of corners and heights: they belong to a corner, not to the shape."""

    @cached_property
    def carried(self) -> tuple[int, ...]:
        """Columns that say something about the shape."""
        placed = {self.wkt, self.easting, self.northing}
        return tuple(n for n in range(len(self.names)) if n not in placed and n not in self.left_out)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(self.names[n] for n in self.carried)

    def values(self, cells: Cells) -> list[Any]:
        """What a row says in them."""
        return [_empty_as_none(_cell(cells, n)) for n in self.carried]


def describe_table(name: str, rows: Rows, encoding: Encoding) -> tuple[SourceDescription, ...]:
    """What the table can be read as; nothing where it says no place.

    Coordinates are points, the corners of outlines, or the vertices of lines, whichever a layer wants.
    """
    layout = _layout(list(itertools.islice(rows(), LOOKED_AT)))
    if layout is None:
        return ()
    fields = layout.fields
    if layout.wkt is not None:
        kind, count = _kind_of_wkt(rows, layout)
        return (SourceDescription(name, fields, kind, None, encoding, count),)
    titled, shapes, corners = dict.fromkeys(fields), 0, 0
    for _, attributes, places in _groups(rows, layout):
        titled.update(dict.fromkeys(attributes))
        shapes += 1
        corners += len(places)
    return (
        SourceDescription(f"{name}: {_POINT}", fields, _POINT, None, encoding, corners),
        SourceDescription(f"{name}: {_LINE}", tuple(titled), _LINE, None, encoding, shapes),
        SourceDescription(f"{name}: {_POLYGON}", tuple(titled), _POLYGON, None, encoding, shapes),
    )


def read_table(rows: Rows, source: SourceDescription) -> Iterator[Batch]:
    """The records in the table's order. Raises UnreadableCell."""
    layout = _layout(list(itertools.islice(rows(), LOOKED_AT)))
    if layout is None:
        return iter(())
    if layout.wkt is not None:
        return in_batches(_records_of_wkt(rows, layout, layout.wkt))
    if source.geometry_type == _POINT:
        return _points(rows, layout)
    return in_batches(_shapes(rows, layout, source.geometry_type == _POLYGON))


def number(cell: Any) -> float | None:
    """A coordinate as surveyors write it: 500123.45, 500123,45, 500.123,45, 4.250.123; None for anything else."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = str(cell).strip().replace("\xa0", "").replace(" ", "")
    if _PLAIN.fullmatch(text):
        return float(text)
    if not _NUMBER.fullmatch(text):
        return None
    last = max(text.rfind("."), text.rfind(","))
    if last >= 0 and text.count(text[last]) > 1:
        return float(re.sub(r"[.,]", "", text))
    whole, part = (text[:last], text[last + 1 :]) if last >= 0 else (text, "")
    return float(f"{re.sub('[.,]', '', whole)}.{part}" if part else re.sub("[.,]", "", whole))


def _layout(rows: Sequence[tuple[int, Cells]]) -> Layout | None:
    for at, (line, cells) in enumerate(rows):
        words = [_word(cell) for cell in cells]
        below = [other for _, other in rows[at + 1 :]]
        if (wkt := _column_of_wkt(below)) is not None and _is_header(cells):
            return Layout(_names(cells), line + 1, wkt=wkt)
        east, north = _find(words, _EASTING), _find(words, _NORTHING)
        if east is not None and north is not None and _is_header(cells):
            east, north = _by_size(east, north, below)
            beside = frozenset(n for n, word in enumerate(words) if word in _CORNER | _HEIGHT)
            return Layout(_names(cells), line + 1, easting=east, northing=north, left_out=beside)
    return _without_header(rows)


def _without_header(rows: Sequence[tuple[int, Cells]]) -> Layout | None:
    """No;Y;X or No;Y;X;Z, told by the numbers alone: one column of northings, and the eastings before or behind it."""
    numbers = [[number(cell) for cell in cells] for _, cells in rows]
    width = max((len(row) for row in numbers), default=0)
    for column in range(width):
        values = _known(numbers, column)
        if len(values) < _LEAST_CORNERS or not all(_is_northing(value) for value in values):
            continue
        for beside in (column - 1, column + 1):
            eastings = _known(numbers, beside)
            if len(eastings) == len(values) and all(value >= 1_000 for value in eastings):
                names = tuple(f"column {n + 1}" for n in range(width))
                others = frozenset(range(width)) - {column, beside}
                return Layout(names, rows[0][0], easting=beside, northing=column, left_out=others)
    return None


def _known(numbers: Sequence[Sequence[float | None]], column: int) -> list[float]:
    if column < 0:
        return []
    return [value for row in numbers if len(row) > column and (value := row[column]) is not None]


def _is_northing(value: float) -> bool:
    return _NORTHING_M[0] <= value <= _NORTHING_M[1]


def _by_size(east: int, north: int, below: Sequence[Cells]) -> tuple[int, int]:
    """Half of the world calls the easting X: where only one order gives a northing, the numbers decide."""
    pairs = [(number(_cell(cells, east)), number(_cell(cells, north))) for cells in below]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if known and _is_northing(median(a for a, _ in known)) and not _is_northing(median(b for _, b in known)):
        return north, east
    return east, north


def _is_header(cells: Cells) -> bool:
    filled = [cell for cell in cells if _word(cell)]
    return len(filled) > 1 and all(number(cell) is None for cell in filled)


def _names(cells: Cells) -> tuple[str, ...]:
    """Headers as they stand; those without a name or with one twice are told apart by their number."""
    return distinct(" ".join(str(cell or "").split()) or f"column {n}" for n, cell in enumerate(cells, start=1))


def _find(words: Sequence[str], wanted: frozenset[str]) -> int | None:
    return next((n for n, word in enumerate(words) if word in wanted), None)


def _word(cell: Any) -> str:
    """Small letters without marks and units: "Y (m)" and "Sağa Değer" as y and saga deger."""
    text = re.sub(r"[(\[].*?[)\]]", "", str(cell or "")).replace("ı", "i").replace("İ", "i").lower()
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def _says(cell: Any) -> bool:
    """Whether there is a word in the cell, which mostly is seen by its first sign."""
    text = str(cell or "")
    first = text[:1]
    return (first.isascii() and first.isalnum()) or bool(text and _word(text))


def _column_of_wkt(rows: Sequence[Cells]) -> int | None:
    for cells in rows:
        for n, cell in enumerate(cells):
            if isinstance(cell, str) and _WKT.match(cell):
                return n
    return None


def _kind_of_wkt(rows: Rows, layout: Layout) -> tuple[str, int]:
    kind, count = "Unknown", 0
    for record in _records_of_wkt(rows, layout, layout.wkt or 0):
        count += 1
        if kind == "Unknown" and record.geometry is not None:
            kind = record.geometry.geom_type
    return kind, count


def _records_of_wkt(rows: Rows, layout: Layout, column: int) -> Iterator[Record]:
    for line, cells in _body(rows, layout):
        if not any(_word(cell) for cell in cells):
            continue
        text = str(_cell(cells, column) or "").rpartition(";")[2]
        yield Record(line, _attributes(layout, cells), _written(text) if text else None)


def _written(text: str) -> BaseGeometry | None:
    """None for a damaged shape, and for a curve: a list has no way to say how it is to be drawn."""
    try:
        return shapely.force_2d(shapely.from_wkt(text, on_invalid="ignore"))
    except NotImplementedError:
        return None


def _points(rows: Rows, layout: Layout) -> Iterator[Batch]:
    """Column by column: a city has millions of doors."""
    placed = (
        (line, cells, place)
        for line, cells in _body(rows, layout)
        if (place := _place_or_refuse(layout, line, cells)) is not None
    )
    for some in batched(placed, RECORDS_A_BATCH):
        lines, tables, places = zip(*some, strict=True)
        columns = dict(enumerate(itertools.zip_longest(*tables)))
        nothing = (None,) * len(lines)
        yield Batch(
            lines=list(lines),
            columns={layout.names[n]: list(map(_empty_as_none, columns.get(n, nothing))) for n in layout.carried},
            shapes=list(shapely.to_wkb(shapely.points(places))),
        )


def _shapes(rows: Rows, layout: Layout, are_outlines: bool) -> Iterator[Record]:
    for line, attributes, corners in _groups(rows, layout):
        yield Record(line, attributes, _outline(corners) if are_outlines else _path(corners))


def _outline(corners: list[tuple[float, float]]) -> BaseGeometry | None:
    """Corner by corner as they were surveyed; the first need not be written again at the end."""
    return shapely.Polygon(corners) if len(set(corners)) >= _LEAST_CORNERS else None


def _path(corners: list[tuple[float, float]]) -> BaseGeometry | None:
    return shapely.LineString(corners) if len(set(corners)) > 1 else None


Group = tuple[int, Mapping[str, Any], list[tuple[float, float]]]


def _groups(rows: Rows, layout: Layout) -> Iterator[Group]:
    """Corners of one shape follow one another. A new one begins where what is said about it changes, at a title
    ("101/5", "Ada: 101 Parsel: 5"), and behind an empty row."""
    nothing: Sequence[Any] = (None,) * len(layout.fields)
    said = nothing
    above = itertools.takewhile(lambda row: row[0] < layout.first_row, rows())
    title = next((found for _, cells in above if (found := _title(cells))), {})
    first, corners = 0, list[tuple[float, float]]()
    for line, cells in _body(rows, layout):
        place = _place_or_refuse(layout, line, cells)
        if place is None:
            if corners:
                yield first, _told(layout, said, title), corners
            said, corners = nothing, []
            title = _title(cells) or title
            continue
        # A spreadsheet says once what holds for the rows below.
        now = [value if _says(value) else last for value, last in zip(layout.values(cells), said, strict=True)]
        if corners and now != said:
            yield first, _told(layout, said, title), corners
            corners = []
        first = line if not corners else first
        said = now
        corners.append(place)
    if corners:
        yield first, _told(layout, said, title), corners


def _told(layout: Layout, said: Sequence[Any], title: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType({**dict(zip(layout.fields, said, strict=True)), **title})


def _title(cells: Cells) -> dict[str, str]:
    text = " ".join(str(cell) for cell in cells if _word(cell))
    found = next((match for pattern in _TITLES if (match := pattern.search(text))), None)
    return found.groupdict() if found else {}


def _body(rows: Rows, layout: Layout) -> Iterable[tuple[int, Cells]]:
    return itertools.dropwhile(lambda row: row[0] < layout.first_row, rows())


def _attributes(layout: Layout, cells: Cells) -> Mapping[str, Any]:
    return MappingProxyType(dict(zip(layout.fields, layout.values(cells), strict=True)))


def _empty_as_none(cell: Any) -> Any:
    return None if isinstance(cell, str) and not cell.strip() else cell


def _cell(cells: Cells, column: int) -> Any:
    return cells[column] if column < len(cells) else None


def _place(layout: Layout, cells: Cells) -> tuple[float, float] | None:
    east, north = number(_cell(cells, layout.easting or 0)), number(_cell(cells, layout.northing or 0))
    return None if east is None or north is None else (east, north)


def _place_or_refuse(layout: Layout, line: int, cells: Cells) -> tuple[float, float] | None:
    """None for a title or an empty row; a row with one coordinate only is a slip that must not pass in silence."""
    place = _place(layout, cells)
    if place is not None:
        return place
    for column, other in ((layout.easting, layout.northing), (layout.northing, layout.easting)):
        cell = _cell(cells, column or 0)
        if number(_cell(cells, other or 0)) is not None:
            raise UnreadableCell(line=line, column=layout.names[column or 0], value=str(cell or ""))
    return None
