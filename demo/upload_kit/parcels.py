"""Parcels of the default sample as a district would have them in its own files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import shapely
from shapely.geometry.base import BaseGeometry

from demo.sample.city import CityPlan
from demo.sample.district import make_district
from demo.upload_kit.writers import Record


@dataclass(frozen=True)
class Parcel:
    """One parcel in the storage CRS."""

    ref: str
    block_no: str
    parcel_no: str
    neighbourhood: str
    land_use: str
    area_m2: Decimal
    geom: BaseGeometry

    @property
    def canonical(self) -> Record:
        """Columns under the service's own names."""
        return {
            "ref": self.ref,
            "block_no": self.block_no,
            "parcel_no": self.parcel_no,
            "cadastral_neighbourhood": self.neighbourhood,
            "land_use_text": self.land_use,
            "registered_area_m2": float(self.area_m2),
            "geom": self.geom,
        }

    def with_shape(self, geom: BaseGeometry) -> "Parcel":
        """The same parcel with another outline and the area that goes with it."""
        return replace(self, geom=geom, area_m2=Decimal(str(round(geom.area, 2))))

    def renumbered(self, parcel_no: int) -> "Parcel":
        """A new parcel of the same block."""
        district, block, _ = self.ref.split("-")
        return replace(self, parcel_no=str(parcel_no), ref=f"{district}-{block}-{parcel_no}")


def parcels_of(city: CityPlan, district_id: int) -> tuple[Parcel, ...]:
    """All generated parcels of a district, in the order of the sample."""
    with TemporaryDirectory() as folder:
        table = make_district(city, district_id, Path(folder)).tables["parcels"]
        lines = table.path.read_text(encoding="utf-8").splitlines()
    rows = (dict(zip(table.columns, line.split("\t"), strict=True)) for line in lines)
    return tuple(_parcel(row) for row in rows)


def _parcel(row: Mapping[str, str]) -> Parcel:
    return Parcel(
        ref=row["ref"],
        block_no=row["block_no"],
        parcel_no=row["parcel_no"],
        neighbourhood=row["cadastral_neighbourhood"],
        land_use=row["land_use_text"],
        area_m2=Decimal(row["registered_area_m2"]),
        geom=shapely.get_geometry(shapely.from_wkb(row["geom"]), 0),
    )


def blocks_of(parcels: Iterable[Parcel], least: int) -> list[list[Parcel]]:
    """Blocks with at least so many parcels of the ordinary kind, in the order of their numbers."""
    blocks: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        blocks.setdefault(parcel.block_no, []).append(parcel)
    return [blocks[number] for number in sorted(blocks, key=int) if len(blocks[number]) >= least]


def generated(parcels: Iterable[Parcel]) -> list[Parcel]:
    """Without those of the surveyed neighbourhood, which have odd shapes."""
    return [parcel for parcel in parcels if shapely.get_num_coordinates(parcel.geom) < 10]


def last_number(block: Iterable[Parcel]) -> int:
    """The highest parcel number that is taken."""
    return max(int(parcel.parcel_no) for parcel in block)
