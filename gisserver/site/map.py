"""The planner's map: all layers together, a search box, what lies at a place."""

import uuid

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf

from gisserver.access import EDITORS, actor
from gisserver.api._layers import seen_layers
from gisserver.formats import feature_formats
from gisserver.security import policy_within
from gisserver.service import service
from gisserver.site import Navigation
from gisserver.style import lonlat_bounds
from layers.core.store import ANONYMOUS
from layers.core.words import Title, named

bp = Blueprint("map", __name__)
NAV = Navigation(Title("Harita", "Map"), "map.page", 20)

_UNKNOWN, _FEATURE = "NAME", "FEATURE"


@bp.get("/map")
def page() -> Response:
    """The frame; the script fills it from the style, which knows what this reader may see."""
    is_embedded = "embed" in request.args
    config = _config(str(get_locale())) | {"is_embedded": is_embedded}
    whole = ",".join(map(str, lonlat_bounds(service().profile)))
    picture = url_for("still.still", bbox=whole, width=960, height=640)
    frame = render_template("map.html", title=NAV.title, config=config, picture=picture, is_embedded=is_embedded)
    answer = Response(frame)
    if is_embedded:
        answer.headers["Content-Security-Policy"] = policy_within(service().settings.embed_origins)
    return answer


def _config(language: str) -> dict[str, object]:
    """What the page's script asks, wherever the service is mounted; {name} stands for the layer or the parcel."""
    return {
        "style": url_for("styles.style", style_id="pool", lang=language),
        "at": url_for("at.at"),
        "about": _named(url_for("about.about", layer_id=_UNKNOWN)),
        "suggest": url_for("search.suggestions"),
        "search": url_for("search.search"),
        "epoch": url_for("system.epoch"),
        "events": url_for("events.events"),
        "changes": _named(url_for("changes.changes", layer_id=_UNKNOWN)),
        "list": url_for("collections.collections"),
        "backgrounds": _backgrounds(language),
        "home": url_for("home.page"),
        "layers": [layer.id for layer in seen_layers()],
        "bounds": lonlat_bounds(service().profile),
        "still": url_for("still.still"),
        "links": url_for("links.add"),
        "qgis": url_for("qgis.project"),
        "embed": url_for(".page", embed=""),
        "embedders": service().settings.embed_origins,
        "prints": url_for("prints.offered"),
        "foreign": url_for("foreign.listed") if service().settings.map_hosts else None,
        "signin": url_for("signin.page"),
        "drawings": url_for("drawings.add"),
        "request": _request(),
        "looks": url_for("looks.look"),
        "look_limit_mb": service().settings.look_limit_mb,
        "token": "" if actor() == ANONYMOUS else generate_csrf(),
        "summary": url_for("summary.of_view"),
        "measure": url_for("measure.measure"),
        "measure_shapes": url_for("measure.measure_each"),
        "buffer": url_for("buffer.buffer"),
        "coordinates": url_for("measure.coordinates"),
        "corners": {"ahead": url_for("corners.ahead"), "at": url_for("corners.at")},
        "schema": _named(url_for("schemas.schema", layer_id=_UNKNOWN)),
        "items": _named(url_for("items.items", layer_id=_UNKNOWN)),
        "story": url_for("story.page", layer_id=_UNKNOWN, feature_id=_FEATURE)
        .replace(_UNKNOWN, "{name}")
        .replace(_FEATURE, "{feature}"),
        "answer": url_for("answer.page", uid=uuid.UUID(int=0)).replace(str(uuid.UUID(int=0)), "{name}"),
        "formats": [(one.word, one.title.in_language(language)) for one in feature_formats() if not one.is_paged],
    }


def _backgrounds(language: str) -> list[dict[str, object]]:
    """Maps of other servers that the profile offers; the page asks this service for them."""

    def address(name: str) -> str:
        return f"{url_for('backgrounds.picture', name=name, z=0, x=0, y=0).removesuffix('0/0/0')}{{z}}/{{x}}/{{y}}"

    return [
        {
            "id": one.id,
            "title": named(one.title, language),
            "address": address(one.id),
            "credit": one.credit,
            "last_zoom": one.last_zoom,
        }
        for one in service().profile.backgrounds
    ]


def _request() -> dict[str, object] | None:
    """Where who may send files asks for a change, and for which districts; None for everybody else."""
    if actor().role not in EDITORS:
        return None
    profile, own = service().profile, actor().district_id
    return {
        "send": url_for("uploads.send"),
        "upload": url_for("upload.page", upload_id=uuid.UUID(int=0)).replace(str(uuid.UUID(int=0)), "{name}"),
        "receivables": _named(url_for("schemas.receivables", layer_id=_UNKNOWN)),
        "districts": [(one.id, one.name) for one in profile.districts if own in (None, one.id)],
    }


def _named(address: str) -> str:
    return address.replace(_UNKNOWN, "{name}")
