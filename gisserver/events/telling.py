"""An event in the words of programs and of feed readers."""

import xml.etree.ElementTree as Xml
from collections.abc import Callable, Iterable
from typing import Any

from layers.core.events import Event

ATOM = "http://www.w3.org/2005/Atom"


def told(event: Event, root: str) -> dict[str, Any]:
    """As JSON has it; `root` is where the service is."""
    return {
        "epoch": event.epoch,
        "published_at": event.published_at.isoformat(),
        "changeset": event.changeset_id,
        "district_id": event.district_id,
        "layers": [
            {
                "layer": one.layer_id,
                "added": one.added,
                "modified": one.modified,
                "removed": one.removed,
                "bbox": one.bbox,
                "changes": changes_address(root, one.layer_id, event.epoch),
            }
            for one in event.touched
        ],
        "href": event_address(root, event.epoch),
    }


def event_address(root: str, epoch: int) -> str:
    """Where one event is told."""
    return f"{root}/api/events/{epoch}"


def changes_address(root: str, layer_id: str, epoch: int) -> str:
    """What exactly one publish changed in a layer."""
    return f"{root}/api/collections/{layer_id}/changes?from={epoch - 1}&to={epoch}"


def atom(
    title: str, here: str, following: str | None, events: Iterable[Event], root: str, sentence: Callable[[Event], str]
) -> bytes:
    """A feed (RFC 4287), newest first; `following` is its next page (RFC 5005)."""
    listed = list(events)
    feed = Xml.Element("feed", xmlns=ATOM)
    _add(feed, "id", here)
    _add(feed, "title", title)
    _add(feed, "updated", listed[0].published_at.isoformat() if listed else "1970-01-01T00:00:00+00:00")
    _add(_add(feed, "author"), "name", title)
    _add(feed, "link", rel="self", type="application/atom+xml", href=here)
    if following is not None:
        _add(feed, "link", rel="next", type="application/atom+xml", href=following)
    for event in listed:
        entry = _add(feed, "entry")
        _add(entry, "id", event_address(root, event.epoch))
        _add(entry, "title", sentence(event))
        _add(entry, "updated", event.published_at.isoformat())
        _add(entry, "link", rel="alternate", type="application/json", href=event_address(root, event.epoch))
        for one in event.touched:
            href = changes_address(root, one.layer_id, event.epoch)
            _add(entry, "link", rel="related", type="application/geo+json", title=one.layer_id, href=href)
            _add(entry, "category", term=one.layer_id)
        _add(entry, "content", sentence(event))
    written: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: Xml.Element, name: str, text: str | None = None, **attributes: str) -> Xml.Element:
    element = Xml.SubElement(parent, name, attributes)
    element.text = text
    return element
