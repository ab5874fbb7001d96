"""GDAL, told before it wakes up which formats it may read: the others reach for networks, databases and other files.

Use `gdal.pyogrio` and import it nowhere else. The list of formats left out is that of the GDAL pinned in
requirements.lock; a test compares.
"""

import os
from typing import Any

FORMATS = frozenset(
    {
        "ESRI Shapefile",
        "FlatGeobuf",
        "GML",
        "GPKG",
        "GPX",
        "GeoJSON",
        "GeoJSONSeq",
        "LIBKML",
        "MapInfo File",
        "OpenFileGDB",
    }
)
_LEFT_OUT = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,GDALG,GPSBabel,"
    "GTFS,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,LVBAG,MBTiles,MEM,MVT,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,"
    "OGR_PDS,OGR_VRT,OSM,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,WAsP,"
    "WFS,XLSX"
)
SETTINGS = {
    "OGR_SKIP": _LEFT_OUT,
    # A GML file may name others by xlink and schemaLocation.
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GML_DOWNLOAD_SCHEMA": "NO",
    # Without a schema GDAL would take 007 for the number 7.
    "GML_FIELDTYPES": "ALWAYS_STRING",
}


def __getattr__(name: str) -> Any:
    """GDAL wakes up where a file is opened, in the process apart; who only knows the formats need not wait for it."""
    if name != "pyogrio":
        raise AttributeError(name)
    os.environ.update(SETTINGS)
    import pyogrio.raw

    globals()[name] = pyogrio
    return pyogrio
