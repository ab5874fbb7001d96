"""The surveyed neighbourhood as rows of the same layers as the generated fabric; its origin says what is real."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from demo.sample.arrays import Integers, Shapes
from demo.sample.boundaries import neighbourhood_ref
from demo.sample.copy_file import CopyFile
from demo.sample.networks import LETTER, OFFSET_M
from demo.sample.parcels import registered_areas
from demo.sample.sources import GRID_M, Sources
from demo.sample.survey_ground import SurveyGround, survey_ground
from demo.sample.survey_streets import SurveyDoor, SurveyRoad, survey_doors, survey_roads
from demo.sample.text import NULL, fixed, glue, padded, where, whole, word, words
from demo.sample.zoning import ANY, ATTACHED, FREE, MIXED, NONE, VALUE, Zoning, write_conditions

_FIRST_CODE = 900_001
_PIPES = {
    "water": {"diameter_mm": b"125", "pressure_class": b"PN10"},
    "sewer": {"diameter_mm": b"300"},
    "power": {"voltage_kv": b"0.40"},
}
_PARK_M2 = 700.0
_FLOORS = 8
_PARK_USE = 4


@dataclass(frozen=True)
class SurveyRows:
    """Everything of the surveyed neighbourhood, ready to be written."""

    sources: Sources
    ground: SurveyGround
    roads: tuple[SurveyRoad, ...]
    doors: tuple[SurveyDoor, ...]
    first_block: int

    @property
    def district_id(self) -> int:
        """The district it lies in."""
        return self.sources.survey.district_id

    @property
    def parcel_refs(self) -> NDArray[np.bytes_]:
        """Block and parcel number, as everywhere in the district."""
        block = whole(self.first_block + self.ground.block)
        return glue(f"{self.district_id}-".encode(), block, b"-", whole(self.ground.number))


def survey_rows(sources: Sources, first_block: int) -> SurveyRows:
    """Divide the ground, name the streets, number the doors."""
    ground = survey_ground(sources.survey)
    roads = survey_roads(sources.survey, sources.profile)
    doors = survey_doors(sources.survey, ground, roads, sources.profile)
    return SurveyRows(sources, ground, roads, doors, first_block)


def write_survey_parcels(file: CopyFile, rows: SurveyRows, rng: np.random.Generator) -> None:
    """Parcels between real buildings are an invention of the sample and say so."""
    ground, survey, wording = rows.ground, rows.sources.survey, rows.sources.words
    code = next(
        n.code for n in rows.sources.district(survey.district_id).neighbourhoods if n.name == survey.neighbourhood
    )
    built = ground.has_building
    apartment = wording["land_use"]["apartment"].replace("{floors}", wording["floors"]["words"][_FLOORS])
    file.write(
        ground.parcels,
        ref=rows.parcel_refs,
        district_id=str(rows.district_id).encode(),
        valid_from=b"1964-06-01",
        origin=b"sample",
        block_no=whole(rows.first_block + ground.block),
        parcel_no=whole(ground.number),
        cadastral_neighbourhood=word(survey.neighbourhood),
        neighbourhood_ref=neighbourhood_ref(rows.district_id, code).encode(),
        sheet_no=NULL,
        locality=NULL,
        land_use_text=where(built, word(apartment), word(wording["land_use"]["park"])),
        registered_area_m2=fixed(registered_areas(shapely.area(ground.parcels), rng), 2),
        coord_quality=b"archive_approved",
        point_accuracy_m=b"0.050",
        status=b"active",
        condo_state=where(built, b"condo_ownership", b"main_property"),
        registry_id=glue(f"{rows.district_id}9".encode(), padded(np.arange(1, len(built) + 1), 6)),
    )


def write_survey_zones(file: CopyFile, rows: SurveyRows, plan_ref: str) -> None:
    """One zone per block: shops below flats, and parks where nothing stands."""
    ground = rows.ground
    count = len(ground.blocks)
    has_building = np.bincount(ground.block[ground.has_building], minlength=count) > 0
    is_park = ~has_building & (shapely.area(ground.blocks) > _PARK_M2)
    use = np.where(is_park, _PARK_USE, MIXED)
    state = np.where(is_park, NONE, VALUE)
    nothing = np.zeros(count)
    conditions = Zoning(
        use=use,
        order=np.where(is_park, FREE, ATTACHED),
        floors=np.full(count, _FLOORS),
        floors_state=state,
        taks=nothing,
        taks_state=np.full(count, NONE),
        kaks=nothing,
        kaks_state=np.full(count, NONE),
        height_m=np.full(count, 24.8),
        height_state=np.where(is_park, NONE, np.where(np.arange(count) % 9 == 0, ANY, VALUE)),
        front_m=nothing,
        side_m=nothing,
        rear_m=np.full(count, 4.0),
        is_setback_known=~is_park,
        min_parcel_m2=np.full(count, -1.0),
    )
    write_conditions(
        file,
        ground.blocks,
        ref=glue(f"{rows.district_id}-F9".encode(), padded(np.arange(1, count + 1), 5)),
        plan_ref=words([plan_ref] * count),
        use=use,
        conditions=conditions,
        wording=rows.sources.words,
        district_id=rows.district_id,
    )


def write_survey_roads(file: CopyFile, rows: SurveyRows, neighbourhoods: Shapes) -> None:
    """Real streets; the hands are told by the neighbourhood some metres to each side."""
    names = [n.name for n in rows.sources.district(rows.district_id).neighbourhoods]
    lines = np.array([road.geom for road in rows.roads])
    left, right = _hands(lines, neighbourhoods)
    file.write(
        np.array([shapely.multilinestrings(shapely.get_parts(line)) for line in lines]),
        ref=words([f"{rows.district_id}-OSM-{road.osm_ref}" for road in rows.roads]),
        district_id=str(rows.district_id).encode(),
        origin=b"osm",
        street_type=np.array([word(road.street_type) or NULL for road in rows.roads]),
        name=words([road.name or rows.sources.words["unnamed_road"] for road in rows.roads]),
        road_class=words([road.highway for road in rows.roads]),
        width_m=NULL,
        neighbourhood_left=words([names[i] for i in left]),
        neighbourhood_right=words([names[i] for i in right]),
    )


def _hands(lines: Shapes, neighbourhoods: Shapes) -> tuple[Integers, Integers]:
    first_parts = shapely.get_geometry(lines, 0)
    middle, ahead = (
        shapely.get_coordinates(shapely.line_interpolate_point(first_parts, share, normalized=True))
        for share in (0.5, 0.52)
    )
    along = ahead - middle
    along /= np.maximum(np.linalg.norm(along, axis=1), 1e-9)[:, None]
    normal = np.column_stack([-along[:, 1], along[:, 0]])
    tree = shapely.STRtree(neighbourhoods)
    return tree.nearest(shapely.points(middle + 8 * normal)), tree.nearest(shapely.points(middle - 8 * normal))


def write_survey_buildings(file: CopyFile, rows: SurveyRows, first_number: int) -> None:
    """Real footprints and, where the map knows, storeys and names."""
    buildings = rows.sources.survey.buildings
    shapes = np.array([building.geom for building in buildings])
    parcel = shapely.STRtree(rows.ground.parcels).nearest(shapely.point_on_surface(shapes))

    def tag(name: str) -> NDArray[np.bytes_]:
        return np.array([word(building.tags.get(name, "")) or NULL for building in buildings])

    file.write(
        shapely.orient_polygons(shapes, exterior_cw=False),
        ref=words([f"{rows.district_id}-OSM-{b.tags['osm_id'].split('/')[-1]}" for b in buildings]),
        district_id=str(rows.district_id).encode(),
        origin=b"osm",
        building_no=whole(first_number + np.arange(len(buildings))),
        name=tag("name"),
        use=NULL,
        floors=tag("building:levels"),
        year_built=NULL,
        parcel_ref=rows.parcel_refs[parcel],
    )


def write_survey_addresses(file: CopyFile, rows: SurveyRows) -> None:
    """Doors on real streets; only the surveyed ones are real numbers."""
    doors, roads = rows.doors, rows.roads
    street = [roads[door.street] for door in doors]
    number = _FIRST_CODE + np.arange(len(doors))
    file.write(
        shapely.points([[door.x, door.y] for door in doors]),
        ref=glue(f"{rows.district_id}-K".encode(), whole(number)),
        district_id=str(rows.district_id).encode(),
        origin=words(["osm" if door.is_surveyed else "sample" for door in doors]),
        address_code=glue(f"{rows.district_id:04d}".encode(), whole(number)),
        street_ref=words([f"{rows.district_id}-OSM-{road.osm_ref}" for road in street]),
        street_type=np.array([word(road.street_type) or NULL for road in street]),
        street_name=words([road.name for road in street]),
        door_no=words([door.number for door in doors]),
        postal_code=np.array([word(door.postal_code) or NULL for door in doors]),
        neighbourhood=word(rows.sources.survey.neighbourhood),
        parcel_ref=rows.parcel_refs[[door.parcel for door in doors]],
    )


def write_survey_network(network: str, file: CopyFile, rows: SurveyRows, wording: Mapping[str, Any]) -> None:
    """Pipes under the real streets are the sample's."""
    streets = [road for road in rows.roads if road.is_named]
    lines = shapely.offset_curve(np.array([road.geom for road in streets]), OFFSET_M[network])
    usable = np.flatnonzero(~shapely.is_empty(lines))
    lines = shapely.set_precision(lines[usable], GRID_M, mode="pointwise")
    file.write(
        np.array([shapely.multilinestrings(shapely.get_parts(line)) for line in lines]),
        ref=words([f"{rows.district_id}-{LETTER[network]}-OSM-{streets[i].osm_ref}" for i in usable]),
        district_id=str(rows.district_id).encode(),
        origin=b"sample",
        feature_class=word(wording["classes"][network]),
        owner=word(wording["operators"]["power" if network == "power" else "water"]),
        material=word(wording["materials"][network][0]),
        state=word(wording["states"]["working"]),
        accuracy_class=b"B",
        **_PIPES[network],
    )
