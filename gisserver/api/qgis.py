"""/api/qgis: what is seen on the map as a project that QGIS opens."""

from flask import Blueprint, Response, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._layers import seen_layer, seen_layers
from gisserver.api._media import for_this_reader
from gisserver.errors import Refused
from gisserver.qgis.view_project import ViewProject, written
from gisserver.service import service
from gisserver.style import listed, lonlat_bounds
from layers.core.layer import Audience, Layer

bp = Blueprint("qgis", __name__)
CONFORMS: tuple[str, ...] = ()
MEDIA_TYPE = "application/x-qgis-project"
PATHS = {
    "/api/qgis": {
        "get": {
            "summary": "Vector tiles and features of public layers as a project of QGIS",
            "parameters": [
                parameters.BBOX,
                {
                    "name": "layers",
                    "in": "query",
                    "schema": {"type": "string"},
                    "description": "ids from the top, with commas between; all public ones where it is left out",
                },
            ],
            "responses": {
                "200": {"description": "The project", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
            },
        }
    }
}


@bp.get("/api/qgis")
def project() -> Response:
    """QGIS brings no session: it gets what everybody sees."""
    parameters.only(request.args, ("bbox", "layers"))
    box = parameters.box(request.args)
    west, south, east, north = lonlat_bounds(service().profile)
    asked = ViewProject(
        profile=service().profile,
        root=request.url_root,
        layers=_public(request.args.get("layers")),
        box=(box.west, box.south, box.east, box.north) if box else (west, south, east, north),
        language=str(get_locale()),
        features_title=_("Features, read where you look"),
    )
    answer = Response(written(asked), content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{service().profile.name}.qgs"'
    return for_this_reader(answer, "Accept-Language", "Cookie")


def _public(said: str | None) -> list[Layer]:
    asked = listed(seen_layers()) if said is None else [seen_layer(one) for one in dict.fromkeys(said.split(","))]
    found = [layer for layer in asked if layer.audience == Audience.PUBLIC]
    if not found:
        raise Refused(
            _("None of these layers is for everybody. Ask for others, or work with a bundle of your district."),
            parameter="layers",
        )
    return found
