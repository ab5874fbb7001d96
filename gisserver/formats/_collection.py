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
    head = head_text({**about, **_numbers(connection, query)})
    end = yield from _features(head, connection, query, written)
    yield tail_text(end.number_returned, json.dumps(links(end), ensure_ascii=False))


def head_text(about: Mapping[str, Any]) -> str:
    """Up to the first feature."""
    told = json.dumps({"type": "FeatureCollection", **about}, ensure_ascii=False, separators=(",", ":"))
    return f'{told[:-1]},"features":['


def tail_text(number_returned: int, links: str) -> str:
    """From the last feature on; the links are JSON."""
    return f'],"numberReturned": {number_returned}, "links": {links}}}'


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
