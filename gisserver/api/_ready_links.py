"""Files that are ready for download, as links and as people see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import get_locale

from gisserver.downloads.ready import ReadyFile, ready_shelf
from gisserver.formats import whole_formats
from gisserver.service import service
from layers.core.layer import Layer


@dataclass(frozen=True)
class ReadyRow:
    """The files of a layer or of one district in it."""

    title: str
    files: tuple[ReadyFile, ...]


def ready_link(file: ReadyFile) -> dict[str, Any]:
    """To the file of exactly this publish, so that a download that broke off can go on."""
    return {
        "rel": "enclosure",
        "href": url_for("downloads.download", layer_id=file.wanted.layer, name=file.name, _external=True),
        "type": file.media_type,
        "title": f"{_whose(file)}, {whole_formats()[file.wanted.format].title.in_language(str(get_locale()))}",
        "length": file.size_bytes,
        "epoch": file.epoch,
        "published_at": file.published_at and file.published_at.isoformat(),
    }


def ready_links(layer: Layer) -> list[dict[str, Any]]:
    """All that there are of a layer."""
    return [ready_link(file) for file in ready_shelf(service().settings).newest(layer.id)]


def ready_rows(layer_id: str) -> list[ReadyRow]:
    """For a table: the whole layer first, then district after district."""
    return list(_rows(ready_shelf(service().settings).newest(layer_id)))


def _rows(files: list[ReadyFile]) -> Iterator[ReadyRow]:
    for district_id in dict.fromkeys(file.wanted.district_id for file in files):
        own = tuple(file for file in files if file.wanted.district_id == district_id)
        yield ReadyRow(_whose(own[0]), own)


def _whose(file: ReadyFile) -> str:
    if file.wanted.district_id is None:
        return service().registry[file.wanted.layer].title.in_language(str(get_locale()))
    district = service().profile.district(file.wanted.district_id)
    return district.name if district else str(file.wanted.district_id)
