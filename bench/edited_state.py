"""A district's parcels as its surveyors would send them: all of them, under the names they use."""

from pathlib import Path

import geopandas
import numpy as np
import pandas
import shapely
from shapely.affinity import translate
from sqlalchemy import Engine, text

PARCELS = text(
    "SELECT ref, block_no, parcel_no, cadastral_neighbourhood, sheet_no, land_use_text, registered_area_m2, geom "
    "FROM pool.parcels WHERE district_id = :district ORDER BY id"
)
HEADERS = {
    "block_no": "ADA",
    "parcel_no": "PARSEL",
    "cadastral_neighbourhood": "TAPU_MAHALLESI",
    "sheet_no": "PAFTA",
    "land_use_text": "NITELIK",
    "registered_area_m2": "TAPU_ALANI",
}
DIVIDED, RENAMED = 50, 150
EDITS = DIVIDED + RENAMED


def write_state(engine: Engine, district_id: int, file: Path) -> int:
    """Write a GeoPackage of the parcels as they are. Returns the number of records."""
    return write(parcels_of(engine, district_id), file)


def write_edited_state(engine: Engine, district_id: int, file: Path) -> int:
    """The same, but 50 parcels are divided in two, and 150 have another land use."""
    parcels = parcels_of(engine, district_id)
    chosen = np.random.default_rng(5).choice(len(parcels), EDITS, replace=False)
    renamed, divided = chosen[:RENAMED], chosen[RENAMED:]
    parcels.loc[renamed, "land_use_text"] = "Avlulu kargir ev"
    children = [child for row in parcels.loc[divided].itertuples(index=False) for child in halves(row)]
    kept = parcels.drop(index=parcels.index[divided])
    return write(pandas.concat([kept, geopandas.GeoDataFrame(children, geometry="geom", crs=parcels.crs)]), file)


def parcels_of(engine: Engine, district_id: int) -> geopandas.GeoDataFrame:
    """As they are published."""
    return geopandas.read_postgis(PARCELS, engine, geom_col="geom", params={"district": district_id})


def write(parcels: geopandas.GeoDataFrame, file: Path) -> int:
    """Under the names that surveyors use. Returns the number of records."""
    parcels.rename(columns=HEADERS).to_file(file, layer="parseller", driver="GPKG")
    return len(parcels)


def halves(row) -> list[dict]:
    """By a straight line through the middle; the number of the parent with /1 and /2, and its area shared out."""
    middle = row.geom.centroid
    west = shapely.box(*translate(middle, -1e4, -1e4).coords[0], middle.x, middle.y + 1e4)
    halves = [shapely.intersection(row.geom, west), shapely.difference(row.geom, west)]
    return [
        {
            **(row._asdict() if hasattr(row, "_asdict") else row.to_dict()),
            "ref": None,
            "parcel_no": f"{row.parcel_no}/{number}",
            "registered_area_m2": round(half.area, 2),
            "geom": shapely.multipolygons([half]) if half.geom_type == "Polygon" else half,
        }
        for number, half in enumerate(halves, start=1)
    ]
