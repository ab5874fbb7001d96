"""What a page of features links to: itself in every format, its neighbours, its layer."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import get_locale

from gisserver.api._negotiation import Chosen
from gisserver.formats import FeatureFormat, Links, feature_formats
from layers.core.query import FeatureQuery, PageEnd
from layers.core.query.parameters import EVERYWHERE


def page_links(query: FeatureQuery, wanted: Chosen) -> Links:
    """Known when the page has been read."""
    here = url_for("items.items", layer_id=query.readable.layer.id, _external=True)
    kept = {name: request.args[name] for name in EVERYWHERE if name in request.args}

    def at(page: FeatureQuery) -> str:
        return address(here, {**page.arguments, **kept})

    def links(end: PageEnd) -> list[dict[str, str]]:
        layer = url_for("collections.collection", layer_id=query.readable.layer.id, _external=True)
        found = [link("self", at(query), wanted.media_type), link("collection", layer)]
        if end.before is not None:
            page = replace(query, before=end.before, after=None)
            found.append(link("prev", at(page), wanted.media_type))
        if end.after is not None:
            page = replace(query, after=end.after, before=None)
            found.append(link("next", at(page), wanted.media_type))
        others = [one for one in feature_formats() if one != wanted.format]
        return found + [format_link("alternate", here, one, request.args) for one in others]

    return links


def format_link(rel: str, here: str, declared: FeatureFormat, arguments: Mapping[str, str]) -> dict[str, str]:
    """The features once more in another format, all of them where it is a file."""
    unwanted = ("f", "profile") if declared.is_paged else ("f", "profile", "limit", "after", "before", "count")
    asked = {name: value for name, value in arguments.items() if name not in unwanted}
    title = declared.title.in_language(str(get_locale()))
    return {**link(rel, address(here, {**asked, "f": declared.word}), declared.media_type), "title": title}


def link(rel: str, href: str, media_type: str = "application/json") -> dict[str, str]:
    """As every document of ours writes it."""
    return {"rel": rel, "type": media_type, "href": href}


def in_format(word: str) -> str:
    """This same address, asked for in another format."""
    return address(request.base_url, {**request.args.to_dict(), "f": word})


def address(here: str, asked: Mapping[str, str]) -> str:
    """With what is asked there."""
    return f"{here}?{urlencode(asked)}" if asked else here
