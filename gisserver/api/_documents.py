"""Descriptions: JSON for programs, the same laid out for people."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, render_template
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api._negotiation import wants_page
from gisserver.api._page_links import in_format, link


def described(
    template: str, document: Mapping[str, Any], media_type: str = "application/json", **beside: object
) -> Response:
    """In the shape the caller reads; each says where the other is. `beside` is for people. Raises WrongQuery."""
    is_page = wants_page()
    if is_page:
        page = render_template(template, document=document, as_json=in_format("json"), **beside)
        response = Response(page, content_type="text/html; charset=utf-8")
    else:
        response = jsonify(_with_page(document))
        response.content_type = media_type
    if is_page or actor().audience:
        response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.update(("Accept", "Accept-Language", "Cookie"))
    return response


def _with_page(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema or a description of the API has no place for links."""
    if "links" not in document:
        return document
    page = {**link("alternate", in_format("html"), "text/html"), "title": _("Web page")}
    return {**document, "links": [*document["links"], page]}
