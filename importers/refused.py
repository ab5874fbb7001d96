"""The refused records as they were sent, with what is wrong beside each: to be corrected and sent again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from sqlalchemy import Connection, text

from importers.batches import batched
from importers.crs.pipelines import as_defined
from importers.gdal import pyogrio
from importers.reader import Record
from importers.understand import Understood
from importers.wording import LANGUAGES
from layers.core.refused_file import keep_refused_file
from sql import query

BATCH = 5_000
SHAPE = "gis_geom"
NUMBER = "gis_fid"
"""Names of our own, so that a column of the file called `geom` or `fid` keeps its name."""
SAID = {f"finding_{language}": language for language in LANGUAGES}
"""Column -> language of what was found; a file that was corrected and refused again has new ones."""


def keep_refused(connection: Connection, file: Understood) -> None:
    """Read the file once more, up to the last refused record; nothing where none is refused."""
    rows = connection.execute(text(query("refused_file.refused_lines")), {"upload": file.upload.id})
    said: dict[int, Sequence[Mapping[str, str]]] = {row.line: row.texts or () for row in rows}
    if not said:
        return
    tables = [_table(batch, said, file) for batch in batched(_refused(file, said), BATCH)]
    with TemporaryDirectory(prefix="gis-refused-") as folder:
        target = Path(folder) / "refused.gpkg"
        _write(target, tables, file)
        with target.open("rb") as stream:
            keep_refused_file(connection, file.upload.id, file.district_id, stream)


def _refused(file: Understood, lines: Mapping[int, Any]) -> Iterator[Record]:
    last = max(lines)
    for record in file.source.records():
        if record.line in lines:
            yield record
        if record.line >= last:
            return


def _table(records: list[Record], said: Mapping[int, Sequence[Mapping[str, str]]], file: Understood) -> pa.Table:
    """The file's own columns except those about persons; in memory no larger than in the file."""
    shapes = as_defined(np.array([record.geometry for record in records], dtype=object), file.located.placement.reading)
    columns = {
        header: _column([record.attributes.get(header) for record in records])
        for header in file.source.described.fields
        if header not in file.columns.removed and header not in SAID
    }
    for name, language in SAID.items():
        sentences = ["\n".join(words[language] for words in said[record.line]) for record in records]
        columns[name] = pa.array(sentences, pa.string())
    return pa.table({**columns, SHAPE: pa.array(list(shapely.to_wkb(shapes)), pa.binary())})


def _column(values: list[Any]) -> pa.Array:
    """Of the type that the values have; as text where they have several."""
    try:
        column = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return _as_text(values)
    return column if _is_plain(column.type) else _as_text(values)


def _as_text(values: Iterable[Any]) -> pa.Array:
    return pa.array([None if value is None else str(value) for value in values], pa.string())


def _is_plain(kind: pa.DataType) -> bool:
    known = (pa.types.is_null, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_string)
    return any(is_so(kind) for is_so in (*known, pa.types.is_date))


def _write(target: Path, tables: list[pa.Table], file: Understood) -> None:
    reading = file.located.placement.reading
    pyogrio.write_arrow(
        _joined(tables),
        target,
        layer=file.source.described.name,
        driver="GPKG",
        geometry_name=SHAPE,
        geometry_type="Unknown",
        crs=f"EPSG:{reading.srid}" if reading.srid else reading.crs.to_wkt(),
        layer_options={"FID": NUMBER, "GEOMETRY_NAME": SHAPE},
    )


def _joined(tables: list[pa.Table]) -> pa.Table:
    """One type for each column, although batches may have been read with several; one name for each."""
    wanted = pa.schema(
        [(name, _common([table.schema.field(name).type for table in tables])) for name in tables[0].schema.names]
    )
    joined = pa.concat_tables([table.cast(wanted) for table in tables])
    return joined.rename_columns(_told_apart(joined.schema.names))


def _common(kinds: list[pa.DataType]) -> pa.DataType:
    found = {kind for kind in kinds if not pa.types.is_null(kind)}
    if len(found) == 1:
        return found.pop()
    is_number = found and all(pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in found)
    return pa.float64() if is_number else pa.string()


def _told_apart(names: Iterable[str]) -> list[str]:
    """A GeoPackage does not know `Ada` from `ADA`."""
    taken: dict[str, int] = {}
    apart = []
    for name in names:
        count = taken[name.lower()] = taken.get(name.lower(), 0) + 1
        apart.append(name if count == 1 else f"{name}_{count}")
    return apart
