"""What stands for a layer's features from afar: the areas they are counted in, with their numbers."""

from collections.abc import Iterator, Sequence

from gisserver.drawings._part import INK, INK_SOFT, Band, Expression, Legend, Part, by_zoom, name_part

BY_NEIGHBOURHOOD = "by_neighbourhood"
BY_DISTRICT = "by_district"
BOTH = (BY_NEIGHBOURHOOD, BY_DISTRICT)
_LINE = "#8d8a86"


def count_parts(legend: Legend, levels: Sequence[str] = BOTH, color: str = INK_SOFT) -> tuple[Part, ...]:
    """Outlines, deeper the more there is, and numbers; for a layer that is looked at alone."""
    return tuple(part for level in levels for part in _level_parts(legend, level, color))


def _level_parts(legend: Legend, level: str, color: str) -> Iterator[Part]:
    ground = {
        "fill-color": color,
        "fill-opacity": ["interpolate", ["linear"], ["get", "n"], 0, 0, 50, 0.08, 1000, 0.25, 10000, 0.4],
    }
    border = {"line-color": _LINE, "line-width": by_zoom((5, 0.4), (11, 0.9))}
    yield Part(f"ground_{level}", Band.GROUND, "fill", ground, level=level, is_for_one=True)
    yield Part(f"border_{level}", Band.OUTLINE, "line", border, level=level, is_for_one=True)
    yield number_part(legend, level, is_for_one=True)


def number_part(legend: Legend, level: str, *, is_for_one: bool = False) -> Part:
    """How much there is, under the name of the area."""
    is_close = level == BY_NEIGHBOURHOOD
    return name_part(
        number_text(legend),
        name=f"number_{level}",
        color=INK,
        size=by_zoom((6, 10), (10, 11), (12, 12)),
        from_zoom=9.5 if is_close else None,
        level=level,
        # A district's name stands at the same place; the one with the number takes it.
        band=Band.NUMBER if is_close else Band.NAME,
        is_for_one=is_for_one,
    )


def number_text(legend: Legend) -> Expression:
    """Written as the reader's own device writes numbers."""
    return ["concat", ["get", "name"], "\n", legend.title, ": ", *_amount(legend)]


def _amount(legend: Legend) -> Expression:
    if legend.is_of_lines:
        kilometres = ["/", ["get", "length_m"], 1000]
        return [["number-format", kilometres, {"max-fraction-digits": 1}], " km"]
    return [["number-format", ["get", "n"], {"max-fraction-digits": 0}]]
