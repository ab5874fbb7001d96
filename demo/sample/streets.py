"""Names of streets, and the roads layer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from demo.sample.arrays import Floats, Shapes
from demo.sample.copy_file import CopyFile
from demo.sample.lots import Fabric
from demo.sample.roads import CROSS, MAIN, ROW, Roads, lengths_of, street_numbers, worth_a_name
from demo.sample.text import Text, filled, fixed, glue, padded, where, whole, word, words

_BOULEVARD_M = 20.0


@dataclass(frozen=True)
class Streets:
    """Per street its name and type."""

    name: Text
    type: Text


def name_streets(
    roads: Roads,
    fabric: Fabric,
    lines: Shapes,
    wording: Mapping[str, Any],
    taken: frozenset[str],
    first_number: int,
    rng: np.random.Generator,
) -> Streets:
    """Numbers for most; the longest main streets of towns get names."""
    names = _names(roads, fabric, lengths_of(lines), wording, taken, rng)
    is_named = np.zeros(int(roads.street.max()) + 1, dtype=bool)
    is_named[list(names)] = True
    number, branch = street_numbers(roads, is_named, first_number)
    with_branch = where(branch > 0, glue(whole(number), b"/", whole(branch)), whole(number))
    name = filled(wording["street"]["numbered"], number=with_branch).astype("S80")
    kind = np.full(len(name), word(wording["street_types"]["numbered"])).astype("S20")
    for street, (own_name, own_kind) in names.items():
        name[street], kind[street] = word(own_name), word(own_kind)
    return Streets(name, kind)


def _names(
    roads: Roads,
    fabric: Fabric,
    lengths: Floats,
    wording: Mapping[str, Any],
    taken: frozenset[str],
    rng: np.random.Generator,
) -> dict[int, tuple[str, str]]:
    """Name and type of the named streets; the longest come first, and no name is used twice in a district."""
    worth = worth_a_name(roads, fabric, lengths)
    total = np.bincount(roads.street, weights=lengths, minlength=len(worth)).astype(float)
    is_wide = np.zeros(len(worth), dtype=bool)
    is_wide[roads.street[roads.width > _BOULEVARD_M]] = True
    chosen: dict[int, tuple[str, str]] = {}
    for kind, members in (("boulevard", worth & is_wide), ("avenue", worth & ~is_wide)):
        names = [wording["street"][kind].replace("{name}", name) for name in wording["street"]["names"]]
        free = [name for name in rng.permutation(names).tolist() if name not in taken]
        longest = sorted(np.flatnonzero(members).tolist(), key=lambda s: (-round(float(total[s]), 1), s))
        for street, name in zip(longest, free, strict=False):
            chosen[street] = (name, wording["street_types"][kind])
    return chosen


def road_refs(roads: Roads, district_id: int) -> Text:
    """Lasting names of the road pieces."""
    return glue(f"{district_id}-Y".encode(), padded(np.arange(1, len(roads) + 1), 6))


def write_roads(
    file: CopyFile,
    roads: Roads,
    lines: Shapes,
    streets: Streets,
    neighbourhoods: Text,
    district_id: int,
) -> None:
    """One row per road piece."""
    classes = words(["primary", "secondary", "tertiary", "residential"])
    is_main = roads.kind == MAIN
    rank = np.select(
        [
            is_main & (roads.width > _BOULEVARD_M),
            is_main,
            (roads.kind == ROW) | (roads.kind == CROSS),
        ],
        [0, 1, 3],
        2,
    )
    file.write(
        lines,
        ref=road_refs(roads, district_id),
        district_id=str(district_id).encode(),
        origin=b"sample",
        street_type=streets.type[roads.street],
        name=streets.name[roads.street],
        road_class=classes[rank],
        width_m=fixed(roads.width, 1),
        neighbourhood_left=neighbourhoods[roads.left],
        neighbourhood_right=neighbourhoods[roads.right],
    )
