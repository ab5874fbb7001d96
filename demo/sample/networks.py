"""Pipes and cables along the streets, each at its own distance from the middle."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from demo.sample.arrays import Flags
from demo.sample.city import DistrictPlan
from demo.sample.copy_file import CopyFile
from demo.sample.roads import MAIN, Roads
from demo.sample.text import Part, Text, days, fixed, glue, padded, where, whole, word, words

OFFSET_M = {"water": 1.6, "sewer": -1.6, "power": 3.0}
"""To the left of the middle of the street."""
_SERVED = {"water": 0.96, "sewer": 0.88, "power": 0.97}
_DIAMETERS = {"water": (90, 110, 125), "sewer": (200, 300, 400), "power": (0, 0, 0)}
_MAIN_DIAMETERS = {"water": (300, 400, 600), "sewer": (600, 800, 1000), "power": (0, 0, 0)}
LETTER = {"water": "S", "sewer": "A", "power": "E"}
"""In the refs of the lines."""
_FIRST_LAID, _OLD_BEFORE, _LAST_LAID = 1826, 6574, 19723
_FIRST_SURVEY, _LAST_SURVEY = 16436, 20240
"""Days since 1970: laid from 1975 to 2023, old before 1988, surveyed from 2015 to May 2025."""


def write_network(
    network: str,
    file: CopyFile,
    plan: DistrictPlan,
    roads: Roads,
    wording: Mapping[str, Any],
    district_id: int,
    rng: np.random.Generator,
) -> None:
    """One line per road piece that is served."""
    lines = roads.beside(plan, np.full(len(roads), OFFSET_M[network]))
    served = np.flatnonzero(rng.random(len(roads)) < _SERVED[network])
    is_main = (roads.kind[served] == MAIN) & (roads.width[served] > 13)
    count = len(served)
    installed = rng.integers(_FIRST_LAID, _LAST_LAID, count)
    is_old = installed < _OLD_BEFORE
    surveyed = np.maximum(installed, rng.integers(_FIRST_SURVEY, _LAST_SURVEY, count))
    operator = wording["operators"]["power" if network == "power" else "water"]
    file.write(
        lines[served],
        ref=glue(f"{district_id}-{LETTER[network]}".encode(), padded(served + 1, 6)),
        district_id=str(district_id).encode(),
        origin=b"sample",
        feature_class=where(is_main, word(wording["classes"][f"{network}_main"]), word(wording["classes"][network])),
        owner=word(operator),
        material=_materials(network, is_old, wording, rng),
        install_date=where(rng.random(count) < 0.85, days(installed.astype("datetime64[D]"))),
        state=where(is_old, word(wording["states"]["old"]), word(wording["states"]["working"])),
        accuracy_class=words(["A", "B", "C"])[rng.choice(3, count, p=[0.5, 0.35, 0.15])],
        installed_by=word(wording["contractor"]),
        last_survey=days(surveyed.astype("datetime64[D]")),
        depth_m=where(rng.random(count) < 0.8, fixed(rng.uniform(0.9, 2.8, count), 2)),
        **_own_columns(network, is_main, rng),
    )


def _materials(network: str, is_old: Flags, wording: Mapping[str, Any], rng: np.random.Generator) -> Text:
    """The last of the list is what was laid long ago."""
    names = words(wording["materials"][network])
    newer = names[rng.integers(0, len(names) - 1, len(is_old))]
    return where(is_old, names[-1], newer)


def _own_columns(network: str, is_main: Flags, rng: np.random.Generator) -> dict[str, Part]:
    count = len(is_main)
    if network == "power":
        return {"voltage_kv": where(is_main, b"34.50", b"0.40")}
    small = np.array(_DIAMETERS[network])[rng.integers(0, 3, count)]
    large = np.array(_MAIN_DIAMETERS[network])[rng.integers(0, 3, count)]
    diameter = whole(np.where(is_main, large, small))
    if network == "water":
        return {"diameter_mm": diameter, "pressure_class": where(is_main, b"PN16", b"PN10")}
    return {"diameter_mm": diameter, "slope_permille": fixed(rng.uniform(3, 25, count), 2)}
