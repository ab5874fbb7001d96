"""Door numbers: odd on the left hand of a street, even on the right, one for every built parcel."""

from dataclasses import dataclass

import numpy as np
import shapely

from demo.sample.arrays import Flags, Integers, Shapes
from demo.sample.copy_file import CopyFile
from demo.sample.lots import Fabric
from demo.sample.parcels import Parcels
from demo.sample.ragged import ranks
from demo.sample.roads import Frontages, Roads
from demo.sample.streets import Streets
from demo.sample.text import NULL, Text, glue, padded, where, whole

_INSIDE_M = 1.0
_SECOND_DOOR_SHARE = 0.05


@dataclass(frozen=True)
class Doors:
    """Address points of a district, before they are written."""

    lot: Integers
    number: Integers
    is_second: Flags
    points: Shapes


def doors_of(fabric: Fabric, parcels: Parcels, fronts: Frontages, roads: Roads, rng: np.random.Generator) -> Doors:
    """Numbers count along each side of the street, also past empty parcels; shops have a second door."""
    lots = fabric.lots
    side = roads.street[fronts.road] * 2 + ~fronts.is_left
    number = ranks(side, fronts.along) * 2 + np.where(fronts.is_left, 1, 2)
    lot = np.flatnonzero(parcels.is_built)
    second = lot[(rng.random(len(lot)) < _SECOND_DOOR_SHARE) & ~lots.is_whole[lot]]
    every = np.concatenate([lot, second])
    is_second = np.arange(len(every)) >= len(lot)
    width = lots.front_end[every] - lots.front_start[every]
    s = fronts.along[every] + np.where(is_second, width * 0.2, 0.0)
    inwards = np.where(lots.is_high[every], -_INSIDE_M, _INSIDE_M)
    t = fabric.t_front(lots.block[every], s, lots.is_high[every]) + inwards
    points = shapely.points(fabric.to_ground(lots.block[every], s, t))
    order = np.lexsort((is_second, every))
    return Doors(every[order], number[every][order], is_second[order], points[order])


def write_addresses(
    file: CopyFile,
    doors: Doors,
    fabric: Fabric,
    parcels: Parcels,
    fronts: Frontages,
    roads: Roads,
    streets: Streets,
    street_refs: Text,
    neighbourhoods: Text,
    district_id: int,
) -> None:
    """One row per door."""
    road = fronts.road[doors.lot]
    street = roads.street[road]
    member = fabric.ground.member[fabric.blocks.quarter[fabric.lots.block[doors.lot]]]
    code = glue(f"{district_id:04d}".encode(), padded(np.arange(1, len(doors.lot) + 1), 6))
    file.write(
        doors.points,
        ref=glue(f"{district_id}-K".encode(), padded(np.arange(1, len(doors.lot) + 1), 6)),
        district_id=str(district_id).encode(),
        origin=b"sample",
        address_code=code,
        street_ref=street_refs[road],
        street_type=streets.type[street],
        street_name=streets.name[street],
        door_no=glue(whole(doors.number), where(doors.is_second, b"/A", b"")),
        postal_code=NULL,
        neighbourhood=neighbourhoods[member],
        parcel_ref=parcels.ref[doors.lot],
    )
