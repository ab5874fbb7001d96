"""Finds out where a file lies: two lines of JSON, of which the second is what the map is told."""

import json
import resource
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from gisserver.looking.order import Head, Order
from importers.apart.room import reading_room
from importers.broken import BrokenFile
from importers.looking import LIMITS, Seen, SeenLayer, opened, seen
from importers.published import outlines_near
from importers.shapes import Shapes
from layers.core.declared_crs import DeclaredCrs
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import Connection, Store

MOST_MEMORY_BYTES = 4 << 30
_PIECE = 1 << 20


def main() -> None:
    """One order, one answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    order = Order.parse(sys.stdin.readline())
    try:
        found = _seen(order)
    except BrokenFile as broken:
        sys.stdout.write(f"{Head(broken.code, broken.sentence(order.language)).words}\n")
        return
    body = json.dumps(_told(found, order), ensure_ascii=False, separators=(",", ":"))
    sys.stdout.write(f"{Head(doubt=found.doubt, has_places=bool(found.places)).words}\n{body}\n")


def _seen(order: Order) -> Seen:
    """What everybody may see of the pool tells where it lies, whoever asks."""
    profile = load_profile(Path(order.profile))
    with reading_room(LIMITS) as room:
        found = opened(room, order.filename, _pieces(Path(order.path)), profile)
    declared = DeclaredCrs.parse_optional(order.crs)
    with closing(Store(order.database_url, pool_size=1)) as store, store.reading() as connection:
        return seen(found, declared, _Ground(connection, profile.storage_srid).near, profile)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


class _Ground:
    """What the file may lie on: the layers that share out the ground."""

    def __init__(self, connection: Connection, storage_srid: int) -> None:
        shared_out = [layer for layer in Registry.of_folder().public if layer.is_exclusive]
        self._layers = [outlines_near(connection, layer, storage_srid) for layer in shared_out]

    def near(self, boxes: Shapes) -> Shapes:
        """The published shapes that reach into any of the boxes."""
        return np.concatenate([boxes[:0], *(outlines(boxes) for outlines in self._layers)])


def _told(found: Seen, order: Order) -> dict[str, Any]:
    used = found.system["crs"] if found.system else None
    return {
        "file": order.filename,
        "system": found.system["name"] if found.system else None,
        "places": [_place(fact, used, order.language) for fact in found.places],
        "layers": [_layer(layer) for layer in found.layers],
    }


def _place(fact: Mapping[str, Any], used: str | None, language: str) -> dict[str, Any]:
    return {
        **{name: fact[name] for name in ("crs", "name", "score", "area")},
        "why": [sentence.get(language) or sentence["en"] for sentence in fact["why"]],
        "is_used": fact["crs"] is not None and fact["crs"] == used,
    }


def _layer(layer: SeenLayer) -> dict[str, Any]:
    return {"name": layer.name, "fields": layer.fields, "count": layer.count, "features": layer.features}


if __name__ == "__main__":
    main()
