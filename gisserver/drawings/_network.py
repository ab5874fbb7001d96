"""Pipes and cables: one coloured line; the mains alone from afar."""

from collections.abc import Callable, Sequence

from gisserver.drawings._levels import count_parts
from gisserver.drawings._part import Band, Drawing, Legend, Part, Swatch, by_zoom


def network_drawing(layer: str, color: str, dashes: Sequence[float] = ()) -> Drawing:
    """Off at first: what is buried is asked for."""
    swatch = Swatch("line", color, is_dashed=bool(dashes))
    return Drawing(layer, swatch, _parts_in(color, dashes), is_shown_at_first=False)


def _parts_in(color: str, dashes: Sequence[float]) -> Callable[[Legend], tuple[Part, ...]]:
    def parts(legend: Legend) -> tuple[Part, ...]:
        look = {"line-color": color, **({"line-dasharray": list(dashes)} if dashes else {})}
        return (
            Part("line", Band.BURIED, "line", {**look, "line-width": by_zoom((13, 1), (18, 3.5))}),
            Part(
                "line_mains", Band.BURIED, "line", {**look, "line-width": by_zoom((9, 0.6), (13, 1.3))}, level="mains"
            ),
            *count_parts(legend, color=color),
        )

    return parts
