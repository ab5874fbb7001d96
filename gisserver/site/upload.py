"""/upload/ID: what a file is, what was understood of it, what is wrong and where."""

import uuid
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gisserver.access import EDITORS, actor, needs_role
from gisserver.errors import Refused
from gisserver.finding_filter import finding_filter
from gisserver.reports import report_formats
from gisserver.service import service
from gisserver.site._rules_told import rules_told
from gisserver.site._understood import Failure, Understood
from gisserver.site.repairs import repairs_shown
from gisserver.style import lonlat_bounds
from layers.core import inbox
from layers.core.conflicts import tally_of_conflicts
from layers.core.declared_crs import DeclaredCrs, NotACrs
from layers.core.inbox_views import (
    FindingCursor,
    extent_of_findings,
    findings,
    report,
    tally_of_findings,
    upload,
)
from layers.core.progress import progress_of
from layers.core.query import LonLatBox
from layers.core.refused_file import refused_file_bytes
from layers.core.store import Connection

bp = Blueprint("upload", __name__)
NAV = None

SHOWN = 50
"""Findings on one page."""


@bp.get("/upload/<uuid:upload_id>")
@needs_role(*EDITORS)
def page(upload_id: uuid.UUID) -> str | Response:
    """The report; with ?fragment=1 without its frame, for the page that waits for the worker."""
    with service().store.reading(actor()) as connection:
        found = upload(connection, upload_id)
        if found is None:  # the same bytes came before
            earlier = inbox.arrival(connection, upload_id).upload_id
            return redirect(url_for(".page", upload_id=earlier), HTTPStatus.SEE_OTHER)
        told = report(connection, upload_id)
        layer = service().registry[found.layer_id]
        language = str(get_locale())
        rules = rules_told(told.report, tally_of_findings(connection, upload_id), language)
        return render_template(
            "upload_report.html" if request.args.get("fragment") else "upload.html",
            upload=found,
            progress=progress_of(connection, upload_id),
            understood=Understood.parse(told.report, layer, language),
            failure=Failure.parse(told.failure, language),
            rules=rules,
            titles={rule.id: rule.title for rule in rules},
            **_findings(connection, upload_id),
            conflicts=tally_of_conflicts(connection, upload_id),
            repairs=repairs_shown(connection, upload_id),
            of_same_file=inbox.of_same_file(connection, upload_id),
            registry=service().registry,
            formats=report_formats(),
            has_refused_file=bool(refused_file_bytes(connection, upload_id)),
            layer=layer,
            district=service().profile.district(found.district_id),
        )


def _findings(connection: Connection, upload_id: uuid.UUID) -> dict[str, object]:
    """Those the address asks for, how many they are, and where the map begins."""
    chosen = finding_filter(request.args)
    after = FindingCursor.parse(request.args.get("after", ""))
    extent = extent_of_findings(connection, upload_id, chosen)
    return {
        "chosen": chosen,
        "asked": {name: request.args[name] for name in ("severity", "rule", "q") if request.args.get(name)},
        "page": findings(connection, upload_id, chosen, after=after, limit=SHOWN),
        "matching": extent.count,
        "bounds": _within_region(extent.box),
    }


def _within_region(box: LonLatBox | None) -> list[float]:
    """A shape far outside must not draw the map out to the whole world."""
    west, south, east, north = region = lonlat_bounds(service().profile)
    if box is None or box.east < west or box.west > east or box.north < south or box.south > north:
        return region
    return [max(box.west, west), max(box.south, south), min(box.east, east), min(box.north, north)]


@bp.post("/upload/<uuid:upload_id>/recheck")
@needs_role(*EDITORS)
def recheck(upload_id: uuid.UUID) -> Response:
    """Check again, with what the sender now says about the file."""
    with service().store.writing(actor()) as connection:
        inbox.recheck(
            connection,
            upload_id,
            declared_crs=_declared_crs(),
            source_layer=request.form.get("source_layer"),
        )
    return redirect(url_for(".page", upload_id=upload_id), HTTPStatus.SEE_OTHER)


@bp.post("/upload/<uuid:upload_id>/stop")
@needs_role(*EDITORS)
def stop(upload_id: uuid.UUID) -> Response:
    """Forget a file that will not be sent to its end."""
    with service().store.writing(actor()) as connection:
        inbox.stop(connection, upload_id)
    return redirect(url_for("home.page" if actor().is_department else "district.page"), HTTPStatus.SEE_OTHER)


def _declared_crs() -> DeclaredCrs | None:
    try:
        return DeclaredCrs.parse_optional(request.form.get("declared_crs"))
    except NotACrs as cause:
        raise Refused(_("Choose one of the coordinate systems that are offered."), parameter="declared_crs") from cause
