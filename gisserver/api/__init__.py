"""The HTTP interface for programs: one endpoint family per file; the folder is the list."""

from typing import Any

from flask import Flask

import gisserver.api as here
from layers.core.registry import discover


def init_app(app: Flask) -> None:
    """Attach every file's blueprint."""
    for bp in discover(here, "bp"):
        app.register_blueprint(bp)


def conformance() -> list[str]:
    """The conformance classes that the files together declare."""
    return sorted({uri for declared in discover(here, "CONFORMS") for uri in declared})


def paths() -> dict[str, dict[str, Any]]:
    """The OpenAPI path items of every file; two files may declare methods of one path."""
    items: dict[str, dict[str, Any]] = {}
    for declared in discover(here, "PATHS"):
        for path, item in declared.items():
            items[path] = {**items.get(path, {}), **item}
    return items
