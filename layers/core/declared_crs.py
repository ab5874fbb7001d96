"""What a sender says about a file's numbers: the system, and how the numbers differ from what it defines."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

METRES_IN = {"mm": 0.001, "cm": 0.01, "ft": 0.3048, "km": 1000.0}
"""Units that drawings are written in by mistake; a system without one of these keeps its own."""
_SPELLED = re.compile(
    r"(?:EPSG:)?(?P<axes>-?)(?P<srid>[1-9]\d{0,6})(?P<zone>[+-]\d{1,2})?(?:/(?P<unit>mm|cm|ft|km))?(?P<sure>!?)",
    re.IGNORECASE | re.ASCII,
)


class NotACrs(ValueError):
    """This is not the way in which a coordinate system is written."""


@dataclass(frozen=True)
class DeclaredCrs:
    """One word, such as `32633`, `-32633`, `32633+33` or `32633/mm`: in commands, in forms, in the inbox."""

    srid: int
    """EPSG code."""
    is_swapped: bool = False
    """Written with a minus before it: the second axis comes first."""
    zone: int = 0
    """`+10`: the eastings carry this zone number in front, which the system does not have; `-10`: they lack it."""
    unit: str | None = None
    """`/mm`: the numbers are in this unit, not in the system's own."""
    is_insisted: bool = False
    """`!`: the sender was shown what speaks against it, and stays with it."""

    @classmethod
    def parse(cls, spelled: str) -> "DeclaredCrs":
        """Raises NotACrs."""
        found = _SPELLED.fullmatch(spelled.strip())
        if found is None:
            raise NotACrs(spelled)
        unit = found["unit"].lower() if found["unit"] else None
        return cls(int(found["srid"]), bool(found["axes"]), int(found["zone"] or 0), unit, bool(found["sure"]))

    @classmethod
    def parse_optional(cls, spelled: str | None) -> "DeclaredCrs | None":
        """None where nothing is said. Raises NotACrs."""
        return cls.parse(spelled) if spelled and spelled.strip() else None

    def __str__(self) -> str:
        zone = f"{self.zone:+d}" if self.zone else ""
        unit = f"/{self.unit}" if self.unit else ""
        return f"{'-' if self.is_swapped else ''}{self.srid}{zone}{unit}{'!' if self.is_insisted else ''}"

    @property
    def assumptions(self) -> int:
        """In how many ways the numbers differ from what the system defines."""
        return self.is_swapped + bool(self.zone) + bool(self.unit)

    @property
    def adjustment(self) -> Mapping[str, Any] | None:
        """What is changed beside the order of the axes, as facts."""
        if not (self.zone or self.unit):
            return None
        return {"zone": self.zone, "unit": self.unit, "factor": METRES_IN[self.unit] if self.unit else 1.0}
