"""Districts, neighbourhoods and assembly areas: the real names and numbers of the sample."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely

from demo.sample.arrays import Shapes
from demo.sample.copy_file import CopyFile
from demo.sample.sources import District
from demo.sample.text import words


def neighbourhood_ref(district_id: int, code: str) -> str:
    """The official code within the district."""
    return f"{district_id}-{code}"


def write_district(file: CopyFile, district: District, neighbourhoods: Shapes) -> None:
    """The district is the union of its neighbourhoods, so that both share every corner."""
    parts = shapely.get_parts(shapely.coverage_union_all(neighbourhoods))
    file.write(
        np.array([shapely.multipolygons(parts)], dtype=object),
        ref=words([str(district.id)]),
        district_id=str(district.id).encode(),
        origin=b"open_data",
        name=words([district.name]),
        official_code=words([str(district.id)]),
        population=words([str(sum(n.population for n in district.neighbourhoods))]),
    )


def write_neighbourhoods(file: CopyFile, district: District, shapes: Shapes) -> None:
    """Real names, codes and populations on generated ground."""
    file.write(
        shapes,
        ref=words([neighbourhood_ref(district.id, n.code) for n in district.neighbourhoods]),
        district_id=str(district.id).encode(),
        origin=b"sample",
        name=words([n.name for n in district.neighbourhoods]),
        official_code=words([n.code for n in district.neighbourhoods]),
        population=words([str(n.population) for n in district.neighbourhoods]),
    )


def write_places(file: CopyFile, district: District, wording: Mapping[str, Any]) -> None:
    """The assembly areas whose coordinates could be read."""
    seen: dict[str, int] = {}
    refs = []
    for place in district.places:
        seen[place.sign_no] = seen.get(place.sign_no, 0) + 1
        again = f"-{seen[place.sign_no]}" if seen[place.sign_no] > 1 else ""
        refs.append(f"{district.id}-T-{place.sign_no}{again}")
    names = [
        wording["assembly_area"].format(neighbourhood=place.neighbourhood, number=int(place.sign_no[-2:]))
        for place in district.places
    ]
    file.write(
        shapely.points([[place.x, place.y] for place in district.places]),
        ref=words(refs),
        district_id=str(district.id).encode(),
        origin=b"open_data",
        name=words(names),
        kind=b"assembly_area",
        address_text=words([place.address for place in district.places]),
        neighbourhood=words([place.neighbourhood for place in district.places]),
    )
