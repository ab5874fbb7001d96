"""What a layer shows at zooms where its own shapes would be too many: groups drawn as one, or counts."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Dissolved:
    """Features that agree in some columns, drawn as one shape: a block for its parcels.

    Neighbouring shapes of one district share their simplified border.
    """

    id: str
    zooms: range
    by: tuple[str, ...]
    """Columns whose values make a group, and what its tiles carry beside the count; always with the district."""
    tolerance_m: float
    """How much of a border may go: the side of the smallest triangle that stays."""
    cell_m: int | None = None
    """Where columns alone would make groups as large as the district: also by grid square of that side."""
    at_least: tuple[str, float] | None = None
    """A column and the smallest value drawn: mains among pipes. The others are in the counts."""
    labels_from: int | None = None
    """Zoom from which each group has a point for its label; None for never."""


@dataclass(frozen=True)
class Counted:
    """How many features lie in each neighbourhood or district, with their area and length."""

    areas: str
    """The layer whose polygons are counted in: "neighbourhoods" or "districts"."""
    zooms: range
    prevailing: str | None = None
    """The column whose value with the largest area stands for the neighbourhood."""

    @property
    def id(self) -> str:
        """As the level is called in tiles."""
        return f"by_{self.areas.removesuffix('s')}"

    @property
    def labels_from(self) -> int:
        """Every area has a point for its number."""
        return self.zooms.start


Level = Dissolved | Counted


def span(zooms: Iterable[range]) -> range:
    """From the first zoom of any to the last zoom of any."""
    all_zooms = list(zooms)
    return range(min(each.start for each in all_zooms), max(each.stop for each in all_zooms))
