"""Reports as files, for verbs that look at an upload."""

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gisserver.cli._trouble import WrongUse

if TYPE_CHECKING:
    from gisserver.cli._deployment import Deployment
    from layers.core.store import Connection

SUFFIXES = ("csv", "gpkg", "pdf")


def _known(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower().lstrip(".") not in SUFFIXES:
        raise WrongUse(f"A report is written as .{', .'.join(SUFFIXES)}, not as {path.name}.")
    return path


report_option = click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_known,
    help="Write the report there; its suffix says how: .csv, .gpkg (with the shapes) or .pdf.",
)


def write_report(
    connection: "Connection", deployment: "Deployment", upload_id: uuid.UUID, language: str, target: Path
) -> None:
    """Replace the file, whatever it held."""
    from gisserver.reports import Subject, report_formats
    from layers.core import inbox_views
    from layers.core.inbox import UnknownUpload

    found = inbox_views.upload(connection, upload_id)
    if found is None:
        raise UnknownUpload
    told = inbox_views.report(connection, upload_id)
    subject = Subject(found, told, deployment.registry[found.layer_id], deployment.profile, language)
    target.unlink(missing_ok=True)
    report_formats()[target.suffix.lower().lstrip(".")].write(connection, subject, target)
