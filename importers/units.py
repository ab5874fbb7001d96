"""Units that headers and cells name; nothing is turned from one into another unless the sender says so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from layers.core.profile import Profile

RATIO = "1"
"""What a number without a unit is measured in."""
_BASES: Mapping[str, tuple[str, Decimal]] = {
    RATIO: ("ratio", Decimal(1)),
    "%": ("ratio", Decimal("0.01")),
    "‰": ("ratio", Decimal("0.001")),
    "mm": ("length", Decimal("0.001")),
    "cm": ("length", Decimal("0.01")),
    "m": ("length", Decimal(1)),
    "km": ("length", Decimal(1000)),
    "m²": ("area", Decimal(1)),
    "daa": ("area", Decimal(1000)),
    "ha": ("area", Decimal(10_000)),
    "km²": ("area", Decimal(1_000_000)),
    "V": ("voltage", Decimal(1)),
    "kV": ("voltage", Decimal(1000)),
}
_SPELLED = {"m2": "m²", "km2": "km²", "v": "V", "kv": "kV"}
_BRACKETED = re.compile(r"^(?P<bare>.*\S)\s*[(\[]\s*(?P<unit>[^()\[\]]{1,20}?)\s*[)\]]\s*$")
_TRAILING = re.compile(r"^(?P<bare>.*[^\W\d])[\s_]+(?P<unit>m2|m²|mm|cm|km|ha|kv|%|‰)\s*$", re.IGNORECASE)
_OF_CELL = re.compile(r"^(?P<number>.*\d)\s*(?P<unit>[^\W\d]\w*|%|‰)$")


@dataclass(frozen=True)
class Measured:
    """A header or a cell, and the unit written beside it."""

    bare: str
    unit: str | None


def unit_of_header(header: str, profile: Profile) -> Measured:
    """`TAKS (%)`, `Alan [ha]`, `CAP_MM`; anything else in brackets is no unit."""
    for form in (_BRACKETED, _TRAILING):
        if (found := form.match(header)) and (unit := _known(found["unit"], profile)):
            return Measured(found["bare"], unit)
    return Measured(header, None)


def unit_of_cell(text: str, profile: Profile) -> Measured:
    """`400 m²`, `40 %`; letters that are no unit stay where they are."""
    if (found := _OF_CELL.match(text)) and (unit := _known(found["unit"], profile)):
        return Measured(found["number"], unit)
    return Measured(text, None)


def factor(stated: str, wanted: str | None) -> Decimal | None:
    """What one turns a number of the stated unit into the wanted one with; None where no number does."""
    kind, size = _BASES[stated]
    wanted_kind, wanted_size = _BASES.get(wanted or RATIO, (None, size))
    return size / wanted_size if kind == wanted_kind else None


def is_unit(symbol: str) -> bool:
    """Whether it is a unit that `factor` knows."""
    return symbol in _BASES


def _known(written: str, profile: Profile) -> str | None:
    small = written.strip().casefold()
    symbol = _SPELLED.get(small, small)
    return symbol if symbol in _BASES and symbol != RATIO else profile.units.get(profile.fold(written))
