"""The official list of emergency assembly areas, with coordinates repaired where that is safe."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

_LAST_DEGREE_DIGITS = 2


@dataclass(frozen=True)
class AssemblyArea:
    """A line of the list; `lonlat` is None where the source's numbers cannot be trusted."""

    sign_no: str
    district: str
    neighbourhood: str
    address: str
    lonlat: tuple[float, float] | None


def read_assembly_areas(path: Path, latitude_starts: str, longitude_starts: str) -> tuple[AssemblyArea, ...]:
    """Every line, in the file's order; the starts are the whole degrees the place can lie in ("37 38 39")."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            AssemblyArea(
                sign_no=line["sign_no"],
                district=line["district"],
                neighbourhood=line["neighbourhood"],
                address=line["address"],
                lonlat=_lonlat(
                    degrees(line["latitude"], latitude_starts.split()),
                    degrees(line["longitude"], longitude_starts.split()),
                ),
            )
            for line in csv.DictReader(file)
        )


def degrees(written: str, starts: list[str]) -> float | None:
    """Read decimal degrees written "38.49", "38,49", "38.493.159" or "38493159".

    The list lost, doubled or localised its decimal points but not its digits, and only a few whole degrees
    are possible here, so the point is put back after them. Metres ("511779.738") start with other digits, or
    are refused by the caller because they end up in another district.
    """
    digits = re.sub(r"\D", "", written)
    if len(digits) <= _LAST_DEGREE_DIGITS or digits[:_LAST_DEGREE_DIGITS] not in starts:
        return None
    return float(f"{digits[:_LAST_DEGREE_DIGITS]}.{digits[_LAST_DEGREE_DIGITS:]}")


def _lonlat(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (longitude, latitude)
