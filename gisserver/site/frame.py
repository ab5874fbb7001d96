"""What every page stands in: the names base.html uses and the deployment's accent colour."""

from collections.abc import Sequence
from http import HTTPStatus

from babel import Locale
from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from gisserver.readable_pages import page_of_plan
from gisserver.service import holds_sample, service
from layers.core.inbox_views import LonLat

bp = Blueprint("frame", __name__)
NAV = None


@bp.get("/theme.css")
def stylesheet() -> Response:
    """The accent is the profile's; a file of its own, because the content policy allows no inline style."""
    css = f":root {{ --accent: {service().profile.accent}; }}\n"
    response = Response(css, content_type="text/css; charset=utf-8")
    response.cache_control.max_age = 3600
    return response


@bp.app_context_processor
def words_of_the_frame() -> dict[str, object]:
    """Functions, so that a page pays only for what it shows."""
    return {
        "account": g.get("account"),
        "holds_sample": holds_sample,
        "address_in_language": _address_in_language,
        "name_of_language": _name_of_language,
        "heading_of_problem": _heading_of_problem,
        "map_address": _map_address,
        "page_of_plan": page_of_plan,
    }


def _address_in_language(language: str) -> str:
    """This page again in another language; what was asked stays asked."""
    if request.method != "GET" or request.endpoint is None:
        return url_for("home.page", lang=language)
    asked = {**request.args.to_dict(flat=False), **(request.view_args or {})}
    return url_for(request.endpoint, **{**asked, "lang": language})


def _name_of_language(language: str) -> str:
    name = Locale.parse(language).get_display_name() or language
    return name[:1].upper() + name[1:]


def _map_address(
    place: LonLat,
    *,
    layer: str | None = None,
    epoch: int | None = None,
    zoom: int = 18,
    feature: Sequence[object] | None = None,
) -> str:
    """The map at a place; with an epoch it shows no older state than that publish, with a feature its card."""
    layers = f"&layers={layer}" if layer else ""
    card = f"&feature={feature[0]}/{feature[1]}" if feature else ""
    return f"{url_for('map.page', v=epoch)}#map={zoom}/{place.lat:.5f}/{place.lon:.5f}{layers}{card}"


def _heading_of_problem(status: HTTPStatus) -> str:
    headings: dict[HTTPStatus, str] = {
        HTTPStatus.BAD_REQUEST: _("That did not work"),
        HTTPStatus.UNAUTHORIZED: _("Sign in first"),
        HTTPStatus.FORBIDDEN: _("Not for this account"),
        HTTPStatus.NOT_FOUND: _("Nothing here"),
        HTTPStatus.CONFLICT: _("Somebody was faster"),
        HTTPStatus.GONE: _("This has ended"),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("The file is too large"),
        HTTPStatus.TOO_MANY_REQUESTS: _("Too many requests"),
        HTTPStatus.INSUFFICIENT_STORAGE: _("Too much waits already"),
        HTTPStatus.SERVICE_UNAVAILABLE: _("Not reachable at the moment"),
    }
    return headings.get(status) or str(_("Something went wrong"))
