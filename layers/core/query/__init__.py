"""Reading features: a question is parsed once, said in SQL, and answered by GeoJSON text out of the database."""

from layers.core.query.boxes import LonLatBox
from layers.core.query.count import count_matches, counted, guess_matches
from layers.core.query.feature_query import FeatureQuery
from layers.core.query.item import features_at, read_feature, was_published
from layers.core.query.page import PageEnd, at_epoch, read_page
from layers.core.query.parameters import item_parameters, page_parameters
from layers.core.query.patience import TooExpensive, limit_time, within_reason
from layers.core.query.properties import GEOMETRY, ReadableLayer
from layers.core.query.wrong import WrongQuery

__all__ = [
    "GEOMETRY",
    "FeatureQuery",
    "LonLatBox",
    "PageEnd",
    "ReadableLayer",
    "TooExpensive",
    "WrongQuery",
    "at_epoch",
    "count_matches",
    "counted",
    "features_at",
    "guess_matches",
    "item_parameters",
    "limit_time",
    "page_parameters",
    "read_feature",
    "read_page",
    "was_published",
    "within_reason",
]
