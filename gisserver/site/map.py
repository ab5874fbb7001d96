"""The planner's map: all layers together, a search box, what lies at a place."""

from flask import Blueprint, render_template
from flask_babel import get_locale

from gisserver.site import Navigation
from layers.core.words import Title

bp = Blueprint("map", __name__)
NAV = Navigation(Title("Harita", "Map"), "map.page", 20)

ADDRESSES = {
    "at": "/api/at",
    "suggest": "/api/suggest",
    "search": "/api/search",
    "epoch": "/api/epoch",
    "list": "/api/collections",
    "schema": "/api/collections/{name}/schema",
    "answer": "/answer/{name}",
}
"""What the page's script asks; {name} stands for the layer or the parcel."""


@bp.get("/map")
def page() -> str:
    """The frame; the script fills it from the style, which knows what this reader may see."""
    style = f"/api/styles/pool?lang={get_locale()}"
    return render_template("map.html", title=NAV.title, config={**ADDRESSES, "style": style})
