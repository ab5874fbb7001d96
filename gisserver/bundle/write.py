"""Writing a bundle: layer by layer into one file, and a QGIS project that knows how they are edited."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect
from typing import TYPE_CHECKING, Any

from gisserver.bundle.code_lists import code_rows
from gisserver.bundle.project import PROJECT_NAME, packed_project
from gisserver.formats._batches import SHAPE, UID, Batches
from layers.core.around_district import around_district
from layers.core.bundle_mark import MARK_FIELD, BundleMark, pool_mark
from layers.core.bundle_parts import AROUND, EDITABLE, fields_of
from layers.core.epochs import current_epoch
from layers.core.layer import Audience, Layer
from layers.core.profile import Profile
from layers.core.query import EVERYTHING, FeatureQuery, ReadableLayer, Unsaid
from layers.core.registry import Registry
from layers.core.store import Connection

if TYPE_CHECKING:
    import pyarrow

_TABLES = """
CREATE TABLE code_lists (fid INTEGER PRIMARY KEY, layer TEXT, field TEXT, value TEXT, title TEXT);
INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('code_lists', 'attributes', 'code_lists');
CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB);
"""


@dataclass(frozen=True)
class Bundle:
    """Whose, for whom, in which language and under which name."""

    profile: Profile
    district_id: int
    audience: Audience
    language: str
    filename: str
    """The project finds the layers by it."""


def write_bundle(connection: Connection, registry: Registry, bundle: Bundle, target: Path) -> BundleMark:
    """All of it is of one publish, since the connection reads one snapshot."""
    profile, audience, language = bundle.profile, bundle.audience, bundle.language
    mark = BundleMark(pool_mark(connection), current_epoch(connection))
    layers = [registry[name] for name in EDITABLE if name in registry]
    for layer in layers:
        _write_layer(connection, ReadableLayer(layer, audience, profile), bundle.district_id, mark, target)
    _write_around(connection, registry["parcels"], profile, bundle.district_id, target)
    codes = tuple(code_rows(layers, profile, audience, language))
    edited = [(layer, fields_of(layer, audience)) for layer in layers]
    project = packed_project(bundle.filename, profile, edited, AROUND, mark, language)
    with closing(connect(target)) as file:
        file.executescript(_TABLES)
        file.executemany("INSERT INTO code_lists (layer, field, value, title) VALUES (?, ?, ?, ?)", codes)
        # QGIS keeps the archive as hexadecimal text.
        file.execute("INSERT INTO qgis_projects VALUES (?, '{}', ?)", (PROJECT_NAME, project.hex()))
        file.commit()
    return mark


def _write_layer(connection: Connection, met: ReadableLayer, district_id: int, mark: BundleMark, target: Path) -> None:
    names = ["ref", *(field.name for field in fields_of(met.layer, met.audience)), "valid_from", "valid_to"]
    asked = {"district_id": str(district_id), "properties": ",".join(names)}
    query = FeatureQuery.parse(asked, met, Unsaid(EVERYTHING.limit, met.storage))
    batches = Batches(connection, query)
    try:
        _append(_marked(batches, mark), target, met.layer.id, str(met.layer.shape), met.profile.storage_srid)
    except Exception as consequence:
        raise batches.trouble or consequence from consequence


def _marked(batches: Batches, mark: BundleMark) -> "pyarrow.RecordBatchReader":
    """Without our internal name, and with the word that says which publish it is of."""
    import pyarrow

    kept = [field for field in batches.schema if field.name not in (UID, SHAPE)]
    ends = [pyarrow.field(MARK_FIELD, pyarrow.string()), batches.schema.field(SHAPE)]
    schema = pyarrow.schema([*kept, *ends])

    def marked() -> Iterator["pyarrow.RecordBatch"]:
        for batch in batches:
            word = pyarrow.array([str(mark)] * batch.num_rows, pyarrow.string())
            columns = [*(batch.column(field.name) for field in kept), word, batch.column(SHAPE)]
            yield pyarrow.RecordBatch.from_arrays(columns, schema=schema)

    return pyarrow.RecordBatchReader.from_batches(schema, marked())


def _write_around(connection: Connection, parcels: Layer, profile: Profile, district_id: int, target: Path) -> None:
    import pyarrow

    rows = around_district(connection, district_id)
    columns: Mapping[str, Any] = {
        "ref": pyarrow.array([row.ref for row in rows], pyarrow.string()),
        "block_no": pyarrow.array([row.block_no for row in rows], pyarrow.string()),
        "parcel_no": pyarrow.array([row.parcel_no for row in rows], pyarrow.string()),
        "district_id": pyarrow.array([row.district_id for row in rows], pyarrow.int64()),
        SHAPE: pyarrow.array([bytes(row.geom) for row in rows], pyarrow.binary()),
    }
    batch = pyarrow.RecordBatch.from_pydict(columns)
    reader = pyarrow.RecordBatchReader.from_batches(batch.schema, [batch])
    _append(reader, target, AROUND, str(parcels.shape), profile.storage_srid)


def _append(reader: "pyarrow.RecordBatchReader", target: Path, layer: str, shape: str, srid: int) -> None:
    # Imported here: what never writes such a file goes without GDAL.
    import pyogrio

    pyogrio.write_arrow(
        reader,
        target,
        layer=layer,
        driver="GPKG",
        geometry_name=SHAPE,
        geometry_type=shape,
        crs=f"EPSG:{srid}",
        append=target.exists(),
        layer_options={"GEOMETRY_NAME": "geom"},
    )
