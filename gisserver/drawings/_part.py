"""What a drawing is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal

from layers.core.plan_signs import PlanSigns
from layers.core.profile import LegendEntry

Kind = Literal["fill", "line", "circle", "symbol"]
Expression = list[Any]


class Band(IntEnum):
    """What lies over what, from the ground up; where names meet, the higher one is written.

    What is buried under streets is drawn over them, or nobody would find it.
    """

    GROUND = 0
    COVER = 1
    OUTLINE = 2
    CASING = 3
    LINE = 4
    BURIED = 5
    POINT = 6
    NUMBER = 7
    USE = 8
    NAME = 9


@dataclass(frozen=True)
class Part:
    """One layer of the MapLibre style: what is painted, at which height, from which zoom on."""

    name: str
    band: Band
    kind: Kind
    paint: Mapping[str, Any]
    layout: Mapping[str, Any] = field(default_factory=dict)
    from_zoom: float | None = None
    until_zoom: float | None = None
    level: str | None = None
    """The level of the layer that is painted ("blocks"); None for the features themselves."""
    is_for_one: bool = False
    """Only shown where no other layer has such a part: the numbers of several layers would be a heap."""


@dataclass(frozen=True)
class Legend:
    """What a drawing is told about its layer."""

    title: str
    """The layer's name in the reader's language."""
    entries: Sequence[LegendEntry] = ()
    """How the profile draws the classes of the layer; empty for most."""
    signs: PlanSigns = PlanSigns()
    """What stands for conditions of building where a drawing has little room."""
    is_of_lines: bool = False
    """Lines are told by their length: how many pieces a pipe has been drawn in says nothing."""


@dataclass(frozen=True)
class Swatch:
    """The sign of the layer in the list of layers."""

    kind: Literal["fill", "line", "point"]
    color: str
    outline: str | None = None
    is_dashed: bool = False


@dataclass(frozen=True)
class Drawing:
    """How one layer looks."""

    layer: str
    swatch: Swatch
    parts: Callable[[Legend], tuple[Part, ...]]
    legend_field: str | None = None
    """The field whose value chooses the legend's entry."""
    is_shown_at_first: bool = True


INK = "#2b333b"
INK_SOFT = "#56616b"
HALO = "#ffffff"

TYPEFACE = ("Source Sans 3 Regular",)
TYPEFACE_STRONG = ("Source Sans 3 SemiBold",)
"""As the front end's build cuts them into glyphs (`web/build/glyphs.ts`)."""


UNDER_A_BORDER: Mapping[str, Any] = {"fill-antialias": False}
"""Paint of a fill whose edge is drawn as a line of its own: smoothing it too costs a picture on a computer without
graphics card a tenth."""


def by_zoom(*stops: tuple[float, float]) -> Expression:
    """A size that grows evenly between the zooms named."""
    return ["interpolate", ["linear"], ["zoom"], *(value for stop in stops for value in stop)]


def by_legend(field_name: str, legend: Legend, otherwise: str) -> Expression | str:
    """The legend's colour of the feature."""
    if not legend.entries:
        return otherwise
    pairs = [value for entry in legend.entries for value in (entry.key, entry.color)]
    return ["match", ["get", field_name], *pairs, otherwise]


def name_part(
    text: Expression,
    *,
    name: str = "name",
    color: str = INK,
    size: Expression | float = 12,
    from_zoom: float | None = None,
    until_zoom: float | None = None,
    level: str | None = None,
    band: Band = Band.NAME,
    along_line: bool = False,
    offset: tuple[float, float] | None = None,
    is_strong: bool = False,
    is_for_one: bool = False,
) -> Part:
    """A label with a halo, so that it reads over any ground."""
    typeface = TYPEFACE_STRONG if is_strong else TYPEFACE
    layout: dict[str, Any] = {"text-field": text, "text-font": list(typeface), "text-size": size, "text-padding": 3}
    if along_line:
        layout |= {"symbol-placement": "line", "symbol-spacing": 320, "text-max-angle": 35}
    if offset:
        layout |= {"text-offset": list(offset), "text-anchor": "top"}
    paint = {"text-color": color, "text-halo-color": HALO, "text-halo-width": 1.4}
    return Part(name, band, "symbol", paint, layout, from_zoom, until_zoom, level, is_for_one)
