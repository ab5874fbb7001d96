"""A page of features as one JSON object, sent as it is read."""

import json
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from gisserver.formats import Links
from layers.core.query import FeatureQuery, PageEnd, count_matches, counted, guess_matches, read_page
from layers.core.query.output import Written
from layers.core.store import Connection


def collection(
    connection: Connection, query: FeatureQuery, links: Links, written: Written, about: Mapping[str, Any]
) -> Iterator[str]:
    """The features, what is said about them before, numbers and links."""
    told = {"type": "FeatureCollection", **about, **_numbers(connection, query)}
    head = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    end = yield from _features(f'{head[:-1]},"features":[', connection, query, written)
    tail = json.dumps({"numberReturned": end.number_returned, "links": links(end)}, ensure_ascii=False)
    yield f"],{tail[1:]}"


def _features(
    start: str, connection: Connection, query: FeatureQuery, written: Written
) -> Generator[str, None, PageEnd]:
    page = read_page(connection, query, written)
    between = start
    while True:
        try:
            block = next(page)
        except StopIteration as stop:
            if between is start:
                yield start
            end: PageEnd = stop.value
            return end
        block[0] = between + block[0]
        yield ",".join(block)
        between = ","


def _numbers(connection: Connection, query: FeatureQuery) -> Mapping[str, int]:
    """Only an exact number may be called numberMatched."""
    known = counted(connection, query)
    if known is not None:
        return {"numberMatched": known}
    if query.count == "exact":
        return {"numberMatched": count_matches(connection, query)}
    return {"numberEstimated": guess_matches(connection, query)} if query.count == "estimate" else {}
