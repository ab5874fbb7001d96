"""Where tiles of an export lie, in the order in which they go into the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from pmtiles.tile import zxy_to_tileid
from sqlalchemy import Connection, text

from layers.core.levels import span
from layers.core.tiles.address import TileAddress
from layers.core.tiles.export.trouble import NoBorder
from layers.core.tiles.export.wish import ExportWish
from sql import query


@dataclass(frozen=True)
class TilePlace:
    """An address and the layers that have something there."""

    number: int
    """Along the Hilbert curve, zoom by zoom: what lies close on the ground lies close in the file."""
    address: TileAddress
    layers: tuple[str, ...]


def tile_places(connection: Connection, wish: ExportWish) -> list[TilePlace]:
    """Every place that the wish reaches.

    A tile that was ever drawn stays a row, empty where nothing is left; so the rows also say where
    something may have been on an earlier day. Raises NoBorder.
    """
    if wish.district_id is not None and not _has_border(connection, wish.district_id):
        raise NoBorder
    order = [layer.id for layer in wish.layers]
    zooms = span(layer.tile_zooms for layer in wish.layers)
    rows = connection.execute(
        text(query("exports.places")),
        {
            "layers": order,
            "district": wish.district_id,
            "z_from": zooms.start,
            "z_to": zooms.stop - 1,
            "with_empty": wish.as_of is not None,
        },
    )
    found = (_place(TileAddress(row.z, row.x, row.y), row.layers, order) for row in rows)
    return sorted(found, key=lambda place: place.number)


def _has_border(connection: Connection, district_id: int) -> bool:
    return bool(connection.execute(text(query("exports.has_border")), {"district": district_id}).scalar_one())


def _place(address: TileAddress, layers: Iterable[str], order: list[str]) -> TilePlace:
    number = zxy_to_tileid(address.z, address.x, address.y)
    return TilePlace(number, address, tuple(sorted(layers, key=order.index)))
