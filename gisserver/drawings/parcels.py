"""Parcels: thin outlines over whatever the plan colours, with block and parcel number; blocks and numbers from afar."""

from gisserver.drawings._levels import BY_DISTRICT, BY_NEIGHBOURHOOD, number_part
from gisserver.drawings._part import INK_SOFT, Band, Drawing, Legend, Part, Swatch, by_zoom, name_part

_LINE = "#3f4851"
_BLOCKS = "blocks"


def _parts(legend: Legend) -> tuple[Part, ...]:
    border = {
        "line-color": _LINE,
        "line-width": by_zoom((14, 0.3), (16, 0.7), (19, 1.4)),
        "line-opacity": by_zoom((14, 0.5), (16, 0.85)),
    }
    block = {"line-color": _LINE, "line-width": by_zoom((12, 0.25), (14, 0.7)), "line-opacity": 0.7}
    neighbourhood = {"line-color": _LINE, "line-width": 0.4, "line-opacity": 0.35}
    number = ["concat", ["get", "block_no"], "/", ["get", "parcel_no"]]
    return (
        # Nothing to see, but it lets a click or a pointer find the inside of a parcel.
        Part("ground", Band.GROUND, "fill", {"fill-color": "#ffffff", "fill-opacity": 0}),
        Part("border", Band.OUTLINE, "line", border),
        # One zoom earlier most of a city has no room, and finding that out takes a quarter of the first picture.
        name_part(number, size=by_zoom((16, 10.5), (18, 13)), from_zoom=16, band=Band.NUMBER),
        Part("border_blocks", Band.OUTLINE, "line", block, level=_BLOCKS),
        name_part(
            ["get", "block_no"],
            name="number_blocks",
            color=INK_SOFT,
            size=10.5,
            from_zoom=13,
            level=_BLOCKS,
            band=Band.NUMBER,
        ),
        Part("border_by_neighbourhood", Band.OUTLINE, "line", neighbourhood, level=BY_NEIGHBOURHOOD),
        number_part(legend, BY_NEIGHBOURHOOD),
        Part("border_by_district", Band.OUTLINE, "line", neighbourhood, level=BY_DISTRICT),
        number_part(legend, BY_DISTRICT),
    )


DRAWING = Drawing("parcels", Swatch("fill", "#ffffff", outline=_LINE), _parts)
