"""The features of a layer as a page for people: table, map, filter, downloads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Response, render_template, request
from flask_babel import get_locale

from gisserver.api._filter_form import filter_form
from gisserver.api._media import of_epoch
from gisserver.api._negotiation import Chosen
from gisserver.api._page_links import page_links
from gisserver.api._reading import reading
from gisserver.api._table import Table, read_table
from gisserver.formats import whole_formats
from gisserver.service import service
from gisserver.style import lonlat_bounds
from layers.core.epochs import Epoch, epoch_details
from layers.core.query import FeatureQuery, at_epoch, count_matches, counted


@dataclass(frozen=True)
class Found:
    """One page of what was asked for."""

    table: Table
    matched: int | None
    """How many there are altogether, where that is known."""
    epoch: Epoch | None


def items_page(query: FeatureQuery, wanted: Chosen) -> Response:
    """What somebody sees who opens the address of a layer's features in a browser."""
    with reading(is_whole=False) as (connection, current):
        asked = at_epoch(query, current)
        matched = counted(connection, asked)
        if matched is None and query.count == "exact":
            matched = count_matches(connection, asked)
        number = asked.as_of or current
        found = Found(read_table(connection, asked, _language()), matched, epoch_details(connection, number))
    links = page_links(query, wanted)(found.table.end)
    page = render_template(
        "items.html",
        layer=query.readable.layer,
        query=query,
        found=found,
        links={link["rel"]: link["href"] for link in links},
        downloads=[link for link in links if link["rel"] == "alternate"],
        whole=[declared.media_type for declared in whole_formats().values()],
        sorted_by=lambda order: _here({**_asked(query), "sortby": order}),
        counted_here=_here({**_asked(query), "count": "exact"}),
        without_filter=_here({}),
        form=filter_form(query, _language()),
        shapes=_shapes(query),
        bounds=lonlat_bounds(service().profile),
    )
    return kept_by_nobody(of_epoch(Response(page, content_type=wanted.content_type), number, query.crs))


def kept_by_nobody(response: Response) -> Response:
    """A page names its reader, so it is never shown to the next one."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Accept", "Accept-Language", "Cookie"))
    return response


def _asked(query: FeatureQuery) -> dict[str, str]:
    """The same question from its first page on."""
    return replace(query, after=None, before=None, count=None).arguments


def _here(asked: Mapping[str, str]) -> str:
    kept = {name: request.args[name] for name in ("f", "lang") if name in request.args}
    written = urlencode({**asked, **kept})
    return f"{request.base_url}?{written}" if written else request.base_url


def _shapes(query: FeatureQuery) -> str:
    """Of the same page, for the map."""
    same = replace(query, crs=query.unsaid.crs, chosen=(query.readable.layer.label,), count=None).arguments
    return f"{request.base_url}?{urlencode({**same, 'f': 'json'})}"


def _language() -> str:
    return str(get_locale())
