"""Files as a district's drawing program writes them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import geopandas
import shapely

STORAGE_SRID = 5253


def parcels_file(path: Path, parcels: Mapping[str, str], **columns: str) -> Path:
    """A GeoPackage of parcels (ref to WKT), with more columns where named."""
    _parcels(parcels, columns).to_file(path, driver="GPKG")
    return path


def shapefile_without_crs(folder: Path, parcels: Mapping[str, str]) -> Path:
    """A zipped shapefile whose .prj somebody forgot."""
    _parcels(parcels, {}).to_file(folder / "parcels.shp")
    archive = folder / "parcels.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for suffix in (".shp", ".shx", ".dbf"):
            zipped.write(folder / f"parcels{suffix}", f"parcels{suffix}")
    return archive


def _parcels(parcels: Mapping[str, str], columns: Mapping[str, str]) -> geopandas.GeoDataFrame:
    rows = [
        {"ref": ref, "ada": "1", "parsel": ref.rpartition("-")[2], **columns, "geometry": shapely.from_wkt(wkt)}
        for ref, wkt in parcels.items()
    ]
    return geopandas.GeoDataFrame(rows, crs=STORAGE_SRID)
