"""One district of the plan made into tables ready to be loaded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from demo.sample.addresses import doors_of, write_addresses
from demo.sample.arrays import Shapes
from demo.sample.blocks import blocks_of, rows_of
from demo.sample.boundaries import neighbourhood_ref, write_district, write_neighbourhoods, write_places
from demo.sample.buildings import footprints, write_buildings
from demo.sample.city import CityPlan, DistrictPlan
from demo.sample.constraints import draw_constraints, write_constraints
from demo.sample.copy_file import CopyFile
from demo.sample.coverages import coverages_of
from demo.sample.ground import ground_of
from demo.sample.lots import Fabric, block_shapes, fabric_of, parcel_shapes
from demo.sample.networks import write_network
from demo.sample.parcels import Parcels, parcels_of, write_parcels
from demo.sample.plan_papers import write_plans
from demo.sample.plans import DistrictPlans, draw_plans
from demo.sample.roads import Network, network_of
from demo.sample.streets import name_streets, road_refs, write_roads
from demo.sample.survey_rows import (
    SurveyRows,
    survey_rows,
    write_survey_addresses,
    write_survey_buildings,
    write_survey_network,
    write_survey_parcels,
    write_survey_roads,
    write_survey_zones,
)
from demo.sample.text import Text, words
from demo.sample.zoning import Zoning, write_zones, zoning_of
from layers.core.bulk import BulkLoad, BulkTable

_FIRST_BLOCK = 101
NETWORKS = {"water": "water_lines", "sewer": "sewer_lines", "power": "power_lines"}


@dataclass(frozen=True)
class _Made:
    """What the layers of one district share while they are written."""

    city: CityPlan
    plan: DistrictPlan
    neighbourhoods: Shapes
    names: Text
    refs: Text
    fabric: Fabric
    zoning: Zoning
    parcels: Parcels
    plans: DistrictPlans
    survey: SurveyRows | None
    first_block: int

    @property
    def id(self) -> int:
        """The district's number."""
        return self.plan.district.id

    @property
    def wording(self) -> Mapping[str, Any]:
        """The words the fabric is written with."""
        return self.city.sources.words

    def rng(self, subject: str) -> np.random.Generator:
        """Each subject draws from a stream of its own, so that a change in one leaves the others as they are."""
        return _rng(self.city, self.id, subject)


def make_boundaries(city: CityPlan, folder: Path) -> tuple[BulkLoad, ...]:
    """Write COPY files of all districts and their neighbourhoods into the folder."""
    loads = []
    for district_id, plan in city.districts.items():
        out = _Folder(folder, district_id, city.sources.srid)
        with out.layer("districts") as file:
            write_district(file, plan.district, city.neighbourhoods[district_id])
        with out.layer("neighbourhoods") as file:
            write_neighbourhoods(file, plan.district, city.neighbourhoods[district_id])
        loads.append(BulkLoad(district_id, out.tables))
    return tuple(loads)


def make_district(city: CityPlan, district_id: int, folder: Path) -> BulkLoad:
    """Write COPY files of what lies within the district into the folder; the same plan gives the same bytes."""
    made = _make(city, district_id)
    roads = network_of(made.plan, made.fabric)
    out = _Folder(folder, district_id, city.sources.srid)
    _write_places(made, out)
    _write_plans(made, out)
    _write_parcels(made, out)
    _write_streets(made, roads, out)
    coverages = coverages_of(made.plans, made.neighbourhoods, city.sources.srid, made.wording, made.rng("coverages"))
    return BulkLoad(district_id, out.tables, coverages)


def _rng(city: CityPlan, district_id: int, subject: str) -> np.random.Generator:
    return np.random.default_rng([city.seed, district_id, *subject.encode()])


def _make(city: CityPlan, district_id: int) -> _Made:
    plan, shapes = city.districts[district_id], city.neighbourhoods[district_id]

    def rng(subject: str) -> np.random.Generator:
        return _rng(city, district_id, subject)

    ground = ground_of(plan)
    lines = rows_of(ground, rng("rows"))
    fabric = fabric_of(ground, lines, blocks_of(ground, lines, rng("blocks")), rng("lots"))
    zoning = zoning_of(fabric, rng("zoning"))
    survey = survey_rows(city.sources, _FIRST_BLOCK) if city.sources.survey.district_id == district_id else None
    first_block = _FIRST_BLOCK + (len(survey.ground.blocks) if survey else 0)
    plans = draw_plans(plan, shapes, city.sources, rng("plans"))
    return _Made(
        city=city,
        plan=plan,
        neighbourhoods=shapes,
        names=words([n.name for n in plan.district.neighbourhoods]),
        refs=words([neighbourhood_ref(district_id, n.code) for n in plan.district.neighbourhoods]),
        fabric=fabric,
        zoning=zoning,
        parcels=parcels_of(fabric, zoning, parcel_shapes(fabric), district_id, first_block, rng("parcels")),
        plans=plans,
        survey=survey,
        first_block=first_block,
    )


class _Folder:
    """COPY files of one district."""

    def __init__(self, folder: Path, district_id: int, srid: int) -> None:
        self._folder = folder
        self._district_id = district_id
        self._srid = srid
        self.tables: dict[str, BulkTable] = {}

    @contextmanager
    def layer(self, layer_id: str) -> Iterator[CopyFile]:
        """A file that becomes the layer's table when it is closed; none if it stayed empty."""
        with CopyFile(self._folder / f"{self._district_id}-{layer_id}.copy", self._srid) as file:
            yield file
        if file.table.count:
            self.tables[layer_id] = file.table


def _write_places(made: _Made, out: _Folder) -> None:
    with out.layer("places") as file:
        if made.plan.district.places:
            write_places(file, made.plan.district, made.wording)


def _write_plans(made: _Made, out: _Folder) -> None:
    constraints = draw_constraints(made.plan, made.wording, made.rng("constraints"))
    with out.layer("plans") as file:
        write_plans(file, made.plans.plans, made.wording, made.id)
    with out.layer("plan_constraints") as file:
        write_constraints(file, constraints, made.wording, made.id)
    refs = words([plan.ref for plan in made.plans.plans])
    of_block = made.plans.of_quarter[made.fabric.blocks.quarter]
    with out.layer("zones") as file:
        write_zones(
            file, made.fabric, made.zoning, block_shapes(made.fabric), refs[of_block], of_block >= 0,
            made.wording, made.id, made.rng("zones"),
        )  # fmt: skip
        if made.survey and made.plans.of_survey is not None:
            write_survey_zones(file, made.survey, made.plans.of_survey.ref)


def _write_parcels(made: _Made, out: _Folder) -> None:
    with out.layer("parcels") as file:
        write_parcels(
            file, made.fabric, made.zoning, made.parcels, (made.names, made.refs),
            made.wording, made.id, made.first_block, made.rng("registers"),
        )  # fmt: skip
        if made.survey:
            write_survey_parcels(file, made.survey, made.rng("survey"))
    with out.layer("buildings") as file:
        lot, shapes = footprints(made.fabric, made.zoning, made.parcels, made.rng("footprints"))
        write_buildings(file, made.fabric, made.parcels, lot, shapes, made.wording, made.id, made.rng("buildings"))
        if made.survey:
            write_survey_buildings(file, made.survey, len(lot) + 1)


def _write_streets(made: _Made, network: Network, out: _Folder) -> None:
    roads, facts = network.roads, made.city.sources.facts
    lines = roads.centre_lines(made.plan)
    taken = frozenset(road.name for road in made.survey.roads) if made.survey else frozenset[str]()
    first = facts["surveyed_street_numbers_end"] if made.survey else facts["first_street_number"]
    streets = name_streets(roads, made.fabric, lines, made.wording, taken, first, made.rng("streets"))
    refs, fronts = road_refs(roads, made.id), network.frontages(made.fabric)
    with out.layer("roads") as file:
        write_roads(file, roads, lines, streets, made.names, made.id)
        if made.survey:
            write_survey_roads(file, made.survey, made.neighbourhoods)
    with out.layer("addresses") as file:
        doors = doors_of(made.fabric, made.parcels, fronts, roads, made.rng("doors"))
        write_addresses(file, doors, made.fabric, made.parcels, fronts, roads, streets, refs, made.names, made.id)
        if made.survey:
            write_survey_addresses(file, made.survey)
    for kind, layer_id in NETWORKS.items():
        with out.layer(layer_id) as file:
            write_network(kind, file, made.plan, roads, made.wording, made.id, made.rng(layer_id))
            if made.survey:
                write_survey_network(kind, file, made.survey, made.wording)
