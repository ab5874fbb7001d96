"""Sheets of paper and where on them the map lies."""

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
PIXEL_MM = 0.2
"""What a pixel of the screen is on paper, which is read from nearer and shows finer lines."""
EDGE_MM = 8.0
"""No printer writes closer to the edge."""
NUMBERS_MM = 5.0
"""Room for the coordinates around the map."""


@dataclass(frozen=True)
class Rectangle:
    """In millimetres from the lower left corner of the paper."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its other side."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper side."""
        return self.bottom + self.height

    @property
    def in_points(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in 1/72 inch."""
        left, bottom, right, top = (side * POINTS_PER_MM for side in (self.left, self.bottom, self.right, self.top))
        return left, bottom, right, top

    @property
    def middle(self) -> tuple[float, float]:
        """Where the diagonals meet."""
        return self.left + self.width / 2, self.bottom + self.height / 2


@dataclass(frozen=True)
class Paper:
    """A sheet as it lies on the table."""

    name: str
    width: float
    height: float

    @property
    def is_landscape(self) -> bool:
        """What is told beside the map stands to its right, else below it."""
        return self.width > self.height

    @property
    def map(self) -> Rectangle:
        """Where the map is drawn."""
        inset = EDGE_MM + NUMBERS_MM
        wide, high = self.width - 2 * inset, self.height - 2 * inset
        if self.is_landscape:
            return Rectangle(inset, inset, wide - self._told, high)
        return Rectangle(inset, inset + self._told, wide, high - self._told)

    @property
    def told(self) -> Rectangle:
        """Where title, legend and sources stand."""
        if self.is_landscape:
            return Rectangle(self.map.right + NUMBERS_MM, EDGE_MM, self._told, self.height - 2 * EDGE_MM)
        return Rectangle(EDGE_MM, EDGE_MM, self.width - 2 * EDGE_MM, self._told)

    @property
    def _told(self) -> float:
        return max(58.0, min(120.0, 0.18 * max(self.width, self.height)))


@dataclass(frozen=True)
class Screen(Paper):
    """A picture that is nothing but map."""

    @classmethod
    def of_pixels(cls, width: int, height: int) -> "Screen":
        """As large as so many pixels of a screen are on paper."""
        return cls("screen", width * PIXEL_MM, height * PIXEL_MM)

    @property
    def map(self) -> Rectangle:
        """All of it."""
        return Rectangle(0, 0, self.width, self.height)


_SIDES = {"A4": (210, 297), "A3": (297, 420), "A2": (420, 594), "A1": (594, 841), "A0": (841, 1189)}
NAMES = tuple(_SIDES)


def paper_of(name: str, *, is_landscape: bool) -> Paper:
    """One of the A series; KeyError for another."""
    short, long = _SIDES[name]
    return Paper(name, long, short) if is_landscape else Paper(name, short, long)
