"""The circles that a plan writes on a zone: setbacks, building order and storeys; coverage and floor area ratios.

After the signs of the regulation on making spatial plans (Mekânsal Planlar Yapım Yönetmeliği, gösterimler): front
setback over order and storeys over side setback in one circle, TAKS over KAKS in a halved one.
"""

from collections.abc import Sequence
from typing import Any

from gisserver.drawings._part import INK, Band, Expression, Legend, Part, by_zoom, name_part
from gisserver.drawings._signs import HALVES, THIRDS, sign_name

FROM_ZOOM = 17.5
"""Where a block of houses is wider than two circles."""
_SIZE = 11
_ASIDE = 26
"""Pixels from the middle where both circles stand: a little more than half of one."""
_UNKNOWN = "–"

_HAS_ORDER: Expression = ["any", ["has", "building_order"], ["has", "floors"]]
_HAS_RATIO: Expression = ["any", ["has", "taks"], ["has", "kaks"]]


def plan_sign_parts(name: Expression, legend: Legend) -> tuple[Part, ...]:
    """Both circles, and the zone's name with the largest height under them; what comes last is placed first."""
    order = [_number("setback_front_m"), _order(legend), _number("setback_side_m")]
    return (
        _name(name, legend),
        _circle("ratio", HALVES, [_number("taks"), _number("kaks")], _HAS_RATIO, other=_HAS_ORDER, side=1),
        _circle("order", THIRDS, order, _HAS_ORDER, other=_HAS_RATIO, side=-1),
    )


def _circle(
    name: str, sign: str, lines: Sequence[Expression], condition: Expression, *, other: Expression, side: int
) -> Part:
    written = [part for line in lines for part in ("\n", line)][1:]
    layout = {
        "icon-image": ["case", condition, sign_name(sign, INK), ""],
        "icon-offset": _where(other, [side * _ASIDE, 0]),
        "text-offset": _where(other, [side * _ASIDE / _SIZE, 0]),
        "text-padding": 1,
    }
    part = name_part(["case", condition, ["concat", *written], ""], size=_SIZE, is_strong=True)
    return Part(name, Band.USE, "symbol", part.paint, {**part.layout, **layout}, FROM_ZOOM)


def _name(name: Expression, legend: Legend) -> Part:
    before, after = legend.signs.height
    height = ["case", ["has", "h_max_m"], ["concat", "\n", before, _number("h_max_m"), after], ""]
    has_circle = ["any", *_HAS_ORDER[1:], *_HAS_RATIO[1:]]
    part = name_part(["concat", name, height], size=by_zoom((16, 10), (18, 13)))
    layout = {"text-anchor": ["case", has_circle, "top", "center"], "text-offset": _where(has_circle, [0, 2.4])}
    return Part("name_under_signs", Band.USE, "symbol", part.paint, {**part.layout, **layout}, FROM_ZOOM)


def _order(legend: Legend) -> Expression:
    spelled: Expression = ["coalesce", ["get", "building_order"], ""]
    letters = [part for pair in legend.signs.orders.items() for part in pair]
    order = ["match", spelled, *letters, spelled] if letters else spelled
    floors = ["to-string", ["get", "floors"]]
    return ["case", ["!", ["has", "building_order"]], floors, ["has", "floors"], ["concat", order, "-", floors], order]


def _number(field: str) -> Expression:
    """Written as the reader's own device writes numbers; a plan may be silent."""
    return [
        "case",
        ["has", field],
        ["number-format", ["to-number", ["get", field]], {"max-fraction-digits": 2}],
        _UNKNOWN,
    ]


def _where(condition: Expression, offset: Sequence[Any]) -> Expression:
    return ["case", condition, ["literal", list(offset)], ["literal", [0, 0]]]
