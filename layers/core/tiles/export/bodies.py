"""What the tiles of an export hold, a few at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.tiles.address import TileAddress, columns_of
from layers.core.tiles.export.places import TilePlace
from layers.core.tiles.export.wish import ExportWish
from layers.core.tiles.render import BATCH, joined, render
from sql import query

Bodies = dict[tuple[str, TileAddress], bytes]


@dataclass(frozen=True)
class ExportedTile:
    """A tile as it stands in the file: gzip-compressed MVT of every layer, never empty."""

    number: int
    address: TileAddress
    body: bytes


def exported_tiles(
    connection: Connection, wish: ExportWish, places: Sequence[TilePlace]
) -> Iterator[tuple[int, list[ExportedTile]]]:
    """The tiles of each batch of places with the number of places looked at; memory holds one batch."""
    for start in range(0, len(places), BATCH):
        batch = places[start : start + BATCH]
        bodies = _stored(connection, batch) if wish.as_of is None else _past(connection, wish, wish.as_of, batch)
        tiles = (
            ExportedTile(
                place.number, place.address, joined(bodies.get((id_, place.address), b"") for id_ in place.layers)
            )
            for place in batch
        )
        yield len(batch), [tile for tile in tiles if tile.body]


def _stored(connection: Connection, batch: Sequence[TilePlace]) -> Bodies:
    keys = [(layer_id, place.address) for place in batch for layer_id in place.layers]
    rows = connection.execute(
        text(query("exports.bodies")),
        {"layers": [layer_id for layer_id, _ in keys], **columns_of([address for _, address in keys])},
    )
    return {(row.layer_id, TileAddress(row.z, row.x, row.y)): bytes(row.body) for row in rows}


def _past(connection: Connection, wish: ExportWish, as_of: int, batch: Sequence[TilePlace]) -> Bodies:
    found: Bodies = {}
    for layer in wish.layers:
        asked = [place.address for place in batch if layer.id in place.layers]
        found.update({(layer.id, address): body for address, body in render(connection, layer, asked, as_of)})
    return found
