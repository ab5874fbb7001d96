"""The refused records as they were sent, with what is wrong beside each: to be corrected and sent again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from pyarrow import ipc
from sqlalchemy import Connection, Row, text

from importers import gdal
from importers.batches import batched
from importers.crs.pipelines import as_defined
from importers.findings import known_rule
from importers.personal import cell_without_number
from importers.reader import Record
from importers.sent_back import finding_column, finding_columns
from importers.typed_columns import alike, column, common_schema
from importers.understand import Understood
from importers.wording import languages_read
from layers.core.refused_file import keep_refused_file
from sql import query

BATCH = 2_000
SHAPE = "gis_geom"
NUMBER = "gis_fid"
"""Names of our own, so that a column of the file called `geom` or `fid` keeps its name."""
MOST_COLUMNS = 1_900
"""SQLite takes 2,000."""

Said = Mapping[int, Mapping[str, str]]
"""Line -> language -> what was found in the record."""


@dataclass(frozen=True)
class Kept:
    """A column of the file, and of the GeoPackage."""

    header: str
    name: str
    with_comma: bool
    """Its numbers, where they stand as text, are written with the comma of the place."""


def keep_refused(connection: Connection, file: Understood) -> None:
    """Read the file once more, up to the last refused record; nothing where none is refused."""
    rows = connection.execute(text(query("refused_file.refused_lines")), {"upload": file.upload.id})
    languages = languages_read(file.profile.languages)
    said = {row.line: {language: _sentences(row, language) for language in languages} for row in rows}
    if not said:
        return
    with TemporaryDirectory(prefix="gis-refused-") as folder:
        target = Path(folder) / "refused.gpkg"
        kept = tuple(_kept(file))
        batches = enumerate(_batches(file, said, kept))
        spooled = [_spooled(batch, Path(folder) / f"{number}.arrow") for number, batch in batches]
        _write(target, spooled, file, kept)
        with target.open("rb") as stream:
            keep_refused_file(connection, file.upload.id, file.district_id, stream)


def _sentences(row: Row[Any], language: str) -> str:
    """Not every finding of a rule is kept: then the rule's title says at least what it is about."""
    titles = [known_rule(rule).title.in_language(language) for rule in sorted({*row.refused_by} - {*row.told_by})]
    return "\n".join([*(words[language] for words in row.texts or ()), *titles])


def _batches(file: Understood, said: Said, kept: Sequence[Kept]) -> Iterator[pa.RecordBatch]:
    languages = languages_read(file.profile.languages)
    names = [*(one.name for one in kept), *(finding_column(language) for language in languages), SHAPE]
    for records in batched(file.source.records_of(said.keys()), BATCH):
        cells = [*(_column(records, one, file) for one in kept), *_findings(records, said, languages)]
        shapes = np.array([record.geometry for record in records], dtype=object)
        defined = shapely.to_wkb(as_defined(shapes, file.located.placement.reading))
        yield pa.record_batch([*cells, pa.array(list(defined), pa.binary())], names)


def _kept(file: Understood) -> Iterator[Kept]:
    """What was understood stands first; columns about persons are left out.

    A GeoPackage does not know `Ada` from `ADA`.
    """
    understood = {one.header: one.target.kind for one in file.columns.mapped}
    understood |= {one.header: one.target.kind for one in file.columns.held}
    left_out = {*file.columns.removed, *finding_columns()}
    headers = [header for header in file.source.described.fields if header not in left_out]
    taken = Counter([SHAPE, NUMBER, *finding_columns()])
    for header in sorted(headers, key=lambda header: header not in understood)[:MOST_COLUMNS]:
        taken[header.lower()] += 1
        count = taken[header.lower()]
        is_text = understood.get(header) == "string"
        yield Kept(header, header if count == 1 else f"{header}_{count}", file.profile.decimal_comma and not is_text)


def _column(records: Sequence[Record], kept: Kept, file: Understood) -> pa.Array:
    """As it was sent, without the cells that hold a person's number."""
    cells = [record.attributes.get(kept.header) for record in records]
    if kept.header not in file.numberings:
        cells = [cell_without_number(cell, file.profile) for cell in cells]
    return column(cells, comma=kept.with_comma)


def _findings(records: Sequence[Record], said: Said, languages: Sequence[str]) -> Iterator[pa.Array]:
    for language in languages:
        yield pa.array([said[record.line][language] for record in records], pa.string())


def _spooled(batch: pa.RecordBatch, path: Path) -> Path:
    """Aside, so that memory does not grow with the number of records."""
    with ipc.new_file(path, batch.schema) as spool:
        spool.write_batch(batch)
    return path


def _write(target: Path, spooled: Sequence[Path], file: Understood, kept: Sequence[Kept]) -> None:
    """One layer, named as ours: a name of the file may be one that the format keeps for itself."""
    reading = file.located.placement.reading
    schema = common_schema([ipc.open_file(path).schema for path in spooled])
    with_comma = {one.name for one in kept if one.with_comma}
    batches = (alike(ipc.open_file(path).get_batch(0), schema, with_comma) for path in spooled)
    gdal.pyogrio.write_arrow(
        pa.RecordBatchReader.from_batches(schema, batches),
        target,
        layer=file.layer.id,
        driver="GPKG",
        geometry_name=SHAPE,
        geometry_type="Unknown",
        crs=f"EPSG:{reading.srid}" if reading.srid else reading.crs.to_wkt(),
        layer_options={"FID": NUMBER, "GEOMETRY_NAME": SHAPE},
    )
