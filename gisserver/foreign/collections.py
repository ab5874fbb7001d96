"""What an OGC API offers: the collections of its address, their features and their vector tiles."""

import json
from typing import Any
from urllib.parse import urljoin

from gisserver.foreign.capabilities import AT_ONCE, MOST_LAYERS
from gisserver.foreign.fetching import NotHad, Why
from gisserver.foreign.offered import Offered

_GRID = "WebMercatorQuad/{z}/{y}/{x}"


def asked(address: str) -> str:
    """The list of collections, whether the landing page or the list itself was named."""
    base = address.partition("?")[0].rstrip("/")
    return base if base.endswith("/collections") else f"{base}/collections"


def offered(address: str, document: bytes) -> list[Offered]:
    """Each collection with what of it can be had. Raises NotHad."""
    try:
        listed = json.loads(document)["collections"]
        found = [_collection(one, asked(address)) for one in listed[:MOST_LAYERS]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as cause:
        raise NotHad(Why.NOT_UNDERSTOOD, "OGC API") from cause
    return [one for one in found if one.features or one.tiles]


def _collection(told: dict[str, Any], address: str) -> Offered:
    links = {str(link.get("rel", "")).rpartition("/")[2]: urljoin(address, str(link["href"])) for link in told["links"]}
    name = str(told["id"])
    items, tilesets = links.get("items"), links.get("tilesets-vector")
    return Offered(
        name,
        str(told.get("title") or name),
        features=f"{items.partition('?')[0]}?f=json&limit={AT_ONCE}" if items else None,
        tiles=f"{tilesets.partition('?')[0].rstrip('/')}/{_GRID}" if tilesets else None,
        credit=str(told.get("attribution") or ""),
    )
