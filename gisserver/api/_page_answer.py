"""What is said of a page of features beside its text: headers, and the tag by which a reader asks again."""

import hashlib
import json
from dataclasses import dataclass

from flask import Response, request
from flask_babel import get_locale

from gisserver.access import actor
from gisserver.api._item_answer import VARY
from gisserver.api._media import of_epoch
from gisserver.api._negotiation import Chosen
from layers.core.query import FeatureQuery
from layers.core.tiles.export.description import generator


@dataclass(frozen=True)
class Variant:
    """What a page depends on beside the publish."""

    url: str
    format: str
    media_type: str
    audience: str
    language: str

    def tag(self, epoch: int) -> str:
        """The same publish, address and reader get the same bytes."""
        told = (self.url, self.format, self.media_type, self.audience, self.language, epoch, generator())
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def variant(wanted: Chosen) -> Variant:
    """Of the request that is being answered."""
    return Variant(request.url, wanted.format.word, wanted.media_type, actor().audience.name, str(get_locale()))


def page_tag(wanted: Chosen, query: FeatureQuery, epoch: int) -> str | None:
    """None where a guess may change in between."""
    return None if query.count == "estimate" else variant(wanted).tag(epoch)


def described(response: Response, query: FeatureQuery, epoch: int, tag: str | None) -> Response:
    """With its publish, its system and its tag."""
    if tag is not None:
        response.set_etag(tag)
    response.vary.update(VARY)
    return of_epoch(response, epoch, query.crs)
