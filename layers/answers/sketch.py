"""A small drawing of a parcel among its neighbours, the zones it lies in and what limits building there."""

from dataclasses import dataclass

_ROUND_LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Outline:
    """One drawn thing: an SVG path in metres from the north-west corner of the sketch."""

    kind: str
    """zone, neighbour, constraint or subject."""
    key: str
    """The use of a zone, the theme of a constraint."""
    path: str
    label: str = ""
    """A neighbour's parcel number, to be written at x and y."""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Sketch:
    """Outlines from the ground up, north on top."""

    width_m: float
    height_m: float
    outlines: tuple[Outline, ...]

    @property
    def view_box(self) -> str:
        """The whole sketch."""
        return f"0 0 {self.width_m:.2f} {self.height_m:.2f}"

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses of the zones drawn, each once."""
        return self._keys("zone")

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of the constraints drawn, each once."""
        return self._keys("constraint")

    @property
    def scale_m(self) -> int:
        """A round length of about a quarter of the width, for the scale bar."""
        wanted = self.width_m / 4
        return max((length for length in _ROUND_LENGTHS if length <= wanted), default=1)

    def _keys(self, kind: str) -> tuple[str, ...]:
        return tuple(sorted({outline.key for outline in self.outlines if outline.kind == kind}))
