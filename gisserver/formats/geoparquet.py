"""GeoParquet 1.1 for analysis: columns, with the system written out."""

import json
from pathlib import Path
from typing import Any

from pyproj import CRS

from gisserver.formats import FeatureFormat, Filed
from gisserver.formats._batches import SHAPE, Batches
from layers.core.crs import CRS84
from layers.core.query import FeatureQuery
from layers.core.store import Connection
from layers.core.words import Title


def write(connection: Connection, query: FeatureQuery, target: Path) -> None:
    """Batch by batch; some of them are a group of rows."""
    import pyarrow.parquet

    batches = Batches(connection, query)
    schema = batches.schema.with_metadata({"geo": json.dumps(_about_shapes(query))})
    with pyarrow.parquet.ParquetWriter(target, schema, compression="zstd") as file:
        for batch in batches:
            file.write_batch(batch)


def _about_shapes(query: FeatureQuery) -> dict[str, Any]:
    system = CRS.from_user_input("OGC:CRS84") if query.crs == CRS84 else CRS.from_epsg(query.crs.srid)
    column = {
        "encoding": "WKB",
        "geometry_types": [str(query.readable.layer.shape)],
        "crs": system.to_json_dict(),
    }
    return {"version": "1.1.0", "primary_column": SHAPE, "columns": {SHAPE: column}}


FORMAT = FeatureFormat(
    word="parquet",
    title=Title("GeoParquet", "GeoParquet"),
    media_type="application/vnd.apache.parquet",
    suffix="parquet",
    how=Filed(write),
)
