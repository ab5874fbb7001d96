"""/metrics: what the service counts of itself, for Prometheus on this machine and for the department."""

import ipaddress

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from prometheus_client import CONTENT_TYPE_LATEST

from gisserver.access import actor
from gisserver.errors import NotYours
from gisserver.service import service

bp = Blueprint("metrics", __name__)
CONFORMS: tuple[str, ...] = ()
PATHS: dict[str, dict[str, object]] = {}


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus' text format."""
    if not (_is_asked_here() or actor().is_department):
        raise NotYours(
            _("The service's numbers are for its own machine and for the department. Sign in as the department.")
        )
    response = Response(service().metrics.exposition(), content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_asked_here() -> bool:
    """From this machine, and not by a proxy on it for somebody elsewhere."""
    before_proxies = request.environ.get("werkzeug.proxy_fix.orig", request.environ)
    asking = {request.remote_addr, before_proxies.get("REMOTE_ADDR")}
    return all(_is_loopback(address) for address in asking)


def _is_loopback(address: str | None) -> bool:
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
