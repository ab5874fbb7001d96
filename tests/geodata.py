"""A few parcels, and what a reader makes of a file of them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import geopandas
import shapely
from pyproj import CRS

from importers.apart.room import ReadingRoom
from importers.file_layers import FileLayer, chosen_layer, layers_of_file
from importers.reader import Reader, Record, SourceDescription
from layers.core.profile import load_profile
from layers.core.registry import Registry

PROFILE = load_profile(Path(__file__).parent / "data/profiles/test.toml")
LETTERS = frozenset(PROFILE.fold_from)
NAMES = ("Bağlar", "Şirinyer", "İnönü", "Çınar", "Ödemiş")
SRID = 5253
WEST, SOUTH = 500_000.0, 4_250_000.0


def parcels(height: float | None = None) -> geopandas.GeoDataFrame:
    """Five squares in a row, each with a name that only the right encoding spells."""
    shapes = [shapely.box(WEST + n * 20, SOUTH, WEST + 20 + n * 20, SOUTH + 20) for n in range(len(NAMES))]
    if height is not None:
        shapes = list(shapely.force_3d(shapes, height))
    columns = {
        "ref": [f"w-{n}" for n in range(len(NAMES))],
        "mahalle": NAMES,
        "alan": [400.25] * len(NAMES),
        "kat": [1, 2, None, 4, 5],
    }
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=SRID)


def only_source(room: ReadingRoom, paths: Iterable[Path], filename: str, asked: str | None = None) -> FileLayer:
    """What a file of parcels is read from."""
    layer = Registry.of_folder()["parcels"]
    return chosen_layer(layers_of_file(room, paths, PROFILE, filename), layer, PROFILE, asked)


def described(reader: Reader, path: Path) -> tuple[SourceDescription, ...]:
    """The layers, once the reader has known the file by its first bytes."""
    assert reader.sniff(path, path.read_bytes()[:4096]), f"{path.name} is not taken for {reader.id}"
    return reader.describe(path, LETTERS)


def only_layer(reader: Reader, path: Path) -> tuple[SourceDescription, list[Record]]:
    """The single layer and its records, as many as it says."""
    (source,) = described(reader, path)
    records = records_of(reader, path, source)
    assert len(records) == source.count
    return source, records


def records_of(reader: Reader, path: Path, source: SourceDescription) -> list[Record]:
    """All records of a layer."""
    return [record for batch in reader.read(path, source) for record in batch.records()]


def values(records: Sequence[Record], column: str) -> tuple[object, ...]:
    """One column of all records."""
    return tuple(record.attributes[column] for record in records)


def is_told_as(source: SourceDescription, srid: int) -> bool:
    """True where the file says this coordinate system."""
    return source.crs is not None and CRS.from_user_input(source.crs).to_epsg() == srid


def are_the_parcels(records: Sequence[Record], within: float = 0.001, srid: int = SRID) -> bool:
    """True where each record is the square of its ref, flat, wherever in the file it stands."""
    frame = parcels().to_crs(srid)
    squares = dict(zip(frame["ref"], frame.geometry, strict=True))
    return len(records) == len(squares) and all(
        record.geometry is not None
        and not record.geometry.has_z
        and record.geometry.hausdorff_distance(squares[record.attributes["ref"]]) <= within
        for record in records
    )
