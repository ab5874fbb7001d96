"""Shapefile in a zip, with a list of what its short field names stand for."""

import csv
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gisserver.formats import FeatureFormat, Filed
from gisserver.formats._batches import UID
from gisserver.formats._ogr import publish_day, write_by_gdal
from layers.core.query import FeatureQuery
from layers.core.query.file_columns import file_fields
from layers.core.store import Connection
from layers.core.words import Title

_LONGEST_NAME = 10
_PIECE = 1 << 20


def write(connection: Connection, query: FeatureQuery, target: Path) -> None:
    """shp, dbf, shx, prj and cpg of one layer."""
    layer = query.readable.layer.id
    day = publish_day(connection, query)
    with TemporaryDirectory(dir=target.parent) as folder:
        inside = Path(folder)
        short = short_names([UID, *(query.name_told(field.name) for field in file_fields(query))])
        options = {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": day.isoformat()}
        write_by_gdal(connection, query, inside / f"{layer}.shp", "ESRI Shapefile", options, names=short)
        _list_names(inside / f"{layer}-fields.csv", query, short)
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for part in sorted(inside.iterdir()):
                about = ZipInfo(part.name, (day.year, day.month, day.day, 0, 0, 0))
                about.compress_type = ZIP_DEFLATED
                about.file_size = part.stat().st_size
                with archive.open(about, "w") as packed, part.open("rb") as file:
                    while piece := file.read(_PIECE):
                        packed.write(piece)


def short_names(names: list[str]) -> list[str]:
    """At most ten letters, each name once; a number at the end keeps equal beginnings apart."""
    taken: list[str] = []
    for name in names:
        taken.append(next(one for one in _shorter(name) if one not in taken))
    return taken


def _shorter(name: str) -> Iterator[str]:
    yield name[:_LONGEST_NAME]
    for number in range(1, 100):
        yield f"{name[: _LONGEST_NAME - 1 - len(str(number))]}_{number}"


def _list_names(target: Path, query: FeatureQuery, short: list[str]) -> None:
    fields = file_fields(query)
    rows = [
        (UID, "", "", ""),
        *((query.name_told(field.name), field.title.tr, field.title.en, field.unit or "") for field in fields),
    ]
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("dbf", "name", "tr", "en", "unit"))
        table.writerows((brief, *row) for brief, row in zip(short, rows, strict=True))


FORMAT = FeatureFormat(
    word="shp",
    title=Title("Shapefile (zip)", "Shapefile (zip)"),
    media_type="application/zip",
    suffix="zip",
    how=Filed(write),
)
