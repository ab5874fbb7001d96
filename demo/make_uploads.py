"""`python -m demo.make_uploads`: make demo/uploads anew from the default sample.

The files fit the pool that `gis sample` fills by default, so that a visitor can send them as a district would.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer

from demo.sample.city import CityPlan, plan_city
from demo.sample.sources import read_sources
from demo.upload_kit.parcels import Parcel, blocks_of, generated, last_number, parcels_of
from demo.upload_kit.shapes import across, grown_into, joined, self_crossing, split
from demo.upload_kit.writers import (
    Record,
    write_geojson,
    write_geopackage,
    write_shapefile,
    write_zip,
    write_zip_bomb,
)
from layers.core.profile import load_profile

FOLDER = Path(__file__).parent / "uploads"
PROFILE = Path(__file__).parent.parent / "profiles" / "izmir.toml"
PARCELS, SEED = 60_000, 1
"""As `gis sample` without options."""
TOWN, VILLAGES = 1819, 1776
"""The district of the sample approver, and one small enough to be sent whole."""
_OTHER_DATUM = 2319
_NEW_USE = "Bahçeli kârgir ev ve müştemilâtı"
_BLOCK_LEAST = 10


@dataclass(frozen=True)
class Upload:
    """One file: what it is, what the service should say, how it is made."""

    name: str
    what: str
    says: str
    write: Callable[[Path], None]
    district: str = "Konak"


def uploads(city: CityPlan) -> tuple[Upload, ...]:
    """Every file, in the order of the README; each takes a block of its own so that all can be published."""
    srid = city.sources.srid
    town = blocks_of(generated(parcels_of(city, TOWN)), _BLOCK_LEAST)
    blocks = town[:: len(town) // 16]
    villages = parcels_of(city, VILLAGES)
    return (
        *_operations(blocks, srid),
        *_misread(blocks[3:6], srid),
        *_wrong(city, blocks, villages, srid),
        *_hostile(blocks, srid),
    )


def _operations(blocks: list[list[Parcel]], srid: int) -> tuple[Upload, ...]:
    return (
        Upload(
            "01-clean-subdivision.gpkg",
            "One parcel divided into three; column names as the service calls them",
            "Subdivision: one parcel ends, three follow it. Nothing stands in the way",
            partial(write_geopackage, records=[p.canonical for p in _subdivided(blocks[0])], srid=srid),
        ),
        Upload(
            "02-amalgamation.gpkg",
            "Two neighbouring parcels as one; nothing but the outline says so (columns ADA, PARSEL, …)",
            "Amalgamation: two parcels end, one follows them",
            partial(write_geopackage, records=[turkish(_amalgamated(blocks[1]))], srid=srid),
        ),
    )


def _misread(blocks: list[list[Parcel]], srid: int) -> tuple[Upload, ...]:
    wrong_datum, code_page, no_prj = (_with_new_use(block[:10], 3) for block in blocks)
    moved = [replace(parcel, geom=_in_other_datum(parcel, srid)) for parcel in wrong_datum]
    return (
        Upload(
            "03-wrong-datum.zip",
            "Shapefile that calls itself TUREF / TM27 (EPSG:5253); its numbers are ED50 / TM27 (EPSG:2319)",
            "The parcels lie 190 m from where the same parcels are published; the numbers look like ED50 / TM27. "
            "With EPSG:2319 chosen: three changed uses, and the note that this transformation is good for 2 m",
            partial(write_shapefile, records=[turkish(p) for p in moved], srid=srid),
        ),
        Upload(
            "04-cp1254-text.zip",
            "Shapefile whose Turkish text is Windows-1254 and which does not say so (no .cpg)",
            "The text was read as Windows-1254; three changed uses with all their letters",
            partial(
                write_shapefile,
                records=[turkish(p) for p in code_page],
                srid=srid,
                code_page="CP1254",
                without=(".cpg",),
            ),
        ),
        Upload(
            "05-no-prj.zip",
            "Shapefile without .prj",
            "No coordinate system is named, and none is guessed: the readings that fit are offered. "
            "With EPSG:5253 chosen: three changed uses",
            partial(write_shapefile, records=[turkish(p) for p in no_prj], srid=srid, without=(".prj",)),
        ),
    )


def _wrong(city: CityPlan, blocks: list[list[Parcel]], villages: tuple[Parcel, ...], srid: int) -> tuple[Upload, ...]:
    return (
        Upload(
            "06-owner-columns.geojson",
            "Six parcels with invented placeholder owners (column MALIK) and sample identity numbers under a "
            "harmless header (DOSYA_NO)",
            "Both columns were removed and are kept nowhere; one changed use remains",
            partial(write_geojson, records=_with_owners(_with_new_use(blocks[6][:6], 1)), srid=srid),
        ),
        Upload(
            "07-overlapping-parcels.gpkg",
            "A parcel that takes two metres of its neighbour, which is in the file as well",
            "The two parcels overlap; where, by how much, and what to do",
            partial(write_geopackage, records=[p.canonical for p in _overlapping(blocks[7])], srid=srid),
        ),
        Upload(
            "08-across-the-border.gpkg",
            "A new parcel that lies half in the neighbouring district",
            "The parcel reaches out of the district; refused",
            partial(write_geopackage, records=[turkish(_across_the_border(city, blocks))], srid=srid),
        ),
        Upload(
            "09-whole-state.gpkg",
            "Every parcel of Beydağ but one, and one with a changed use; to be sent as the whole state",
            "One parcel ends, one changes, all others are unchanged. Sent without `whole state`: nothing ends",
            partial(write_geopackage, records=[p.canonical for p in _whole_state(villages)], srid=srid),
            district="Beydağ",
        ),
        Upload(
            "10-self-crossing.geojson",
            "A parcel whose outline crosses itself",
            "Where it crosses itself, and to redraw that corner",
            partial(write_geojson, records=[turkish(_crossed(blocks[8]))], srid=srid),
        ),
        Upload(
            "12-attribute-edits.geojson",
            "Ten parcels with a changed use, outlines as published",
            "Ten changes of use, no outline moved",
            partial(write_geojson, records=[turkish(p) for p in _with_new_use(blocks[9][:10], 10)], srid=srid),
        ),
        Upload(
            "16-ada 12'nin düzeltmesi (ş, ğ, İ).geojson",
            "A file name with an apostrophe, brackets and Turkish letters",
            "Three changes of use; the name is shown as it is",
            partial(write_geojson, records=[turkish(p) for p in _with_new_use(blocks[10][:3], 3)], srid=srid),
        ),
    )


def _hostile(blocks: list[list[Parcel]], srid: int) -> tuple[Upload, ...]:
    return (
        Upload(
            "11-corrupt.zip",
            "A ZIP file that ends in the middle",
            "The file cannot be opened; send it again",
            partial(_write_half, records=[turkish(p) for p in blocks[11][:10]], srid=srid),
        ),
        Upload(
            "13-empty.geojson",
            "A file of no bytes",
            "The file is empty",
            Path.touch,
        ),
        Upload(
            "14-path-traversal.zip",
            "A ZIP file with an entry that would be written outside its folder (`../../x`)",
            "Refused: no file is unpacked outside its folder",
            lambda path: write_zip(path, {"../../x.shp": b"not a shape", "parseller.dbf": b""}),
        ),
        Upload(
            "15-zip-bomb.zip",
            "A ZIP file of a few kilobytes that would become more than 1 GB",
            "Refused before it is unpacked",
            partial(write_zip_bomb, inflated=1_200_000_000),
        ),
    )


def turkish(parcel: Parcel) -> Record:
    """Columns as districts call them; the area as they write it."""
    return {
        "ADA": parcel.block_no,
        "PARSEL": parcel.parcel_no,
        "MAHALLE": parcel.neighbourhood,
        "NITELIK": parcel.land_use,
        "TAPU_ALANI": _turkish_number(parcel.area_m2),
        "geom": parcel.geom,
    }


def _turkish_number(value: Decimal) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def _subdivided(block: list[Parcel]) -> list[Parcel]:
    parent = max(block, key=lambda parcel: parcel.geom.area)
    last = last_number(block)
    shapes = split(parent.geom, 3)
    return [parent.renumbered(last + i).with_shape(shape) for i, shape in enumerate(shapes, start=1)]


def _amalgamated(block: list[Parcel]) -> Parcel:
    first, second = block[1], block[2]
    return first.renumbered(last_number(block) + 1).with_shape(joined([first.geom, second.geom]))


def _in_other_datum(parcel: Parcel, srid: int) -> shapely.Polygon:
    to_other = Transformer.from_crs(srid, _OTHER_DATUM, always_xy=True)
    moved = shapely.transform(parcel.geom, lambda xy: np.column_stack(to_other.transform(*xy.T)))
    return shapely.set_precision(moved, 0.001, mode="pointwise")


def _with_new_use(parcels: list[Parcel], changed: int) -> list[Parcel]:
    return [replace(p, land_use=_NEW_USE) if i < changed else p for i, p in enumerate(parcels)]


def _with_owners(parcels: list[Parcel]) -> list[Record]:
    return [
        {**turkish(parcel), "MALIK": f"ÖRNEK KİŞİ {i}", "DOSYA_NO": sample_identity_number(i)}
        for i, parcel in enumerate(parcels, start=1)
    ]


def sample_identity_number(number: int) -> str:
    """Eleven digits with right check digits, from the very beginning of the range, plainly made up."""
    nine = f"{100_000_000 + number:09d}"
    digits = [int(digit) for digit in nine]
    tenth = (7 * sum(digits[0::2]) - sum(digits[1::2])) % 10
    eleventh = (sum(digits) + tenth) % 10
    return f"{nine}{tenth}{eleventh}"


def _overlapping(block: list[Parcel]) -> list[Parcel]:
    taker, neighbour = block[1], block[2]
    return [taker.with_shape(grown_into(taker.geom, neighbour.geom, 2.0)), neighbour]


def _across_the_border(city: CityPlan, blocks: list[list[Parcel]]) -> Parcel:
    """On land: at the border with another district, nearest to any of the blocks."""
    others = [district.outline for district in city.sources.districts if district.id != TOWN]
    border = shapely.intersection(shapely.boundary(city.sources.district(TOWN).outline), shapely.union_all(others))
    nearest = min((block[0] for block in blocks), key=lambda parcel: shapely.distance(border, parcel.geom))
    new = replace(nearest, block_no="9001", ref=f"{TOWN}-9001-1", parcel_no="1")
    return new.with_shape(across(border, nearest.geom, 24.0, 40.0))


def _whole_state(parcels: tuple[Parcel, ...]) -> list[Parcel]:
    missing, changed = len(parcels) // 3, len(parcels) // 2
    kept = [replace(p, land_use=_NEW_USE) if i == changed else p for i, p in enumerate(parcels)]
    return kept[:missing] + kept[missing + 1 :]


def _crossed(block: list[Parcel]) -> Parcel:
    return replace(block[0], geom=self_crossing(block[0].geom))


def _write_half(path: Path, records: list[Record], srid: int) -> None:
    write_shapefile(path, records, srid)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def default_uploads() -> tuple[Upload, ...]:
    """The files of the default sample, not yet written."""
    return uploads(plan_city(read_sources(load_profile(PROFILE)), PARCELS, SEED))


def readme(made: tuple[Upload, ...]) -> str:
    """The table of all files."""
    lines = [
        "# Demo uploads",
        "",
        "Files as districts send them, for trying the service on the default sample (`gis sample`).",
        "`python -m demo.make_uploads` makes them and this page anew; all of it is generated, nobody's data.",
        "Send them for the layer `parcels` and the district named.",
        "",
        "| file | district | what it is | what the service should say |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{u.name}` | {u.district} | {u.what} | {u.says} |" for u in sorted(made, key=lambda u: u.name)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make the folder anew."""
    made = default_uploads()
    FOLDER.mkdir(exist_ok=True)
    for upload in made:
        upload.write(FOLDER / upload.name)
    (FOLDER / "README.md").write_text(readme(made), encoding="utf-8")
    sys.stdout.write(f"{len(made)} files in {FOLDER}\n")


if __name__ == "__main__":
    main()
