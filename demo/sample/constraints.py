"""Areas that limit building: generated shapes near the settlements, and where each theme has been surveyed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from demo.sample.arrays import Integers
from demo.sample.city import DistrictPlan
from demo.sample.copy_file import CopyFile
from demo.sample.plans import polygons_only
from demo.sample.sources import GRID_M
from demo.sample.text import NULL, word, words

KINDS = ("protected_site", "flood", "landslide", "fault")
_SHARE = 0.4
"""Of the towns besides the largest, how many have each kind."""
_UNDER_REVIEW_SHARE = 0.1


@dataclass(frozen=True)
class Constraint:
    """One area."""

    kind: str
    degree: str
    label: str
    status: str
    legal_basis: str
    geom: BaseGeometry


def draw_constraints(
    plan: DistrictPlan, wording: Mapping[str, Any], rng: np.random.Generator
) -> tuple[Constraint, ...]:
    """The largest town has all kinds, so that every district can show them."""
    largest = max(plan.settlements, key=lambda s: (float(s.population.sum()), -s.number))
    found = []
    for settlement, mesh in zip(plan.settlements, plan.meshes, strict=True):
        q = mesh.quarters
        size = float(np.sqrt(((q.u1 - q.u0) * (q.v1 - q.v0)).sum()) / 2)
        chances = rng.random(len(KINDS))
        for kind, chance in zip(KINDS, chances, strict=True):
            if settlement is largest or (not settlement.is_village and chance < _SHARE):
                name = plan.district.neighbourhoods[settlement.members[0]].name
                found.extend(_areas(kind, name, settlement.centre, size, plan, wording["constraint"][kind], rng))
    return tuple(found)


def _areas(
    kind: str,
    place: str,
    centre: tuple[float, float],
    size: float,
    plan: DistrictPlan,
    wording: Mapping[str, Any],
    rng: np.random.Generator,
) -> list[Constraint]:
    shapes = {"protected_site": _site, "flood": _valley, "landslide": _slope, "fault": _band}[kind](centre, size, rng)
    degrees = wording["degrees"]
    first = int(rng.integers(0, len(degrees))) if degrees else 0
    found = []
    for place_in_list, shape in enumerate(shapes):
        geom = polygons_only(shapely.intersection(shape, plan.district.outline, grid_size=GRID_M))
        if geom.is_empty:
            continue
        degree = degrees[min(first + place_in_list, len(degrees) - 1)] if degrees else ""
        status = "under_review" if rng.random() < _UNDER_REVIEW_SHARE else "in_force"
        label = wording["label"].replace("{place}", place)
        found.append(Constraint(kind, degree, label, status, wording["legal_basis"], geom))
    return found


def _site(centre: tuple[float, float], size: float, rng: np.random.Generator) -> list[BaseGeometry]:
    """A core and the wider area around it, which does not repeat the core."""
    core = _blob(centre, size, min(size * 0.3, 220), rng)
    return [core, shapely.difference(shapely.buffer(core, 90), core)]


def _slope(centre: tuple[float, float], size: float, rng: np.random.Generator) -> list[BaseGeometry]:
    return [_blob(centre, size * 1.6, min(size * 0.35, 260), rng)]


def _blob(centre: tuple[float, float], size: float, radius: float, rng: np.random.Generator) -> BaseGeometry:
    x, y = np.array(centre) + rng.uniform(-0.6, 0.6, 2) * size
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    phase = rng.uniform(0, 2 * np.pi, 2)
    radii = radius * (1 + 0.22 * np.sin(2 * angles + phase[0]) + 0.13 * np.sin(3 * angles + phase[1]))
    return shapely.polygons(np.column_stack([x + radii * np.cos(angles), y + radii * np.sin(angles)]))


def _valley(centre: tuple[float, float], size: float, rng: np.random.Generator) -> list[BaseGeometry]:
    """Both banks of a winding stream."""
    return [shapely.buffer(_course(centre, size, 45.0, rng), float(rng.uniform(25, 45)), quad_segs=3)]


def _band(centre: tuple[float, float], size: float, rng: np.random.Generator) -> list[BaseGeometry]:
    """The strip beside a fault in which building is limited."""
    return [shapely.buffer(_course(centre, size, 6.0, rng), 20.0, quad_segs=2, cap_style="flat")]


def _course(centre: tuple[float, float], size: float, swing: float, rng: np.random.Generator) -> BaseGeometry:
    along = np.linspace(-1.7 * size, 1.7 * size, 40)
    across = rng.uniform(-0.5, 0.5) * size + swing * np.sin(along / rng.uniform(110, 190) + rng.uniform(0, 6))
    turn = rng.uniform(0, np.pi)
    x = centre[0] + along * np.cos(turn) - across * np.sin(turn)
    y = centre[1] + along * np.sin(turn) + across * np.cos(turn)
    return shapely.linestrings(np.column_stack([x, y]))


def write_constraints(
    file: CopyFile, constraints: tuple[Constraint, ...], wording: Mapping[str, Any], district_id: int
) -> None:
    """One row per area."""
    file.write(
        np.array([c.geom for c in constraints], dtype=object),
        ref=words([f"{district_id}-N{number:03d}" for number in range(1, len(constraints) + 1)]),
        district_id=str(district_id).encode(),
        origin=b"sample",
        kind=words([c.kind for c in constraints]),
        degree=np.array([word(c.degree) or NULL for c in constraints]),
        label=words([c.label for c in constraints]),
        status=words([c.status for c in constraints]),
        legal_basis=words([c.legal_basis for c in constraints]),
    )


def surveyed_state(neighbourhoods: int, rng: np.random.Generator) -> Integers:
    """Per neighbourhood: 0 surveyed, 1 under review, 2 never surveyed."""
    return rng.choice(3, neighbourhoods, p=[0.76, 0.1, 0.14])
