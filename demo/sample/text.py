"""Columns of text made whole arrays at a time; what goes into a COPY file never becomes one Python object per row."""

from collections.abc import Sequence
from functools import cache, reduce

import numpy as np
import shapely
from numpy.typing import NDArray

from demo.sample.arrays import Flags, Floats, Shapes

Text = NDArray[np.bytes_]
Part = Text | bytes

NULL = b"\\N"


def words(values: Sequence[str]) -> Text:
    """UTF-8, with the signs escaped that mean something in a COPY file."""
    escaped = [v.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").encode() for v in values]
    return np.array(escaped, dtype=np.bytes_) if escaped else np.empty(0, dtype="S1")


def word(value: str) -> bytes:
    """One word for all rows."""
    return bytes(words([value])[0])


def whole(values: NDArray[np.integer]) -> Text:
    """Whole numbers."""
    return values.astype("S12")


def fixed(values: Floats, places: int) -> Text:
    """Numbers of zero or more with so many decimals, rounded half to even."""
    scaled = np.round(values * 10**places).astype(np.int64)
    if places == 0:
        return whole(scaled)
    decimals = np.strings.zfill(whole(scaled % 10**places), places)
    return glue(whole(scaled // 10**places), b".", decimals)


def padded(values: NDArray[np.integer], width: int) -> Text:
    """Whole numbers with leading zeros."""
    return np.strings.zfill(whole(values), width)


def days(values: NDArray[np.datetime64]) -> Text:
    """ISO dates."""
    return np.datetime_as_string(values, unit="D").astype("S10")


def glue(*parts: Part) -> Text:
    """Parts written one after the other."""
    first, *others = parts
    return reduce(np.strings.add, others, np.asarray(first))


def filled(template: str, **parts: Part) -> Text:
    """A template such as "{number} Sokak" with its one place filled."""
    ((name, value),) = parts.items()
    before, after = template.split("{" + name + "}")
    return glue(word(before), value, word(after)) if before else glue(value, word(after))


def where(chosen: Flags, text: Part, otherwise: Part = NULL) -> Text:
    """The text where chosen, else NULL or another one."""
    return np.where(chosen, text, otherwise)


def ewkb(geoms: Shapes, srid: int) -> Text:
    """Hexadecimal EWKB, always of the "multi" kind unless points."""
    if len(geoms) == 0:
        return np.empty(0, dtype="S1")
    dimensions = shapely.get_dimensions(geoms[0])
    if dimensions > 0:
        parts, owner = shapely.get_parts(geoms, return_index=True)
        joined = shapely.multilinestrings if dimensions == 1 else shapely.multipolygons
        geoms = joined(parts, indices=owner)
    binary = shapely.to_wkb(shapely.set_srid(geoms, srid), include_srid=True, byte_order=1)
    return hexadecimal(binary.astype(np.bytes_))


def hexadecimal(binary: Text) -> Text:
    """Two digits per byte, by table: the writer of the geometry library goes digit by digit.

    Well-known binary of metres never ends in a zero byte, so the padding of the array is not part of it.
    """
    count, width = len(binary), binary.dtype.itemsize
    values = np.ascontiguousarray(binary).view(np.uint8).reshape(count, width)
    pairs = _hexadecimal_pairs()[values]
    pairs[np.arange(width) >= np.strings.str_len(binary)[:, None]] = 0
    return pairs.view(f"S{2 * width}").ravel()


@cache
def _hexadecimal_pairs() -> NDArray[np.uint16]:
    return np.frombuffer("".join(f"{value:02X}" for value in range(256)).encode(), dtype=np.uint16)
