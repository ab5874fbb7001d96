"""Files as districts send them, good ones and broken ones; the same records give the same files."""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas
import numpy as np
import pyogrio
import shapely
from pyproj import Transformer

Record = Mapping[str, Any]
"""Column names as the district spells them, and `geom`."""

_FIXED_DATE = "2026-01-01T00:00:00.000Z"
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)
_TABLE_DATE = "2026-11-22"
_CODE_PAGE_BYTE = 29
"""Where a dBASE header names its code page."""


def write_geopackage(path: Path, records: Sequence[Record], srid: int) -> None:
    """Small pages and no index: a few records should not need a hundred kilobytes."""
    options = {"OGR_CURRENT_DATE": _FIXED_DATE, "OGR_SQLITE_PRAGMA": "page_size=1024"}
    with _gdal(options):
        path.unlink(missing_ok=True)
        pyogrio.write_dataframe(
            _frame(records, srid),
            path,
            layer="parseller",
            driver="GPKG",
            dataset_options={"ADD_GPKG_OGR_CONTENTS": "NO", "METADATA_TABLES": "NO"},
            layer_options={"SPATIAL_INDEX": "NO"},
        )


def write_geojson(path: Path, records: Sequence[Record], srid: int) -> None:
    """Degrees with nine decimals, a tenth of a millimetre."""
    to_degrees = Transformer.from_crs(srid, 4326, always_xy=True)
    features = []
    for record in records:
        geom = shapely.transform(record["geom"], lambda xy: np.column_stack(to_degrees.transform(*xy.T)))
        properties = {name: value for name, value in record.items() if name != "geom"}
        coordinates = [[[round(x, 9), round(y, 9)] for x, y in shapely.get_coordinates(geom)]]
        geometry = {"type": "Polygon", "coordinates": coordinates}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def write_shapefile(
    path: Path, records: Sequence[Record], srid: int, *, code_page: str = "UTF-8", without: tuple[str, ...] = ()
) -> None:
    """A zipped Shapefile; without .cpg, its table does not tell the code page either."""
    with TemporaryDirectory() as folder, _gdal({"OGR_CURRENT_DATE": _FIXED_DATE}):
        shp = Path(folder) / f"{path.stem}.shp"
        pyogrio.write_dataframe(
            _frame(records, srid),
            shp,
            driver="ESRI Shapefile",
            encoding=code_page,
            DBF_DATE_LAST_UPDATE=_TABLE_DATE,
        )
        parts = {part.name: part.read_bytes() for part in sorted(Path(folder).iterdir()) if part.suffix not in without}
    if ".cpg" in without:
        table = bytearray(parts[f"{path.stem}.dbf"])
        table[_CODE_PAGE_BYTE] = 0
        parts[f"{path.stem}.dbf"] = bytes(table)
    write_zip(path, parts)


def write_zip(path: Path, parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> None:
    """Entries in the order given, with a fixed date."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = method
            archive.writestr(entry, content)


def write_zip_bomb(path: Path, inflated: int) -> None:
    """Small on disk, larger than any memory should be spent on; packed piece by piece."""
    entry = zipfile.ZipInfo("parseller.shp", _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_BZIP2
    zeros = bytes(1 << 20)
    with zipfile.ZipFile(path, "w") as archive, archive.open(entry, "w") as packed:
        for _ in range(inflated >> 20):
            packed.write(zeros)


def _frame(records: Sequence[Record], srid: int) -> geopandas.GeoDataFrame:
    columns = {name: [record[name] for record in records] for name in records[0] if name != "geom"}
    return geopandas.GeoDataFrame(columns, geometry=[record["geom"] for record in records], crs=srid)


@contextmanager
def _gdal(options: Mapping[str, str]) -> Iterator[None]:
    pyogrio.set_gdal_config_options(dict(options))
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(dict.fromkeys(options))
